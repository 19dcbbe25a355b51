using System.Text.Json;

namespace Kinerja.Api;

/// <summary>What a report cites instead of stating it: approved lines of other agreements of the office, and the roll-up of
/// the office above.</summary>
internal sealed record Citations(IReadOnlyList<JudgedLine> Lines, IReadOnlyDictionary<string, GivenFigure> Given)
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
        var given = cited.Where(indicator => indicator.Source == IndicatorSource.Parent).Select(indicator => indicator.Code).Distinct().ToList();
        var citations = given.Count > 0 || cited.Exists(indicator => indicator.Traits.Derived)
            ? await Ask(session, period, given, catalogue, ct)
            : new Citations([], new Dictionary<string, GivenFigure>());
        return RealizationRules.Cite(report, before, catalogue.Find,
            entry => by.Agreement?.Content.Lines.FirstOrDefault(line => line.No == entry.Line)?.DerivedFrom is { Count: > 0 } units
                ? Derivation.Of(units, citations.Lines)
                : null,
            entry => citations.Given.GetValueOrDefault(entry.Indicator));
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

    /// <summary>The roll-up of the office above that a result cites, as it stands in the signed content.</summary>
    public static async Task<GivenFigure?> CitedIn(
        Database database, Caller caller, string satker, MeasuredResult result, string line, CancellationToken ct) =>
        (await database.Query(caller, new Sql("""
            select body from document_version where kind = 'realization' and satker = $1 and id = $2 and version = $3
            """, satker, result.Report, result.Version), row => Documents.Read<Realization>(row.GetFieldValue<byte[]>(0)), ct))
        .SelectMany(report => report.Content.Entries).FirstOrDefault(entry => entry.Line == line)?.Given;

    private static async Task<Citations> Ask(
        DocumentSession session, Period period, List<string> given, Catalogue catalogue, CancellationToken ct) => await session.Ask(
        [.. Judged(session.Satker, period), .. given.Select(indicator => Parents(session.Satker, period, indicator))],
        async answers =>
        {
            var lines = await Read(answers);
            var figures = new Dictionary<string, GivenFigure>(StringComparer.Ordinal);
            foreach (var indicator in given)
            {
                foreach (var (parent, kept) in await answers.Next(row => (row.GetString(0), KeptRollups.Kept(row, first: 1))))
                {
                    figures.Add(indicator, Figure(parent, kept, period, catalogue.Find(indicator)!, catalogue));
                }
            }

            return new Citations(lines, figures);
        }, ct);

    private static Sql Parents(string satker, Period period, string indicator) => new("""
        select parent, indicator, below, expected, reported, counted, not_applicable, numerators, denominators, numbers, meeting,
               taken_over, lowest, highest
        from given_by_parent($1, $2, $3, $4, $5)
        """, satker, period.Year, period.Text, (int)SignOffLevel.Accepted, indicator);

    private static GivenFigure Figure(string parent, KeptRollup kept, Period period, Indicator rolled, Catalogue catalogue)
    {
        var figure = new GivenFigure(
            parent, rolled.Code, period.Text, SignOffLevel.Accepted, kept.Sum.Result(catalogue.Frame(rolled), rolled.Unit),
            kept.Sum.Expected, kept.Sum.Reported, kept.Sum.Counted, "");
        return figure with { Hash = ContentHash.Of(JsonSerializer.SerializeToElement(figure, Json.Documents)) };
    }
}
