namespace Kinerja.Api;

/// <summary>What one office brings.</summary>
/// <param name="Satker">The office.</param>
/// <param name="Name">Its name.</param>
/// <param name="Value">Its value, or why there is none.</param>
/// <param name="SignOff">How far it has been signed for; null without a report.</param>
/// <param name="Counted">Whether it went in.</param>
/// <param name="State">Why not; null when counted.</param>
/// <param name="Element">Its part of the fold; null when not counted.</param>
/// <param name="CarriedFrom">The year a carried-over value was measured; null otherwise.</param>
/// <param name="Newer">A newer round of the report is being prepared.</param>
/// <param name="Documents">The signed documents it is made of.</param>
internal sealed record ChildRow(
    string Satker, string Name, Value Value, SignOffLevel? SignOff, bool Counted, Gap? State, FoldElement? Element, int? CarriedFrom,
    bool Newer, IReadOnlyList<SourceDocument> Documents);

/// <summary>An office's part of a fold; the method says which of the numbers it uses.</summary>
/// <param name="Numerator">Its numerator; 0 without a ratio.</param>
/// <param name="Denominator">Its denominator; 0 without a ratio.</param>
/// <param name="Number">Its recorded number; 0 for a grade or an opinion.</param>
/// <param name="Rank">Its place in an order: the number, or the points of the grade or opinion.</param>
/// <param name="Meets">Whether it meets the condition; false where there is none.</param>
/// <param name="TakenOver">The value was copied from a published document.</param>
internal sealed record FoldElement(
    decimal Numerator, decimal Denominator, decimal Number, decimal Rank, bool Meets, bool TakenOver);

/// <summary>A roll-up office by office: the rows, and their fold.</summary>
/// <param name="Rows">The expected offices.</param>
/// <param name="Sum">Their fold.</param>
/// <param name="Below">How many offices the population has beside the office itself.</param>
internal sealed record RollupRows(IReadOnlyList<ChildRow> Rows, Aggregate Sum, int Below)
{
    /// <summary>The rows of the offices that were read, with the lines that carry the source.</summary>
    public static RollupRows Of(RollupQuestion question, Indicator rolled, ChildLines read)
    {
        var frame = question.Catalogue.Frame(rolled);
        var bySatker = read.Lines.ToLookup(line => line.Satker);
        var offices = read.Offices
            .Where(office => !rolled.Rollup!.Population.OnlyCarrying || bySatker.Contains(office.Satker))
            .Select(office => Row(question, frame, office.Satker, office.Name, [.. bySatker[office.Satker]])).ToList();
        return new RollupRows(
            [.. offices.Select(office => office.Row)],
            offices.Select(office => office.Part).Aggregate(Aggregate.Identity, Aggregate.Combine),
            read.Offices.Count(office => office.Satker != question.Satker));
    }

    private static (ChildRow Row, Aggregate Part) Row(
        RollupQuestion question, RollupFrame frame, string satker, string name, List<MeasuredLine> lines)
    {
        var result = lines.Count == 1 ? lines[0].Result : null;
        var reported = lines.Exists(line => line.Result is not null);
        var realization = result?.Realization
            ?? new Value.Absent(question.WithoutReport == Gap.NotYetDue ? Absence.NotYetDue : Absence.Missing);
        var part = Aggregate.Of(
            new ChildLine(satker, reported, realization, result?.TakenOver ?? false, StatedTwice: reported && lines.Count > 1), frame);
        var documents = lines.Select(line => SourceDocument.Agreement(question.Links, satker, line.Agreement))
            .Concat(lines.Where(line => line.Result is not null).Select(line => SourceDocument.Report(question.Links, satker, line.Result!)));
        return (new ChildRow(
            satker, name, realization, result?.Level, part.Counted == 1, part.Uncounted.SingleOrDefault()?.State, Element(part),
            result?.CarriedFrom, result?.Newer ?? false, [.. documents]), part);
    }

    private static FoldElement? Element(Aggregate part) => part.Lowest is not { } ranked ? null : new FoldElement(
        part.Numerators, part.Denominators, part.Sum, ranked.Rank, part.Meeting == 1, part.TakenOver == 1);
}
