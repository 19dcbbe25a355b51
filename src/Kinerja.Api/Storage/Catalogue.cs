namespace Kinerja.Api;

/// <summary>What a year is measured by: its policy and its indicators.</summary>
internal sealed record Catalogue(Policy Policy, IReadOnlyDictionary<string, Indicator> Indicators)
{
    /// <summary>An indicator's name among RI's documents.</summary>
    public static string Id(int year, string code) => $"{year}/{code}";

    public Indicator? Find(string code) => Indicators.GetValueOrDefault(code);

    /// <summary>The catalogue of a year; none when RI has not opened the year.</summary>
    public static async Task<Catalogue?> Load(DocumentSession session, int year, CancellationToken ct) =>
        Read(await session.Query(Select(year), Body, ct));

    /// <inheritdoc cref="Load(DocumentSession, int, CancellationToken)"/>
    public static async Task<Catalogue?> Load(Database database, Caller caller, int year, CancellationToken ct) =>
        Read(await database.Query(caller, Select(year), Body, ct));

    private static Sql Select(int year) => new(
        "select kind, body from document where satker = $1 and kind in ('indicator', 'policy') and year = $2", Offices.Ri, year);

    private static (string Kind, byte[] Json) Body(Npgsql.NpgsqlDataReader row) => (row.GetString(0), row.GetFieldValue<byte[]>(1));

    private static Catalogue? Read(List<(string Kind, byte[] Json)> bodies)
    {
        var policy = bodies.Where(body => body.Kind == DocumentKinds.Policy.Name)
            .Select(body => Documents.Read<Policy>(body.Json).Content).FirstOrDefault();
        return policy is null ? null : new Catalogue(policy, bodies
            .Where(body => body.Kind == DocumentKinds.Indicator.Name)
            .Select(body => Documents.Read<Indicator>(body.Json).Content)
            .ToDictionary(indicator => indicator.Code, StringComparer.Ordinal));
    }
}
