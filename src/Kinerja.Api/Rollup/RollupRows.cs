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
/// <param name="Accumulation">What it is accumulated from; null when a report states it.</param>
/// <param name="Lines">Its lines that carry the source, one unless it states it twice.</param>
/// <param name="Documents">The signed documents it is made of.</param>
internal sealed record ChildRow(
    string Satker, string Name, Value Value, SignOffLevel? SignOff, bool Counted, Gap? State, FoldElement? Element, int? CarriedFrom,
    bool Newer, MadeOf? Accumulation, IReadOnlyList<CarryingLine> Lines, IReadOnlyList<SourceDocument> Documents);

/// <summary>A line of an office that carries the source of a roll-up.</summary>
/// <param name="Indicator">The code it stands for: the source's, or the office's own that RI has mapped to it.</param>
/// <param name="Wording">The office's own words.</param>
/// <param name="Derived">What a derived result was computed from; null for others.</param>
/// <param name="Explain">Where its figure is explained; null without a report.</param>
internal sealed record CarryingLine(string Indicator, string Wording, Derivation? Derived, string? Explain);

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
        var bySatker = read.Lines.ToLookup(line => line.Satker);
        var offices = read.Offices
            .Where(office => !rolled.Rollup!.Population.OnlyCarrying || bySatker.Contains(office.Satker))
            .Select(office => Row(question, rolled, office.Satker, office.Name, [.. bySatker[office.Satker]])).ToList();
        return new RollupRows(
            [.. offices.Select(office => office.Row)],
            offices.Select(office => office.Part).Aggregate(Aggregate.Identity, Aggregate.Combine),
            read.Offices.Count(office => office.Satker != question.Satker));
    }

    private static (ChildRow Row, Aggregate Part) Row(
        RollupQuestion question, Indicator rolled, string satker, string name, List<MeasuredLine> lines)
    {
        var (catalogue, links) = (question.Catalogue, question.Links);
        var result = lines.Count == 1 ? lines[0].Result : null;
        var reported = lines.Exists(line => line.Result is not null);
        var realization = result?.Realization
            ?? new Value.Absent(question.Deadlines.Unreported(satker, question.Period));
        var frame = catalogue.Frame(rolled, result is null ? null : catalogue.PolicyOf(result.Capaian));
        var part = Aggregate.Of(
            new ChildLine(satker, reported, realization, result?.TakenOver ?? false, StatedTwice: reported && lines.Count > 1,
                Incomplete: result?.Accumulated?.IsIncomplete == true), frame);
        var documents = lines.Select(line => SourceDocument.Agreement(links, satker, line.Agreement))
            .Concat(lines.Where(line => line.Result is not null).SelectMany(line => SourceDocument.Reports(links, satker, line.Result!)));
        return (new ChildRow(
            satker, name, realization, result?.Level, part.Counted == 1, part.Uncounted.SingleOrDefault()?.State, Element(part),
            result?.CarriedFrom, result?.Newer ?? false, MadeOf.Of(result?.Accumulated, satker, question.Deadlines, links),
            [.. lines.Select(line => new CarryingLine(line.Indicator, line.Wording, line.Result?.Derivation,
                line.Result is null ? null : links.Explain(satker, line.Result, line.Line, question.Query)))],
            [.. documents]), part);
    }

    private static FoldElement? Element(Aggregate part) => part.Lowest is not { } ranked ? null : new FoldElement(
        part.Numerators, part.Denominators, part.Sum, ranked.Rank, part.Meeting == 1, part.TakenOver == 1);
}
