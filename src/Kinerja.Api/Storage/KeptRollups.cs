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

    /// <summary>A new indicator counts at once: what the year's reports say already is brought to it.</summary>
    /// <param name="session">The transaction in which it was defined.</param>
    /// <param name="rolled">The indicator.</param>
    /// <param name="catalogue">The catalogue, the indicator included.</param>
    /// <param name="ct">Ends the work before it is committed.</param>
    public static async Task Define(DocumentSession session, Indicator rolled, Catalogue catalogue, CancellationToken ct)
    {
        if (rolled.Rollup is not { } rule)
        {
            return;
        }

        var said = await session.Query(new Sql("""
            select satker, report, round, line, realization from result
            where year = $1 and indicator = $2 and level = $3
            """, rolled.Year, rule.Source, Words.Of(rule.SourceLevel)), row => (
                Satker: row.GetString(0), Report: row.GetString(1), Round: row.GetInt32(2), Line: row.GetString(3),
                Feeds: Feed.Of(catalogue, rule.Source, rule.SourceLevel,
                    JsonSerializer.Deserialize<Value>(row.GetFieldValue<byte[]>(4), Kinerja.Api.Json.Documents)!)), ct);
        session.Also(Of(rolled).Insert());
        session.Also(new Sql("""
            update result r set feeds = fed.feeds::jsonb
            from unnest($1::text[], $2::text[], $3::int[], $4::text[], $5::text[]) as fed (satker, report, round, line, feeds)
            where r.satker = fed.satker and r.report = fed.report and r.round = fed.round and r.line = fed.line
            """, said.ConvertAll(line => line.Satker), said.ConvertAll(line => line.Report), said.ConvertAll(line => line.Round),
            said.ConvertAll(line => line.Line), said.ConvertAll(line => System.Text.Encoding.UTF8.GetString(line.Feeds!))));
        session.Also(new Sql("select restand_all($1)", rolled.Year));
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
        Carried(satker, period),
    ];

    /// <summary>The lines of the office's own that carry what is rolled up.</summary>
    public static Sql Carried(string satker, Period period) => new("""
        select p.indicator, p.level, p.agreement, p.target from promise p
        join rollup_rule rule on rule.year = p.year and rule.indicator = p.indicator
        where p.satker = $1 and p.year = $2 and p.valid_from <= $3 and $3 < p.valid_until
        order by p.indicator, p.agreement, p.sort
        """, satker, period.Year, period.LastDay);

    public static CarriedLine Carried(NpgsqlDataReader row) => new(
        row.GetString(0), Words.Read<AgreementLevel>(row.GetString(1)), row.GetString(2), Json<Value>(row, 3));

    /// <summary>The answers to <see cref="Ask"/>.</summary>
    public static async Task<RollupRead> Read(Answers answers)
    {
        var kept = await answers.Next(Kept);
        var gaps = await answers.Next(row => new KeptGap(
            row.GetString(0), row.GetString(1), row.GetString(2), row.IsDBNull(3) ? null : Words.Read<Gap>(row.GetString(3))));
        var carried = await answers.Next(Carried);
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
