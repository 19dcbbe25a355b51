using System.Text.Json;

namespace Kinerja.Api;

/// <summary>A roll-up that a report cites.</summary>
/// <param name="Giver">The office it is made for.</param>
/// <param name="CountsItself">Whether it is the office's own, and its population counts the office.</param>
/// <param name="Kept">The sums; without the office's own part where the report states it.</param>
internal sealed record CitedRollup(string Giver, bool CountsItself, KeptRollup Kept);

/// <summary>What a report cites instead of stating it: approved lines of other agreements of the office, and roll-ups.</summary>
/// <param name="Promised">Every line that the office promised for the period.</param>
/// <param name="Lines">The same, judged by their approved results.</param>
/// <param name="Rollups">The roll-ups, by the indicator that cites them.</param>
internal sealed record Citations(
    IReadOnlyList<MeasuredLine> Promised, IReadOnlyList<JudgedLine> Lines, IReadOnlyDictionary<string, CitedRollup> Rollups)
{
    /// <summary>The report with its derived and given results as they are now.</summary>
    public static async Task<Decision<Realization>> Fill(
        DocumentSession session, Realization report, Realization? before, MeasuredBy by, CancellationToken ct)
    {
        if (by.Catalogue is not { } catalogue || Period.Parse(report.Period) is not { } period)
        {
            return report; // Its faults are told by the rules of entry.
        }

        var cited = report.Entries.Where(entry => entry.TakenOverFrom is null)
            .Select(entry => catalogue.Find(entry.Indicator)).OfType<Indicator>().ToList();
        var given = cited.Where(indicator => indicator.Source == IndicatorSource.Parent).DistinctBy(indicator => indicator.Code)
            .ToDictionary(indicator => indicator.Code, OwnLine, StringComparer.Ordinal);
        var citations = given.Count > 0 || cited.Exists(indicator => indicator.Traits.Derived)
            ? await Ask(session, period, given, ct)
            : new Citations([], [], new Dictionary<string, CitedRollup>());
        return RealizationRules.Cite(report, before, catalogue.Find,
            entry => by.Agreement?.Content.Lines.FirstOrDefault(line => line.No == entry.Line)?.DerivedFrom is { Count: > 0 } units
                ? Derivation.Of(units, citations.Lines)
                : null,
            (entry, line) => citations.Rollups.GetValueOrDefault(entry.Indicator) is not { } rollup ? null
                : Figure(rollup, period, catalogue.Find(entry.Indicator)!, catalogue, citations.Promised, given[entry.Indicator],
                    no => line(no) is { } own ? (own.Result, own.TakenOverFrom is not null) : null));

        // The line of this report that is the office's own part of what is rolled up.
        string? OwnLine(Indicator rolled) => by.Agreement?.Content.Lines.FirstOrDefault(line => rolled.Rollup!.IsFedBy(
            by.Units.Find(report.Unit)?.Level, catalogue.CountsAs(line.Indicator)))?.No;
    }

    /// <summary>What the roll-ups that lines of an office cite give now, from the same lines of the same reports: by agreement and line.</summary>
    public static async Task<IReadOnlyDictionary<(string Agreement, string Line), GivenFigure>> GivenNow(
        Database database, Caller caller, string satker, Period period, IReadOnlyList<MeasuredLine> lines, CancellationToken ct)
    {
        var citing = lines.Where(line => line.Result?.Given is not null).ToList();
        if (await Catalogue.OfOffice(database, caller, satker, period.Year, ct) is not { } catalogue)
        {
            return new Dictionary<(string, string), GivenFigure>();
        }

        var rollups = await database.Ask(
            caller, [.. citing.Select(line => Rollup(satker, period, line.Indicator, line.Result!.Given!.OwnLine))],
            async answers =>
            {
                var found = new List<CitedRollup?>();
                foreach (var _ in citing)
                {
                    found.Add((await answers.Next(Rollup)).SingleOrDefault());
                }

                return found;
            }, ct);
        return citing.Zip(rollups).Where(one => one.Second is not null && catalogue.Find(one.First.Indicator) is { Rollup: not null })
            .ToDictionary(one => (one.First.Agreement, one.First.Line), one => Figure(
                one.Second!, period, catalogue.Find(one.First.Indicator)!, catalogue, lines, one.First.Result!.Given!.OwnLine,
                no => lines.FirstOrDefault(line => (line.Agreement, line.Line) == (one.First.Agreement, no))?.Result is { } own
                    && own.Report == one.First.Result.Report ? (own.Realization, own.TakenOver) : null));
    }

    /// <summary>Every line of an office, judged by its approved results, as they are or as they were held.</summary>
    public static async Task<List<JudgedLine>> Judged(
        Database database, Caller caller, string satker, Period period, Times times, CancellationToken ct)
    {
        if (times.RecordedAt is null)
        {
            return await database.Ask(caller, Judged(satker, period), Read, ct);
        }

        var lines = await Measured.OfOffice(database, caller, satker, new MeasuredQuery(period, SignOffLevel.Approved, Level: null, times), ct);
        return Judged(lines, await database.Query(caller, Hashes(satker, period), Hash, ct));
    }

    /// <summary>The questions for the lines as they are.</summary>
    private static IReadOnlyList<Sql> Judged(string satker, Period period) =>
        [Measured.OfOffice(satker, new MeasuredQuery(period, SignOffLevel.Approved, level: null)), Hashes(satker, period)];

    private static async Task<List<JudgedLine>> Read(Answers answers) =>
        Judged(await answers.Next(Measured.Line), await answers.Next(Hash));

    private static Sql Hashes(string satker, Period period) =>
        new("select id, content_hash from document where kind = 'agreement' and satker = $1 and year = $2", satker, period.Year);

    private static (string Id, string Hash) Hash(Npgsql.NpgsqlDataReader row) => (row.GetString(0), row.GetString(1));

    private static List<JudgedLine> Judged(List<MeasuredLine> lines, List<(string Id, string Hash)> agreements)
    {
        var hashes = agreements.ToDictionary(one => one.Id, one => one.Hash, StringComparer.Ordinal);
        return lines.ConvertAll(line => new JudgedLine(
            line.Unit, line.Agreement, hashes[line.Agreement], line.Result?.Capaian.Reached,
            line.Result is not { } result ? []
                : result.Accumulated is { } made ? [.. made.Parts.Select(part => new CitedReport(part.Report, part.Version, part.ContentHash))]
                : [new CitedReport(result.Report, result.Version, result.ContentHash)]));
    }

    private static async Task<Citations> Ask(
        DocumentSession session, Period period, Dictionary<string, string?> given, CancellationToken ct) => await session.Ask(
        [.. Judged(session.Satker, period), .. given.Select(one => Rollup(session.Satker, period, one.Key, one.Value))],
        async answers =>
        {
            var promised = await answers.Next(Measured.Line);
            var judged = Judged(promised, await answers.Next(Hash));
            var rollups = new Dictionary<string, CitedRollup>(StringComparer.Ordinal);
            foreach (var (indicator, _) in given)
            {
                foreach (var rollup in await answers.Next(Rollup))
                {
                    rollups.Add(indicator, rollup);
                }
            }

            return new Citations(promised, judged, rollups);
        }, ct);

    /// <summary>The roll-up of an indicator that an office cites; without its own part where a line of the report states that.</summary>
    private static Sql Rollup(string satker, Period period, string indicator, string? ownLine) => new("""
        select giver, counts_itself, indicator, below, expected, reported, counted, not_applicable, numerators, denominators, numbers,
               meeting, taken_over, lowest, highest
        from cited_roll_up($1, $2, $3, $4, $5, $6)
        """, satker, period.Year, period.Text, (int)SignOffLevel.Accepted, indicator, ownLine is null);

    private static CitedRollup Rollup(Npgsql.NpgsqlDataReader row) => new(row.GetString(0), row.GetBoolean(1), KeptRollups.Kept(row, first: 2));

    /// <summary>The figure as it is cited. The office's own part is the line of the same report, whatever that is signed for; what
    /// is taken over there counts as little as in every other office, and what is promised twice neither.</summary>
    private static GivenFigure Figure(
        CitedRollup rollup, Period period, Indicator rolled, Catalogue catalogue, IReadOnlyList<MeasuredLine> promised, string? ownLine,
        Func<string, (Value Result, bool TakenOver)?> stated)
    {
        var (frame, sum) = (catalogue.Frame(rolled), rollup.Kept.Sum);
        var own = rollup.CountsItself ? ownLine : null;
        if (own is not null)
        {
            sum = Aggregate.Combine(sum, Aggregate.Of(
                stated(own) is (var result, false)
                    ? new ChildLine(rollup.Giver, Reported: true, result, StatedTwice: promised.Count(IsFed) > 1)
                    : ChildLine.NoReport(rollup.Giver), frame));
        }

        var figure = new GivenFigure(
            rollup.Giver, rolled.Code, period.Text, SignOffLevel.Accepted, sum.Result(frame, rolled.Unit), sum.Expected, sum.Reported, sum.Counted,
            "", own);
        return figure with { Hash = ContentHash.Of(JsonSerializer.SerializeToElement(figure, Json.Documents)) };

        bool IsFed(MeasuredLine line) => rolled.Rollup!.IsFedBy(line.Level, catalogue.CountsAs(line.Indicator));
    }
}
