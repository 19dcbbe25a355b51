using System.Collections.Concurrent;

namespace Kinerja.Api;

/// <summary>What a year is measured by: its policy and its indicators.</summary>
internal sealed record Catalogue(Policy Policy, IReadOnlyDictionary<string, Indicator> Indicators)
{
    /// <summary>An indicator's name among RI's documents.</summary>
    public static string Id(int year, string code) => $"{year}/{code}";

    /// <summary>The policies the year had before, by version: stored figures keep the one they name.</summary>
    public IReadOnlyDictionary<string, Policy> Past { get; init; } = new Dictionary<string, Policy>();

    /// <summary>The policies of the year and from when each held, the earliest first.</summary>
    public IReadOnlyList<(DateTimeOffset From, Policy Policy)> Policies { get; init; } = [];

    /// <summary>The office's own indicators, where the catalogue is read for an office.</summary>
    public IReadOnlyDictionary<string, LocalIndicator> Local { get; init; } = new Dictionary<string, LocalIndicator>();

    /// <summary>The roll-ups by the line of an office they are made of.</summary>
    public ILookup<(string Source, AgreementLevel Level), Indicator> Fed { get; } = Indicators.Values
        .Where(indicator => indicator.Rollup is not null)
        .ToLookup(indicator => (indicator.Rollup!.Source, indicator.Rollup.SourceLevel));

    public Indicator? Find(string code) => Resolution.Find(code, Indicators, Local);

    /// <inheritdoc cref="Resolution.CountsAs"/>
    public string? CountsAs(string code) => Resolution.CountsAs(code, Indicators, Local);

    /// <summary>The catalogue with the policy by which was measured at an instant.</summary>
    public Catalogue MeasuringAt(DateTimeOffset instant) =>
        Policies.LastOrDefault(one => one.From <= instant) is (_, { } then) ? this with { Policy = then } : this;

    /// <summary>The policy that a stored figure names.</summary>
    public Policy PolicyOf(Capaian figure) => PolicyOf(figure.Policy);

    /// <summary>The policy of a version.</summary>
    public Policy PolicyOf(string version) => Past.GetValueOrDefault(version) ?? Policy;

    /// <summary>The catalogue with other definitions, or more.</summary>
    public Catalogue With(params IReadOnlyList<Indicator> indicators) => new(
        Policy, Indicators.Values.ExceptBy(indicators.Select(one => one.Code), one => one.Code).Concat(indicators)
            .ToDictionary(one => one.Code, StringComparer.Ordinal))
    { Past = Past };

    /// <summary>The catalogue as an office reads it, with indicators of its own.</summary>
    public Catalogue With(IReadOnlyList<LocalIndicator> local) => local.Count == 0
        ? this
        : this with { Local = local.ToDictionary(one => one.Code, StringComparer.Ordinal) };

    /// <summary>What a roll-up's lines have in common, with the policy of the year or the one a line was measured by.</summary>
    public RollupFrame Frame(Indicator rolled, Policy? policy = null) =>
        new(rolled.Rollup!, Measure.Of(Find(rolled.Rollup!.Source)!), policy ?? Policy);

    /// <summary>The catalogue of a year, which stands until the transaction ends; none when RI has not opened the year.</summary>
    public static async Task<Catalogue?> Load(DocumentSession session, int year, CancellationToken ct) =>
        await Load(session, year, (await session.Query(Hold(year), Stamp, ct))[0], ct);

    /// <summary>The same with the own indicators of the session's office.</summary>
    public static async Task<Catalogue?> OfOffice(DocumentSession session, int year, CancellationToken ct)
    {
        var (stamp, local) = await session.Ask([Hold(year), LocalIndicators.Of(session.Satker, year)], async answers =>
            ((await answers.Next(Stamp))[0], await answers.Next(LocalIndicators.Read)), ct);
        return (await Load(session, year, stamp, ct))?.With(local);
    }

    /// <summary>The catalogue of a year that is to be changed: nobody measures by it meanwhile.</summary>
    public static async Task<Catalogue?> LoadToChange(DocumentSession session, int year, CancellationToken ct) =>
        await Load(session, year, (await session.Query(Hold(year, toChange: true), Stamp, ct))[0], ct);

    /// <summary>The catalogue of a year as it is now; none when RI has not opened the year.</summary>
    public static async Task<Catalogue?> Load(Database database, Caller caller, int year, CancellationToken ct) =>
        await Load(database, caller, year, (await database.Query(caller, Stamp(year), Stamp, ct))[0], ct);

    /// <summary>The same with the own indicators of an office, as far as the caller sees them.</summary>
    public static async Task<Catalogue?> OfOffice(Database database, Caller caller, string satker, int year, CancellationToken ct)
    {
        var (stamp, local) = await database.Ask(caller, [Stamp(year), LocalIndicators.Of(satker, year)], async answers =>
            ((await answers.Next(Stamp))[0], await answers.Next(LocalIndicators.Read)), ct);
        return (await Load(database, caller, year, stamp, ct))?.With(local);
    }

    /// <summary>The same as it was held at an instant, where one is asked about.</summary>
    public static async Task<Catalogue?> OfOffice(
        Database database, Caller caller, string satker, int year, DateTimeOffset? then, CancellationToken ct)
    {
        if (then is not { } instant)
        {
            return await OfOffice(database, caller, satker, year, ct);
        }

        var local = await database.Query(caller, new Sql("select locals_then($1, $2, $3)", satker, year, instant), row => LinesThen.Locals(row, 0), ct);
        return (await LoadThen(database, caller, year, instant, ct))?.With(local[0]);
    }

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
            (select distinct on (id) kind, body from document_version
             where kind = 'indicator' and satker = $1 and year = $2 and recorded_at <= $3 order by id, version desc)
            union all
            (select kind, body from document_version where kind = 'policy' and satker = $1 and id = $4 and recorded_at <= $3 order by version)
            """, Offices.Ri, year, then, $"{year}"), Body, ct));

    /// <summary>Every change of the catalogue raises a version: the sum of them names its state.</summary>
    public static Sql Stamp(int year) => new("""
        select count(*), coalesce(sum(version), 0) from document where kind in ('indicator', 'policy') and satker = $1 and year = $2
        """, Offices.Ri, year);

    /// <summary>The stamp for a write, and that it stays.</summary>
    public static Sql Hold(int year, bool toChange = false) =>
        new("select definitions, versions from catalogue_stamp($1, $2)", year, toChange);

    /// <summary>Whether an agreement that was ever in force speaks of an indicator, or an own one of an office is mapped to it.</summary>
    public static async Task<bool> IsUsed(DocumentSession session, Indicator indicator, CancellationToken ct) =>
        (await session.Query(new Sql("""
            select exists (select from promise where counts_as = $2 and year = $1) or exists (
                select from document
                where kind = 'local-indicator' and year = $1 and body #>> '{content,mapping,indicator}' = $2)
            """, indicator.Year, indicator.Code), row => row.GetBoolean(0), ct))[0];

    /// <summary>What the catalogues of all years say of a code, the earliest first.</summary>
    public static Task<List<Document<Indicator>>> History(Database database, Caller caller, string code, CancellationToken ct) =>
        database.Query(caller, new Sql("""
            select body from document where kind = 'indicator' and satker = $1 and id = any (
                select year || '/' || $2 from document where kind = 'policy' and satker = $1) order by year
            """, Offices.Ri, code), row => Documents.Read<Indicator>(row.GetFieldValue<byte[]>(0)), ct);

    public static (long, long) Stamp(Npgsql.NpgsqlDataReader row) => (row.GetInt64(0), row.GetInt64(1));

    private static Sql Select(int year) => new("""
        select kind, body from document where kind = 'indicator' and satker = $1 and year = $2
        union all
        (select kind, body from document_version where kind = 'policy' and satker = $1 and id = $3 order by version)
        """, Offices.Ri, year, $"{year}");

    private static (string Kind, byte[] Json) Body(Npgsql.NpgsqlDataReader row) => (row.GetString(0), row.GetFieldValue<byte[]>(1));

    private static Catalogue? Read(List<(string Kind, byte[] Json)> bodies)
    {
        var policies = bodies.Where(body => body.Kind == DocumentKinds.Policy.Name)
            .Select(body => Documents.Read<Policy>(body.Json)).ToList();
        return policies.Count == 0 ? null : new Catalogue(policies[^1].Content, bodies
            .Where(body => body.Kind == DocumentKinds.Indicator.Name)
            .Select(body => Documents.Read<Indicator>(body.Json).Content)
            .ToDictionary(indicator => indicator.Code, StringComparer.Ordinal))
        {
            Past = policies.SkipLast(1).Select(policy => policy.Content).ToDictionary(policy => policy.Version, StringComparer.Ordinal),
            Policies = policies.ConvertAll(policy => (policy.RecordedAt, policy.Content)),
        };
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
