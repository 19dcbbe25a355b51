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
    /// <summary>The missing of all roll-ups are named in one answer where no more offices than these stand below.</summary>
    public const int MostNamed = 1000;

    public static readonly Table Rules = new("rollup_rule", """
        satker text, year int, indicator text, source text, source_level text, method text, self boolean, reach text,
        only_carrying boolean, levels text[]
        """);

    /// <summary>Brings the figures of a report's period, and of those it is a part of, up to date, here and in every office
    /// above.</summary>
    public static void Restand(DocumentSession session, Realization report) =>
        session.Also(Restanding(session.Satker, report.Unit, Period.Parse(report.Period)!));

    public static Sql Restanding(string satker, string unit, Period period) => new(
        "select restand($1, $2, $3, $4)", satker, period.Year, unit,
        period.Above.Prepend(period).Select(one => one.Text).ToArray());

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
        await Bring(session, catalogue, """
            p.year = $1 and (p.counts_as, p.level) in (select * from unnest($2::text[], $3::text[]))
            """, [year, rules.ConvertAll(rule => rule.Source), rules.ConvertAll(rule => Kinerja.Domain.Words.Of(rule.SourceLevel))],
            "p.counts_as", ct);
        session.Also(new Sql("select restand_all($1)", year));

        static string Words(Indicator? indicator) => JsonSerializer.Serialize(indicator?.Rollup, Kinerja.Api.Json.Documents);
    }

    /// <summary>An office's own indicator is mapped to another one, or to none: its lines count as that at once, those that
    /// were signed before too.</summary>
    public static async Task Map(DocumentSession session, LocalIndicator local, Catalogue catalogue, CancellationToken ct)
    {
        object?[] lines = [session.Satker, local.Year, local.Code, local.Mapping?.Indicator];
        session.Also(new Sql("update promise set counts_as = $4 where satker = $1 and year = $2 and indicator = $3", lines));
        await Bring(
            session, catalogue, "p.satker = $1 and p.year = $2 and p.indicator = $3", lines, "$4::text", ct);
        Restand(session, local.Year);
    }

    /// <summary>Writes anew what results, stated and accumulated, bring to the roll-ups they feed, each by the policy its figure
    /// names.</summary>
    private static async Task Bring(
        DocumentSession session, Catalogue catalogue, string which, object?[] parameters, string countsAs, CancellationToken ct)
    {
        foreach (var (table, key, incomplete) in new[]
        {
            ("result", "r.report, r.round, r.line", "false"), ("accumulated", "r.agreement, r.period, r.line, r.lowest", "r.incomplete"),
        })
        {
            var said = await session.Query(new Sql($"""
                select r.satker, concat_ws('/', {key}), {countsAs}, p.level, r.realization, r.figure, {incomplete}
                from promise p join {table} r on r.satker = p.satker and r.agreement = p.agreement and r.line = p.line
                where {which}
                """, parameters), row => (
                    Satker: row.GetString(0), Key: row.GetString(1),
                    Feeds: Feed.Of(catalogue, row.TextOrNull(2), Words.Read<AgreementLevel>(row.GetString(3)),
                        row.Json<Value>(4), catalogue.PolicyOf(row.Json<Capaian>(5)), row.GetBoolean(6))), ct);
            session.Also(new Sql($"""
                update {table} r set feeds = fed.feeds::jsonb from unnest($1::text[], $2::text[], $3::text[]) as fed (satker, key, feeds)
                where r.satker = fed.satker and concat_ws('/', {key}) = fed.key
                """, said.ConvertAll(line => line.Satker), said.ConvertAll(line => line.Key),
                said.ConvertAll(line => line.Feeds is null ? null : Encoding.UTF8.GetString(line.Feeds))));
        }
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
        select p.counts_as, p.level, p.agreement, coalesce(p.period_targets -> $4, p.target) from promise p
        join rollup_rule rule on rule.year = p.year and rule.indicator = p.counts_as
        where p.satker = $1 and p.year = $2 and p.valid_from <= $3 and $3 < p.valid_until
        order by p.counts_as, p.agreement, p.sort
        """, satker, period.Year, period.LastDay, period.Text);

    public static CarriedLine Carried(NpgsqlDataReader row) => new(
        row.GetString(0), Words.Read<AgreementLevel>(row.GetString(1)), row.GetString(2), row.Json<Value>(3));

    /// <summary>The answers to <see cref="Ask"/>.</summary>
    public static async Task<RollupRead> Read(Answers answers)
    {
        var kept = await answers.Next(row => Kept(row));
        var gaps = await answers.Next(row => new KeptGap(
            row.GetString(0), row.GetString(1), row.GetString(2), row.IsDBNull(3) ? null : Words.Read<Gap>(row.GetString(3))));
        var carried = await answers.Next(Carried);
        return new RollupRead(kept, gaps.ToLookup(gap => gap.Indicator), carried.ToLookup(line => line.Indicator));
    }

    /// <summary>A roll-up from the columns that <c>roll_up</c> gives.</summary>
    public static KeptRollup Kept(NpgsqlDataReader row, int first = 0) => new(row.GetString(first), row.GetInt32(first + 1), new Aggregate(
        Expected: row.GetInt32(first + 2), Reported: row.GetInt32(first + 3), Counted: row.GetInt32(first + 4),
        NotApplicable: row.GetInt32(first + 5), Numerators: row.GetDecimal(first + 6), Denominators: row.GetDecimal(first + 7),
        Sum: row.GetDecimal(first + 8), Meeting: row.GetInt32(first + 9), TakenOver: row.GetInt32(first + 10),
        Lowest: Extreme(row, first + 11), Highest: Extreme(row, first + 12), Overridden: 0, Uncounted: []));

    private static Ranked? Extreme(NpgsqlDataReader row, int column) => row.JsonOrNull<Ranked>(column);
}
