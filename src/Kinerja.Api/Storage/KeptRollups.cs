using System.Text;
using System.Text.Json;
using Npgsql;

namespace Kinerja.Api;

/// <summary>A roll-up as it is kept: the sums over its population, without names.</summary>
/// <param name="Indicator">The indicator that is rolled up.</param>
/// <param name="Below">How many offices its population has beside the office itself.</param>
/// <param name="Sum">The sums, expected offices included.</param>
internal sealed record KeptRollup(string Indicator, int Below, Aggregate Sum);

/// <summary>An expected office that is not counted.</summary>
/// <param name="Indicator">The roll-up it is missing in.</param>
/// <param name="Satker">The office.</param>
/// <param name="Name">Its name.</param>
/// <param name="Gap">Why; none when it has no report at the level asked for.</param>
internal sealed record KeptGap(string Indicator, string Satker, string Name, Gap? Gap);

/// <summary>A line of the office's own that carries what is rolled up, with its target.</summary>
internal sealed record CarriedLine(string Indicator, AgreementLevel Level, string Agreement, Value Target);

/// <summary>What an answer about roll-ups is made of.</summary>
internal sealed record RollupRead(
    IReadOnlyList<KeptRollup> Kept, ILookup<string, KeptGap> Gaps, ILookup<string, CarriedLine> Carried);

/// <summary>
/// Read model: what each office brings to each roll-up, and the sums of every subtree. Written by the database itself in
/// the transaction of the change (<c>restand</c>), so that a roll-up is exact the moment a signature returns.
/// </summary>
internal static class KeptRollups
{
    /// <summary>Up to so many offices below, the missing of all roll-ups are named in one answer.</summary>
    public const int MostNamed = 1000;

    public static readonly Table Rules = new("rollup_rule", """
        satker text, year int, indicator text, source text, source_level text, method text, self boolean, reach text,
        only_carrying boolean, levels text[]
        """);

    /// <summary>Brings the figures of an office's period up to date, here and in every office above.</summary>
    public static void Restand(DocumentSession session, string period) =>
        session.Also(new Sql("select restand($1, $2::text[])", session.Satker, new[] { period }));

    /// <summary>The same for a whole year: its agreements have changed.</summary>
    public static void Restand(DocumentSession session, int year) =>
        session.Also(new Sql("select restand($1, $2::int)", session.Satker, year));

    /// <summary>The rule of an indicator that rolls up, as the read model has it.</summary>
    public static Row Of(Indicator rolled)
    {
        var (rule, population) = (rolled.Rollup!, rolled.Rollup!.Population);
        return new Row(Rules, Offices.Ri, rolled.Year, rolled.Code, rule.Source, Words.Of(rule.SourceLevel), Words.Of(rule.Method),
            population.Self, Words.Of(population.Reach), population.OnlyCarrying, population.Levels?.Select(Words.Of).ToArray());
    }

    /// <summary>A rule that was added, changed or taken away counts at once: what the year's reports say already is brought to
    /// it.</summary>
    /// <param name="session">The transaction in which it was defined.</param>
    /// <param name="changes">The indicators as they were, if they were, and as they are.</param>
    /// <param name="catalogue">The catalogue as it is.</param>
    /// <param name="ct">Ends the work before it is committed.</param>
    public static async Task Define(
        DocumentSession session, IReadOnlyList<(Indicator? Before, Indicator After)> changes, Catalogue catalogue, CancellationToken ct)
    {
        var changed = changes.Where(change => Words(change.Before) != Words(change.After)).ToList();
        if (changed.Count == 0)
        {
            return;
        }

        foreach (var (_, after) in changed)
        {
            session.Also(new Sql("delete from rollup_rule where year = $1 and indicator = $2", after.Year, after.Code));
            if (after.Rollup is not null)
            {
                session.Also(Of(after).Insert());
            }
        }

        var year = changed[0].After.Year;
        var rules = changed.SelectMany(change => new[] { change.Before?.Rollup, change.After.Rollup }).OfType<RollupRule>().ToList();
        await Feed(session, new Sql("""
            select r.satker, r.report, r.round, r.line, p.counts_as, p.level, r.realization, r.figure
            from promise p join result r on r.satker = p.satker and r.agreement = p.agreement and r.line = p.line
            where p.year = $1 and (p.counts_as, p.level) in (select * from unnest($2::text[], $3::text[]))
            """, year, rules.ConvertAll(rule => rule.Source), rules.ConvertAll(rule => Kinerja.Domain.Words.Of(rule.SourceLevel))),
            catalogue, ct);
        session.Also(new Sql("select restand_all($1)", year));

        static string Words(Indicator? indicator) => JsonSerializer.Serialize(indicator?.Rollup, Kinerja.Api.Json.Documents);
    }

    /// <summary>An office's own indicator is mapped to another one, or to none: its lines count as that at once, those that
    /// were signed before too.</summary>
    public static async Task Map(DocumentSession session, LocalIndicator local, Catalogue catalogue, CancellationToken ct)
    {
        object?[] lines = [session.Satker, local.Year, local.Code, local.Mapping?.Indicator];
        session.Also(new Sql("update promise set counts_as = $4 where satker = $1 and year = $2 and indicator = $3", lines));
        await Feed(session, new Sql("""
            select r.satker, r.report, r.round, r.line, $4::text, p.level, r.realization, r.figure
            from promise p join result r on r.satker = p.satker and r.agreement = p.agreement and r.line = p.line
            where p.satker = $1 and p.year = $2 and p.indicator = $3
            """, lines), catalogue, ct);
        Restand(session, local.Year);
    }

    /// <summary>Writes anew what results bring to the roll-ups they feed, each by the policy its figure names.</summary>
    private static async Task Feed(DocumentSession session, Sql results, Catalogue catalogue, CancellationToken ct)
    {
        var said = await session.Query(results, row => (
            Satker: row.GetString(0), Report: row.GetString(1), Round: row.GetInt32(2), Line: row.GetString(3),
            Feeds: Kinerja.Api.Feed.Of(catalogue, row.IsDBNull(4) ? null : row.GetString(4), Kinerja.Domain.Words.Read<AgreementLevel>(row.GetString(5)),
                Json<Value>(row, 6), catalogue.PolicyOf(Json<Capaian>(row, 7)))), ct);
        session.Also(new Sql("""
            update result r set feeds = fed.feeds::jsonb
            from unnest($1::text[], $2::text[], $3::int[], $4::text[], $5::text[]) as fed (satker, report, round, line, feeds)
            where r.satker = fed.satker and r.report = fed.report and r.round = fed.round and r.line = fed.line
            """, said.ConvertAll(line => line.Satker), said.ConvertAll(line => line.Report), said.ConvertAll(line => line.Round),
            said.ConvertAll(line => line.Line), said.ConvertAll(line => line.Feeds is null ? null : Encoding.UTF8.GetString(line.Feeds))));
    }

    /// <summary>What an answer about the roll-ups of an office is made of: all of the year, or one.</summary>
    public static IReadOnlyList<Sql> Ask(string satker, Period period, SignOffLevel least, string? indicator) =>
    [
        new Sql("""
            select indicator, below, expected, reported, counted, not_applicable, numerators, denominators, numbers, meeting,
                   taken_over, lowest, highest
            from roll_up($1, $2, $3, $4, $5)
            """, satker, period.Year, period.Text, (int)least, indicator),
        new Sql(
            "select indicator, satker, name, gap from uncounted($1, $2, $3, $4, $5, $6)",
            satker, period.Year, period.Text, (int)least, indicator, MostNamed),
        new Sql("""
            select p.counts_as, p.level, p.agreement, p.target from promise p
            join rollup_rule rule on rule.year = p.year and rule.indicator = p.counts_as
            where p.satker = $1 and p.year = $2 and p.valid_from <= $3 and $3 < p.valid_until
            order by p.counts_as, p.agreement, p.sort
            """, satker, period.Year, period.LastDay),
    ];

    /// <summary>The answers to <see cref="Ask"/>.</summary>
    public static async Task<RollupRead> Read(Answers answers)
    {
        var kept = await answers.Next(Kept);
        var gaps = await answers.Next(row => new KeptGap(
            row.GetString(0), row.GetString(1), row.GetString(2), row.IsDBNull(3) ? null : Words.Read<Gap>(row.GetString(3))));
        var carried = await answers.Next(row => new CarriedLine(
            row.GetString(0), Words.Read<AgreementLevel>(row.GetString(1)), row.GetString(2), Json<Value>(row, 3)));
        return new RollupRead(kept, gaps.ToLookup(gap => gap.Indicator), carried.ToLookup(line => line.Indicator));
    }

    private static KeptRollup Kept(NpgsqlDataReader row) => new(row.GetString(0), row.GetInt32(1), new Aggregate(
        Expected: row.GetInt32(2), Reported: row.GetInt32(3), Counted: row.GetInt32(4), NotApplicable: row.GetInt32(5),
        Numerators: row.GetDecimal(6), Denominators: row.GetDecimal(7), Sum: row.GetDecimal(8), Meeting: row.GetInt32(9),
        TakenOver: row.GetInt32(10), Lowest: Extreme(row, 11), Highest: Extreme(row, 12), Overridden: 0, Uncounted: []));

    private static Ranked? Extreme(NpgsqlDataReader row, int column) => row.IsDBNull(column) ? null : Json<Ranked>(row, column);

    private static T Json<T>(NpgsqlDataReader row, int column) =>
        JsonSerializer.Deserialize<T>(row.GetFieldValue<byte[]>(column), Kinerja.Api.Json.Documents)!;
}
