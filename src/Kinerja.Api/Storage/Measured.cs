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
/// <param name="Target">What was promised for the period.</param>
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
/// <param name="Accumulated">What it is accumulated from; none when the report states it. Then the report is that of the last
/// part.</param>
/// <param name="Proposed">The override; none without one.</param>
/// <param name="Derivation">What a derived result was computed from; none for others.</param>
internal sealed record MeasuredResult(
    string Report, int Round, int Version, string ContentHash, SignOffLevel Level, bool Newer, Value Realization, int? CarriedFrom,
    bool TakenOver, Capaian Capaian, Accumulated? Accumulated = null, ProposedFigure? Proposed = null, Derivation? Derivation = null);

/// <summary>Which lines are asked for.</summary>
/// <param name="Period">The period; its last day decides which agreements and which tree count.</param>
/// <param name="Least">The least sign-off level of a result.</param>
/// <param name="Level">Only agreements of this level.</param>
internal sealed record MeasuredQuery(Period Period, SignOffLevel Least, AgreementLevel? Level);

/// <summary>Offices as they are read, whether they promised anything or not, and their lines.</summary>
internal sealed record ChildLines(List<(string Satker, string Name)> Offices, List<MeasuredLine> Lines)
{
    /// <summary>Takes a row of one office and, where there is one, one of its lines; the offices come one after another.</summary>
    public bool Add(NpgsqlDataReader row)
    {
        var office = (row.GetString(0), row.GetString(1));
        if (Offices.Count == 0 || Offices[^1] != office)
        {
            Offices.Add(office);
        }

        if (row.IsDBNull(2))
        {
            return false;
        }

        Lines.Add(Measured.Line(row));
        return true;
    }
}

/// <summary>Reading what was promised and what was reached, for offices chosen by the tree of the period's last day.</summary>
internal static class Measured
{
    private const string Columns = """
        o.satker, o.name, p.agreement, p.unit, p.line, p.indicator, p.wording, coalesce(p.period_targets -> $4, p.target),
        p.level, r.report, r.round, c.version, c.content_hash, c.level, c.newer, coalesce(r.realization, a.realization),
        coalesce(r.carried_from, a.carried_from), coalesce(r.taken_over, a.taken_over), coalesce(r.figure, a.figure), a.made, r.proposed, r.derivation
        """;

    /// <summary>Joins to a promise p its result of the period $4: the last round that reached the level $5, and how far it
    /// was signed for; and where no report states the period, what is accumulated from those of its parts.</summary>
    private const string Results = """
        left join result r on r.satker = p.satker and r.agreement = p.agreement and r.line = p.line and r.period = $4
            and ($5 < 0 or not r.taken_over) and r.round = (
                select last.round from reached last
                where last.satker = p.satker and last.report = r.report and last.level >= greatest($5, 0)
                order by last.version desc limit 1)
        left join lateral (
            select highest.version, highest.level, highest.content_hash, exists (
                select 1 from reached next
                where next.satker = r.satker and next.report = r.report and next.round > r.round) as newer
            from reached highest
            where highest.satker = r.satker and highest.report = r.report and highest.round = r.round
            order by highest.level desc limit 1
        ) c on true
        left join accumulated a on r.report is null and a.satker = p.satker and a.agreement = p.agreement and a.line = p.line
            and a.period = $4 and $5 between a.lowest and a.highest
        """;

    /// <summary>The lines of one office.</summary>
    public static Sql OfOffice(string satker, MeasuredQuery query) => new($"""
        select {Columns} from office o
        join promise p on p.satker = o.satker and p.year = $3 and p.level = any ($6) and p.valid_from <= $2 and $2 < p.valid_until
        {Results}
        where o.satker = $1
        order by p.unit, p.agreement, p.sort
        """, satker, query.Period.LastDay, query.Period.Year, query.Period.Text, (int)query.Least,
        (query.Level is { } level ? [level] : Enum.GetValues<AgreementLevel>()).Select(Words.Of).ToArray());

    /// <summary>The offices directly below, and their lines.</summary>
    public static Sql OfChildren(string satker, MeasuredQuery query) => new($"""
        select {Columns} from office_parent child
        join office o on o.satker = child.satker
        left join promise p on p.satker = o.satker and p.year = $3 and p.level = $6 and p.valid_from <= $2 and $2 < p.valid_until
        {Results}
        where child.parent = $1 and child.valid_from <= $2 and $2 < child.valid_until
        order by o.satker, p.unit, p.agreement, p.sort
        """, satker, query.Period.LastDay, query.Period.Year, query.Period.Text, (int)query.Least, Words.Of(query.Level!.Value));

    /// <summary>The offices of a roll-up, and the lines that carry its source.</summary>
    public static Sql OfRule(string satker, RollupRule rule, Period period, SignOffLevel least) => new($"""
        select {Columns} from population($1, $7, $8, $9, $2) chosen
        join office o on o.satker = chosen.satker
        left join promise p on p.satker = o.satker and p.year = $3 and p.level = $6 and p.counts_as = $10
            and p.valid_from <= $2 and $2 < p.valid_until
        {Results}
        order by o.satker, p.unit, p.agreement, p.sort
        """, satker, period.LastDay, period.Year, period.Text, (int)least, Words.Of(rule.SourceLevel),
        Words.Of(rule.Population.Reach), rule.Population.Self, rule.Population.Levels?.Select(Words.Of).ToArray(), rule.Source);

    /// <summary>The lines of the agreement that a report speaks of, with the report's results, or with what is accumulated up
    /// to it for a longer period.</summary>
    public static async Task<(Period Period, List<MeasuredLine> Lines)?> OfReport(
        Database database, Caller caller, string satker, string report, Period? whole, SignOffLevel least, CancellationToken ct)
    {
        var periods = await database.Query(caller, new Sql(
            "select period from document where kind = 'realization' and satker = $1 and id = $2", satker, report),
            row => Period.Parse(row.GetString(0))!, ct);
        if (periods is not [var own])
        {
            return null;
        }

        var period = whole ?? own;

        var lines = await database.Query(caller, OfOffice(satker, new MeasuredQuery(period, least, Level: null)), Line, ct);
        return (period, [.. lines.Where(line => line.Result?.Report == report)]);
    }

    /// <summary>One line as it is read.</summary>
    public static MeasuredLine Line(NpgsqlDataReader row) => new(
        row.GetString(0), row.GetString(1), row.GetString(2), row.GetString(3), Words.Read<AgreementLevel>(row.GetString(8)),
        row.GetString(4), row.GetString(5), row.GetString(6), Json<Value>(row, 7), row.IsDBNull(15) ? null : Result(row));

    private static MeasuredResult Result(NpgsqlDataReader row)
    {
        var takenOver = row.GetBoolean(17);
        if (row.IsDBNull(9))
        {
            var made = Json<Accumulated>(row, 19);
            var last = made.Parts[^1];
            return new MeasuredResult(
                last.Report, last.Round, last.Version, last.ContentHash, made.Level, made.Newer, Json<Value>(row, 15), made.CarriedFrom,
                takenOver, Json<Capaian>(row, 18), made);
        }

        return new MeasuredResult(
            row.GetString(9), row.GetInt32(10), row.GetInt32(11), row.GetString(12),
            takenOver ? SignOffLevel.TakenOver : (SignOffLevel)row.GetInt32(13), row.GetBoolean(14), Json<Value>(row, 15),
            row.IsDBNull(16) ? null : row.GetInt32(16), takenOver, Json<Capaian>(row, 18),
            Proposed: row.IsDBNull(20) ? null : Json<ProposedFigure>(row, 20),
            Derivation: row.IsDBNull(21) ? null : Json<Derivation>(row, 21));
    }

    private static T Json<T>(NpgsqlDataReader row, int column) =>
        JsonSerializer.Deserialize<T>(row.GetFieldValue<byte[]>(column), Kinerja.Api.Json.Documents)!;
}
