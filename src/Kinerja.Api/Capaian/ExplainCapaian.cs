namespace Kinerja.Api;

internal static class ExplainCapaian
{
    /// <summary>Why a figure is what it is.</summary>
    /// <param name="Satker">The office.</param>
    /// <param name="Line">The line of its agreement.</param>
    /// <param name="Indicator">The indicator it stands for: the catalogue's, or the office's own.</param>
    /// <param name="CountsAs">The catalogue indicator it counts as in roll-ups; null for an own one that is not mapped.</param>
    /// <param name="Polarity">Which direction is better.</param>
    /// <param name="Target">What was promised.</param>
    /// <param name="Realization">What was reached, as stated.</param>
    /// <param name="Recorded">The value the figure was computed from: a ratio rounded once.</param>
    /// <param name="Formula">The formula used; null when nothing was computed.</param>
    /// <param name="T">The number it took as target.</param>
    /// <param name="R">The number it took as realization.</param>
    /// <param name="Unrounded">The result with ten decimals, to be shown and never computed with.</param>
    /// <param name="Capaian">The figure.</param>
    /// <param name="Override">Another figure that the office publishes, or proposes to; null without one.</param>
    /// <param name="Accumulation">What it is accumulated from; null when a report states it.</param>
    /// <param name="Derivation">What a derived result was computed from; null for others.</param>
    /// <param name="Given">The roll-up that is cited, the office's own or that of the office above; null for others, and where the
    /// figure is accumulated.</param>
    /// <param name="Counting">How the line stands in the mean of its agreement.</param>
    /// <param name="Steps">The same in words.</param>
    /// <param name="Documents">The signed documents it is made of.</param>
    internal sealed record Explanation(
        string Satker, string Line, string Indicator, string? CountsAs, Polarity Polarity, Value Target, Value Realization, Value Recorded,
        Formula? Formula, decimal? T, decimal? R, decimal? Unrounded, CapaianFigure Capaian, Override? Override,
        MadeOf? Accumulation, Derivation? Derivation, GivenFigure? Given, Counting Counting,
        IReadOnlyList<string> Steps, IReadOnlyList<SourceDocument> Documents);

    public static void Map(RouteGroupBuilder capaian) => capaian.MapGet("/{report}/{line}/explain", Handle)
        .Describe("ExplainCapaian", "Why a figure is what it is: rule, numbers, both roundings, and the documents behind it.")
        .Returns<Explanation>().Tagged()
        .TakesMinSignOff("taken-over").TakesRecordedAt()
        .Takes("period", "The period of a figure accumulated from this report and others; the report's own when absent.", "2024").Reads(404);

    private static async Task<IResult> Handle(
        HttpContext http, string satker, string report, string line, Database database, Caller caller, Links links, TimeProvider clock,
        OneOf<SignOffLevel>? minSignOff, PeriodOf? period, Instant? recordedAt, CancellationToken ct)
    {
        var then = recordedAt?.At.ToUniversalTime();
        if (await Measured.OfReport(database, caller, satker, report, period?.Period, minSignOff?.Value ?? SignOffLevel.TakenOver, then, ct)
                is not var (measuredIn, lines)
            || lines.FirstOrDefault(measured => measured.Line == line) is not { Result: { } result } found
            || await Catalogue.OfOffice(database, caller, satker, measuredIn.Year, then, ct) is not { } catalogue
            || catalogue.Find(found.Indicator) is not { } indicator
            || await Documents.Find(database, caller, DocumentKinds.Agreement, satker, found.Agreement, then, ct) is not { } agreement)
        {
            return Problems.NotFound();
        }

        var capaian = result.Capaian;
        var recorded = Values.Recorded(result.Realization, Measure.Of(indicator));
        var explained = new Explanation(
            satker, line, found.Indicator, catalogue.CountsAs(found.Indicator), indicator.Polarity, found.Target, result.Realization,
            recorded, capaian.Formula, capaian.T, capaian.R, capaian.Unrounded, CapaianFigure.Of(capaian), Override.Of(result),
            result.Accumulated is null ? null
                : MadeOf.Of(result.Accumulated, satker, await Deadlines.Load(database, caller, measuredIn.Year, measuredIn.Year, clock.GetUtcNow(), ct), links), result.Derivation,
            result.Given, capaian.Counting, [],
            [SourceDocument.Of(links, agreement), .. SourceDocument.Reports(links, satker, result)]);
        var language = Language.Of(http);
        return Found.Computed(explained with
        {
            Steps =
            [
                .. Explaining.Sources(explained, measuredIn, language),
                .. Explaining.Steps(capaian, found.Target, result.Realization, recorded, catalogue.PolicyOf(capaian), language),
                .. Explaining.Published(explained.Override, language),
            ],
        });
    }
}
