using System.Text.Json;
using Npgsql;

namespace Kinerja.Api;

/// <summary>A line that an office promised, and the last result that reached the level asked for.</summary>
/// <param name="Satker">The office.</param>
/// <param name="SatkerName">Its name.</param>
/// <param name="Agreement">The agreement in force on the last day of the period.</param>
/// <param name="Unit">The unit that promised.</param>
/// <param name="Level">The level its agreement stands on.</param>
/// <param name="Line">The line's number.</param>
/// <param name="Indicator">What it stands for.</param>
/// <param name="Wording">The office's own words.</param>
/// <param name="Target">What was promised.</param>
/// <param name="Result">What was reached; none when no report at that level speaks of it.</param>
internal sealed record MeasuredLine(
    string Satker, string SatkerName, string Agreement, string Unit, AgreementLevel Level, string Line, string Indicator, string Wording, Value Target,
    MeasuredResult? Result);

/// <summary>A result, and the signed document it stands in.</summary>
/// <param name="Report">The report.</param>
/// <param name="Round">Its round.</param>
/// <param name="Version">The version at which that round reached its highest level.</param>
/// <param name="ContentHash">What was signed.</param>
/// <param name="Level">The highest level that round reached.</param>
/// <param name="Newer">A newer round is being prepared.</param>
/// <param name="Realization">What was reached.</param>
/// <param name="CarriedFrom">The year it was measured, when it is carried over.</param>
/// <param name="TakenOver">It was copied from a published document.</param>
/// <param name="Capaian">The figure, as computed when it was submitted.</param>
internal sealed record MeasuredResult(
    string Report, int Round, int Version, string ContentHash, SignOffLevel Level, bool Newer, Value Realization, int? CarriedFrom,
    bool TakenOver, Capaian Capaian);

/// <summary>Which lines are asked for.</summary>
/// <param name="Period">The period; its last day decides which agreements and which tree count.</param>
/// <param name="Least">The least sign-off level of a result.</param>
/// <param name="Level">Only agreements of this level.</param>
internal sealed record MeasuredQuery(Period Period, SignOffLevel Least, AgreementLevel? Level);

/// <summary>What one roll-up needs: its offices, whether they promised anything or not, and the lines that carry its source.</summary>
internal sealed record RuleLines(List<(string Satker, string Name)> Offices, List<MeasuredLine> Lines);

/// <summary>Reading what was promised and what was reached, for offices chosen by the tree of the period's last day.</summary>
internal static class Measured
{
    private const string Self = "self";

    private const string Columns = """
        o.satker, o.name, p.agreement, p.unit, p.line, p.indicator, p.wording, p.target,
        p.level, r.report, r.round, c.version, c.content_hash, c.level, c.newer, r.realization, r.carried_from, r.taken_over, r.figure
        """;

    /// <summary>Joins to a promise p its result of the period $4: the last round that reached the level $5, and how far it
    /// was signed for.</summary>
    private const string Results = """
        left join lateral (
            select * from result candidate
            where candidate.satker = p.satker and candidate.agreement = p.agreement and candidate.line = p.line
              and candidate.period = $4 and ($5 < 0 or not candidate.taken_over) and candidate.round = (
                select last.round from reached last
                where last.satker = p.satker and last.report = candidate.report and last.level >= greatest($5, 0)
                order by last.version desc limit 1)
        ) r on true
        left join lateral (
            select highest.version, highest.level, highest.content_hash, exists (
                select 1 from reached next
                where next.satker = r.satker and next.report = r.report and next.round > r.round) as newer
            from reached highest
            where highest.satker = r.satker and highest.report = r.report and highest.round = r.round
            order by highest.level desc limit 1
        ) c on true
        """;

    /// <summary>The lines of one office.</summary>
    public static Task<List<MeasuredLine>> OfOffice(
        Database database, Caller caller, string satker, MeasuredQuery query, CancellationToken ct) =>
        database.Query(caller, Lines(query, satker, Self, self: true, levels: null), Read, ct);

    /// <summary>The lines of a population.</summary>
    public static Task<List<MeasuredLine>> OfPopulation(
        Database database, Caller caller, string satker, Population population, MeasuredQuery query, CancellationToken ct) =>
        database.Query(caller, Lines(query, satker, Words.Of(population.Reach), population.Self, population.Levels), Read, ct);

    /// <summary>The offices of a population, whether they promised anything or not.</summary>
    public static Task<List<(string Satker, string Name)>> Offices(
        Database database, Caller caller, string satker, Population population, DateOnly day, CancellationToken ct) =>
        database.Query(caller, new Sql("""
            select o.satker, o.name from population($1, $2, $3, $4, $5) chosen join office o on o.satker = chosen.satker
            order by o.satker
            """, satker, Words.Of(population.Reach), population.Self, Levels(population.Levels), day),
            row => (row.GetString(0), row.GetString(1)), ct);

    /// <summary>
    /// What several roll-ups need, in one question: for each rule, in their order, the offices of its population and the
    /// lines that carry its source.
    /// </summary>
    public static async Task<List<RuleLines>> OfRules(
        Database database, Caller caller, string satker, IReadOnlyList<RollupRule> rules, Period period, SignOffLevel least,
        CancellationToken ct)
    {
        var found = rules.Select(_ => new RuleLines([], [])).ToList();
        await database.Query(caller, new Sql($"""
            select {Columns}, rule.ordinal::int - 1
            from unnest($6::text[], $7::text[], $8::text[], $9::boolean[], $10::text[]) with ordinality
                as rule (source, level, reach, self, levels, ordinal)
            cross join lateral population($1, rule.reach, rule.self, string_to_array(rule.levels, ','), $2) chosen
            join office o on o.satker = chosen.satker
            left join promise p on p.satker = o.satker and p.year = $3 and p.valid_from <= $2 and $2 < p.valid_until
                and p.level = rule.level and p.indicator = rule.source
            {Results}
            order by rule.ordinal, o.satker, p.unit, p.agreement, p.sort
            """, satker, period.LastDay, period.Year, period.Text, (int)least,
            rules.Select(rule => rule.Source).ToArray(), rules.Select(rule => Words.Of(rule.SourceLevel)).ToArray(),
            rules.Select(rule => Words.Of(rule.Population.Reach)).ToArray(), rules.Select(rule => rule.Population.Self).ToArray(),
            rules.Select(rule => rule.Population.Levels is { } levels ? string.Join(',', levels.Select(Words.Of)) : null).ToArray()),
            row =>
            {
                var (offices, lines) = found[row.GetInt32(19)];
                var office = (row.GetString(0), row.GetString(1));
                if (offices.Count == 0 || offices[^1] != office)
                {
                    offices.Add(office);
                }

                if (!row.IsDBNull(2))
                {
                    lines.Add(Read(row));
                }

                return 0;
            }, ct);
        return found;
    }

    private static Sql Lines(MeasuredQuery query, string satker, string reach, bool self, IReadOnlyList<OfficeLevel>? levels) => new($"""
        select {Columns}
        from population($1, $6, $7, $8, $2) chosen
        join office o on o.satker = chosen.satker
        join promise p on p.satker = o.satker and p.year = $3 and p.valid_from <= $2 and $2 < p.valid_until
            and ($9::text is null or p.level = $9)
        {Results}
        order by o.satker, p.unit, p.agreement, p.sort
        """, satker, query.Period.LastDay, query.Period.Year, query.Period.Text, (int)query.Least, reach, self, Levels(levels),
        Word(query.Level));

    /// <summary>The lines of the agreement that a report speaks of, with the report's results.</summary>
    public static async Task<(Period Period, List<MeasuredLine> Lines)?> OfReport(
        Database database, Caller caller, string satker, string report, SignOffLevel least, CancellationToken ct)
    {
        var periods = await database.Query(caller, new Sql(
            "select period from document where kind = 'realization' and satker = $1 and id = $2", satker, report),
            row => Period.Parse(row.GetString(0))!, ct);
        if (periods is not [var period])
        {
            return null;
        }

        var lines = await OfOffice(database, caller, satker, new MeasuredQuery(period, least, Level: null), ct);
        return (period, [.. lines.Where(line => line.Result?.Report == report)]);
    }

    private static string? Word<T>(T? word)
        where T : struct, Enum => word is { } known ? Words.Of(known) : null;

    private static string[]? Levels(IReadOnlyList<OfficeLevel>? levels) => levels?.Select(Words.Of).ToArray();

    private static MeasuredLine Read(NpgsqlDataReader row) => new(
        row.GetString(0), row.GetString(1), row.GetString(2), row.GetString(3), Words.Read<AgreementLevel>(row.GetString(8)),
        row.GetString(4), row.GetString(5), row.GetString(6), Json<Value>(row, 7), row.IsDBNull(9) ? null : Result(row));

    private static MeasuredResult Result(NpgsqlDataReader row)
    {
        var takenOver = row.GetBoolean(17);
        return new MeasuredResult(
            row.GetString(9), row.GetInt32(10), row.GetInt32(11), row.GetString(12),
            takenOver ? SignOffLevel.TakenOver : (SignOffLevel)row.GetInt32(13), row.GetBoolean(14), Json<Value>(row, 15),
            row.IsDBNull(16) ? null : row.GetInt32(16), takenOver, Json<Capaian>(row, 18));
    }

    private static T Json<T>(NpgsqlDataReader row, int column) =>
        JsonSerializer.Deserialize<T>(row.GetFieldValue<byte[]>(column), Kinerja.Api.Json.Documents)!;
}
