using System.Collections.Concurrent;

namespace Kinerja.Api;

/// <summary>What a year is measured by: its policy and its indicators.</summary>
internal sealed record Catalogue(Policy Policy, IReadOnlyDictionary<string, Indicator> Indicators)
{
    /// <summary>An indicator's name among RI's documents.</summary>
    public static string Id(int year, string code) => $"{year}/{code}";

    /// <summary>The roll-ups by the line of an office they are made of.</summary>
    public ILookup<(string Source, AgreementLevel Level), Indicator> Fed { get; } = Indicators.Values
        .Where(indicator => indicator.Rollup is not null)
        .ToLookup(indicator => (indicator.Rollup!.Source, indicator.Rollup.SourceLevel));

    public Indicator? Find(string code) => Indicators.GetValueOrDefault(code);

    /// <summary>The catalogue with one more indicator.</summary>
    public Catalogue With(Indicator indicator) => new(
        Policy, Indicators.Values.Append(indicator).ToDictionary(one => one.Code, StringComparer.Ordinal));

    /// <summary>What a roll-up's lines have in common.</summary>
    public RollupFrame Frame(Indicator rolled) => new(rolled.Rollup!, Measure.Of(Find(rolled.Rollup!.Source)!), Policy);

    /// <summary>The catalogue of a year; none when RI has not opened the year.</summary>
    public static async Task<Catalogue?> Load(DocumentSession session, int year, CancellationToken ct) =>
        await Load(session, year, (await session.Query(Stamp(year), Stamp, ct))[0], ct);

    /// <inheritdoc cref="Load(DocumentSession, int, CancellationToken)"/>
    public static async Task<Catalogue?> Load(Database database, Caller caller, int year, CancellationToken ct) =>
        await Load(database, caller, year, (await database.Query(caller, Stamp(year), Stamp, ct))[0], ct);

    /// <summary>The catalogue whose stamp was asked for together with what it is needed for.</summary>
    public static Task<Catalogue?> Load(DocumentSession session, int year, (long, long) stamp, CancellationToken ct) =>
        session.Catalogues.Load(year, stamp, async () => Read(await session.Query(Select(year), Body, ct)));

    /// <inheritdoc cref="Load(DocumentSession, int, ValueTuple{long, long}, CancellationToken)"/>
    public static Task<Catalogue?> Load(
        Database database, Caller caller, int year, (long, long) stamp, CancellationToken ct) =>
        database.Catalogues.Load(year, stamp, async () => Read(await database.Query(caller, Select(year), Body, ct)));

    /// <summary>The catalogue as it was held at an instant.</summary>
    public static async Task<Catalogue?> LoadThen(
        Database database, Caller caller, int year, DateTimeOffset then, CancellationToken ct) =>
        Read(await database.Query(caller, new Sql("""
            select distinct on (kind, id) kind, body from document_version
            where kind in ('indicator', 'policy') and satker = $1 and year = $2 and recorded_at <= $3
            order by kind, id, version desc
            """, Offices.Ri, year, then), Body, ct));

    /// <summary>Every change of the catalogue raises a version: the sum of them names its state.</summary>
    public static Sql Stamp(int year) => new("""
        select count(*), coalesce(sum(version), 0) from document where kind in ('indicator', 'policy') and satker = $1 and year = $2
        """, Offices.Ri, year);

    public static (long, long) Stamp(Npgsql.NpgsqlDataReader row) => (row.GetInt64(0), row.GetInt64(1));

    private static Sql Select(int year) => new(
        "select kind, body from document where kind in ('indicator', 'policy') and satker = $1 and year = $2", Offices.Ri, year);

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

/// <summary>
/// The catalogues as last read. A catalogue is asked for with nearly every request and changes a few times a year: it is
/// read again only when its stamp, asked for each time in the caller's own transaction, is another one.
/// </summary>
internal sealed class Catalogues
{
    private readonly ConcurrentDictionary<int, ((long, long) Stamp, Catalogue Catalogue)> known = new();

    public async Task<Catalogue?> Load(int year, (long, long) stamp, Func<Task<Catalogue?>> read)
    {
        if (known.TryGetValue(year, out var kept) && kept.Stamp == stamp)
        {
            return kept.Catalogue;
        }

        // What is read may be newer than the stamp, never older; then the next request reads it once more.
        var fresh = await read();
        if (fresh is not null)
        {
            known[year] = (stamp, fresh);
        }

        return fresh;
    }
}
