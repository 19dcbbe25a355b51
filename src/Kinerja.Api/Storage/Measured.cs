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
/// <param name="Given">The roll-up that a given result cites; none for others.</param>
internal sealed record MeasuredResult(
    string Report, int Round, int Version, string ContentHash, SignOffLevel Level, bool Newer, Value Realization, int? CarriedFrom,
    bool TakenOver, Capaian Capaian, Accumulated? Accumulated = null, ProposedFigure? Proposed = null, Derivation? Derivation = null,
    GivenFigure? Given = null)
{
    /// <summary>A figure accumulated from parts: its report is that of the last one.</summary>
    public static MeasuredResult Of(Accumulated made, Value realization, Capaian capaian)
    {
        var last = made.Parts[^1];
        return new MeasuredResult(
            last.Report, last.Round, last.Version, last.ContentHash, made.Level, made.Newer, realization, made.CarriedFrom,
            made.Level == SignOffLevel.TakenOver, capaian, made);
    }
}

/// <summary>The two times of a question, never mixed.</summary>
/// <param name="Tree">Validity: the day whose tree is meant.</param>
/// <param name="RecordedAt">Record: what the service held at this instant; none for what it holds now.</param>
internal sealed record Times(DateOnly Tree, DateTimeOffset? RecordedAt)
{
    /// <summary>The times of a question about a period: the tree of its last day unless another day is named.</summary>
    public static Times Of(Period period, Day? asOf, Instant? recordedAt) =>
        new(asOf?.Date ?? period.LastDay, recordedAt?.At.ToUniversalTime());

    /// <summary>What roll-ups are kept for: the tree of the period's last day, as it is now.</summary>
    public bool AreUsual(Period period) => RecordedAt is null && Tree == period.LastDay;
}

/// <summary>Which lines are asked for.</summary>
/// <param name="Period">The period; its last day decides which agreements count.</param>
/// <param name="Least">The least sign-off level of a result.</param>
/// <param name="Level">Only agreements of this level.</param>
/// <param name="Times">Which tree, and held when.</param>
internal sealed record MeasuredQuery(Period Period, SignOffLevel Least, AgreementLevel? Level, Times Times)
{
    /// <summary>A question about the tree of the period's last day, and what is held now.</summary>
    public MeasuredQuery(Period period, SignOffLevel least, AgreementLevel? level)
        : this(period, least, level, new Times(period.LastDay, null))
    {
    }
}

/// <summary>Offices as they are read, whether they promised anything or not, and their lines.</summary>
internal sealed record ChildLines(List<(string Satker, string Name)> Offices, List<MeasuredLine> Lines)
{
    /// <summary>Takes a row of one office and, where there is one, one of its lines; the offices come one after another.</summary>
    public bool Add(NpgsqlDataReader row, Func<NpgsqlDataReader, MeasuredLine> line)
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

        Lines.Add(line(row));
        return true;
    }
}

/// <summary>Reading what was promised and what was reached, for offices chosen by the tree of a day: as it is now, from the
/// narrow rows; or as it was held at an instant, from the versions of the documents.</summary>
internal static class Measured
{
    private const string Promise = """
        o.satker, o.name, p.agreement, p.unit, p.line, p.indicator, p.wording, coalesce(p.period_targets -> $4, p.target), p.level
        """;

    /// <summary>Joins to a promise p its result of the period $4: the last round that reached the level $5, and how far it
    /// was signed for; and where no report states the period, what is accumulated from those of its parts.</summary>
    private const string Results = """
        left join lateral counting_result(p.satker, p.agreement, p.line, $4, $5) r on true
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

    /// <summary>The same as it was held at the instant $8: a round that had been submitted stands in its rows, and so does the
    /// present draft; an earlier draft in its version. What is accumulated is made anew, by <see cref="AccumulatedThen"/>.</summary>
    private const string ResultsThen = """
        left join lateral report_then(p.satker, $4, p.unit, $8) d on true
        left join lateral round_then(p.satker, d.id, $5, $8) c on true
        left join result r on r.satker = p.satker and r.report = d.id and r.round = c.round and c.draft is null
            and r.agreement = p.agreement and r.line = p.line and counts(r.taken_over, $5)
        """;

    private static string Columns(Times times) => times.RecordedAt is null
        ? $"""
            {Promise}, r.report, r.round, c.version, c.content_hash, c.level, c.newer, coalesce(r.realization, a.realization),
            coalesce(r.carried_from, a.carried_from), coalesce(r.taken_over, a.taken_over), coalesce(r.figure, a.figure), a.made, r.proposed,
            r.derivation, r.given
            """
        : $"""
            {Promise}, d.id, c.round, c.version, c.content_hash, c.level, c.newer, r.realization, r.carried_from, r.taken_over, r.figure,
            null, r.proposed, r.derivation, r.given, c.draft, case when c.draft is not null then (
                select a.body from document a where a.kind = 'agreement' and a.satker = p.satker and a.id = p.agreement) end,
            case when c.draft is not null then locals_then(p.satker, p.year, $8) end, c.recorded_at
            """;

    private static string ResultsOf(Times times) => times.RecordedAt is null ? Results : ResultsThen;

    /// <summary>Whether a promise p binds on the period's last day, $2.</summary>
    private static string Binds(Times times) => times.RecordedAt is null
        ? "holds(p.valid_from, p.valid_until, $2)"
        : "p.valid_from <= $2 and bound_then(p.satker, p.agreement, p.valid_until, $2, $8)";

    /// <summary>Whether a promise p counts as a catalogue indicator: its own, or what its office's own is mapped to.</summary>
    private static string CountsAs(Times times, string indicator) => times.RecordedAt is null
        ? $"p.counts_as = {indicator}"
        : $"(p.indicator = {indicator} or p.indicator like 'L-%' and counts_as_then(p.satker, p.year, p.indicator, $8) = {indicator})";

    /// <summary>The parameters every question has: $1 to $7, and $8 for what was held.</summary>
    private static IEnumerable<object?> Parameters(string satker, MeasuredQuery query) => new object?[]
    {
        satker, query.Period.LastDay, query.Period.Year, query.Period.Text, (int)query.Least,
        (query.Level is { } level ? [level] : Enum.GetValues<AgreementLevel>()).Select(Words.Of).ToArray(), query.Times.Tree,
    }.Concat(query.Times.RecordedAt is { } then ? [then] : []);

    /// <summary>The lines of one office.</summary>
    public static Sql OfOffice(string satker, MeasuredQuery query) => new($"""
        select {Columns(query.Times)} from office o
        join promise p on p.satker = o.satker and p.year = $3 and p.level = any ($6) and {Binds(query.Times)}
        {ResultsOf(query.Times)}
        where o.satker = $1 and $7::date is not null
        order by p.unit, p.agreement, p.sort
        """, [.. Parameters(satker, query)]);

    /// <summary>The offices directly below, and their lines.</summary>
    public static Sql OfChildren(string satker, MeasuredQuery query) => new($"""
        select {Columns(query.Times)} from {(query.Times.RecordedAt is null
            ? "(select satker from office_parent where parent = $1 and holds(valid_from, valid_until, $7))"
            : "population($1, 'children', false, null, $7, $8)")} child
        join office o on o.satker = child.satker
        left join promise p on p.satker = o.satker and p.year = $3 and p.level = any ($6) and {Binds(query.Times)}
        {ResultsOf(query.Times)}
        order by o.satker, p.unit, p.agreement, p.sort
        """, [.. Parameters(satker, query)]);

    /// <summary>The offices below that promised something at the level, so many of them after one, and their lines.</summary>
    public static Sql OfBelow(string satker, MeasuredQuery query, string after, int most)
    {
        var (then, next) = query.Times.RecordedAt is null ? ("", 8) : (", $8", 9);
        return new Sql($"""
            select {Columns(query.Times)} from (
                select below.satker from population($1, 'descendants', false, null, $7{then}) below
                where below.satker > ${next} and exists (
                    select from promise p
                    where p.satker = below.satker and p.year = $3 and p.level = any ($6) and {Binds(query.Times)})
                order by below.satker limit ${next + 1}) below
            join office o on o.satker = below.satker
            join promise p on p.satker = o.satker and p.year = $3 and p.level = any ($6) and {Binds(query.Times)}
            {ResultsOf(query.Times)}
            order by o.satker, p.unit, p.agreement, p.sort
            """, [.. Parameters(satker, query), after, most]);
    }

    /// <summary>The offices of a roll-up, and the lines that carry its source.</summary>
    public static Sql OfRule(string satker, RollupRule rule, Period period, SignOffLevel least, Times times)
    {
        var next = times.RecordedAt is null ? 8 : 9;
        return new Sql($"""
            select {Columns(times)}
            from population($1, ${next}, ${next + 1}, ${next + 2}, $7{(times.RecordedAt is null ? "" : ", $8")}) chosen
            join office o on o.satker = chosen.satker
            left join promise p on p.satker = o.satker and p.year = $3 and p.level = any ($6) and {CountsAs(times, $"${next + 3}")} and {Binds(times)}
            {ResultsOf(times)}
            order by o.satker, p.unit, p.agreement, p.sort
            """,
            [
                .. Parameters(satker, new MeasuredQuery(period, least, rule.SourceLevel, times)), Words.Of(rule.Population.Reach),
                rule.Population.Self, rule.Population.Levels?.Select(Words.Of).ToArray(), rule.Source,
            ]);
    }

    /// <summary>Whether the tree of another day or instant holds offices below that are not the caller's to read in the year:
    /// without them the figures would be others.</summary>
    public static Sql BeyondReach(string satker, int year, Times times) => times.RecordedAt is { } then
        ? new("select exists (select from population($1, 'descendants', false, null, $3, $4) below where not sees(below.satker, $2))",
            satker, year, times.Tree, then)
        : new("select exists (select from population($1, 'descendants', false, null, $3) below where not sees(below.satker, $2))",
            satker, year, times.Tree);

    /// <summary>The office's own lines that carry a target, as they were held.</summary>
    public static Sql Carried(string satker, Period period, DateTimeOffset then) => new("""
        select counted.code, p.level, p.agreement, coalesce(p.period_targets -> $5, p.target) from promise p
        cross join lateral counts_as_then(p.satker, p.year, p.indicator, $4) as counted (code)
        where p.satker = $1 and p.year = $2 and p.valid_from <= $3 and bound_then(p.satker, p.agreement, p.valid_until, $3, $4)
            and counted.code is not null
        order by counted.code, p.agreement, p.sort
        """, satker, period.Year, period.LastDay, then, period.Text);

    /// <summary>The lines of the agreement that a report speaks of, with the report's results, or with what is accumulated up
    /// to it for a longer period.</summary>
    public static async Task<(Period Period, List<MeasuredLine> Lines)?> OfReport(
        Database database, Caller caller, string satker, string report, Period? whole, SignOffLevel least, DateTimeOffset? then,
        CancellationToken ct)
    {
        var periods = await database.Query(caller, new Sql(
            "select period from document where kind = 'realization' and satker = $1 and id = $2", satker, report),
            row => Period.Parse(row.GetString(0))!, ct);
        if (periods is not [var own])
        {
            return null;
        }

        var period = whole ?? own;
        var query = new MeasuredQuery(period, least, Level: null, new Times(period.LastDay, then));
        var lines = await OfOffice(database, caller, satker, query, ct);
        return (period, [.. lines.Where(line => line.Result?.Report == report)]);
    }

    /// <summary>The lines of one office, as they are now or as they were held.</summary>
    public static async Task<List<MeasuredLine>> OfOffice(
        Database database, Caller caller, string satker, MeasuredQuery query, CancellationToken ct)
    {
        var catalogue = query.Times.RecordedAt is { } then
            ? await Catalogue.LoadThen(database, caller, query.Period.Year, then, ct)
            : null;
        return await AccumulatedThen.Complete(
            database, caller, query, catalogue, await database.Query(caller, OfOffice(satker, query), Reader(query, catalogue), ct), ct);
    }

    /// <summary>The offices of a question and their lines, as they are now or as they were held.</summary>
    public static async Task<ChildLines> OfOffices(
        Database database, Caller caller, Sql question, MeasuredQuery query, Catalogue catalogue, CancellationToken ct)
    {
        var offices = new ChildLines([], []);
        var line = Reader(query, catalogue);
        await database.Query(caller, question, row => offices.Add(row, line), ct);
        return offices with { Lines = await AccumulatedThen.Complete(database, caller, query, catalogue, offices.Lines, ct) };
    }

    /// <summary>How the lines of a question are read. Those of an instant are whole only when what was accumulated then is added
    /// (<see cref="AccumulatedThen.Complete"/>).</summary>
    /// <param name="query">The question.</param>
    /// <param name="catalogue">The catalogue of the instant that is asked about; needed for no other question.</param>
    public static Func<NpgsqlDataReader, MeasuredLine> Reader(MeasuredQuery query, Catalogue? catalogue) =>
        query.Times.RecordedAt is null ? Line : new LinesThen(catalogue, query.Least).Line;

    /// <summary>One line as it is read.</summary>
    public static MeasuredLine Line(NpgsqlDataReader row) => Promised(row) with { Result = row.IsDBNull(15) ? null : Result(row) };

    /// <summary>A line as it was promised.</summary>
    public static MeasuredLine Promised(NpgsqlDataReader row) => new(
        row.GetString(0), row.GetString(1), row.GetString(2), row.GetString(3), Words.Read<AgreementLevel>(row.GetString(8)),
        row.GetString(4), row.GetString(5), row.GetString(6), row.Json<Value>(7), Result: null);

    public static MeasuredResult Result(NpgsqlDataReader row)
    {
        if (row.IsDBNull(9))
        {
            return MeasuredResult.Of(row.Json<Accumulated>(19), row.Json<Value>(15), row.Json<Capaian>(18));
        }

        var takenOver = row.GetBoolean(17);
        return new MeasuredResult(
            row.GetString(9), row.GetInt32(10), row.GetInt32(11), row.GetString(12),
            takenOver ? SignOffLevel.TakenOver : (SignOffLevel)row.GetInt32(13), row.GetBoolean(14), row.Json<Value>(15),
            row.ValueOrNull<int>(16), takenOver, row.Json<Capaian>(18),
            Proposed: row.JsonOrNull<ProposedFigure>(20),
            Derivation: row.JsonOrNull<Derivation>(21),
            Given: row.JsonOrNull<GivenFigure>(22));
    }
}
