namespace Kinerja.Api;

internal static class ExplainRollup
{
    /// <summary>Why a roll-up is what it is.</summary>
    /// <param name="Satker">The office above.</param>
    /// <param name="Indicator">The indicator that is rolled up.</param>
    /// <param name="Name">Its wording.</param>
    /// <param name="Year">The year of measurement.</param>
    /// <param name="Period">The period.</param>
    /// <param name="MinSignOff">The least level the results have been signed for.</param>
    /// <param name="Tree">The day whose tree was used.</param>
    /// <param name="RecordedAt">The instant whose knowledge was used; null for now.</param>
    /// <param name="Rule">How the children's figures combine, and which offices are expected.</param>
    /// <param name="Fold">The sums over the rows.</param>
    /// <param name="Unrounded">The result with ten decimals, to be shown and never computed with; null for a grade or an
    /// opinion, and without a result.</param>
    /// <param name="Value">The result, rounded once; or why there is none.</param>
    /// <param name="Target">The target of the line that carries it, else the national one; null without any.</param>
    /// <param name="TargetFrom">The agreement whose line carries it; null for the national target.</param>
    /// <param name="Capaian">The figure and the numbers it was computed from; null without a target.</param>
    /// <param name="Rows">The offices that are counted, each with its element of the fold and its signed documents.</param>
    /// <param name="Missing">The expected offices that are not counted, and why.</param>
    /// <param name="Steps">The same in words.</param>
    internal sealed record RollupExplanation(
        string Satker, string Indicator, string Name, int Year, string Period, SignOffLevel MinSignOff, DateOnly Tree,
        DateTimeOffset? RecordedAt, RollupRule Rule,
        FoldSum Fold, decimal? Unrounded, Value Value, Value? Target, SourceDocument? TargetFrom, ComputedCapaian? Capaian,
        IReadOnlyList<ChildRow> Rows, IReadOnlyList<ChildRow> Missing, IReadOnlyList<string> Steps);

    /// <summary>The sums of a fold.</summary>
    /// <param name="Expected">Offices in the population.</param>
    /// <param name="Reported">Those with a report at the level asked for.</param>
    /// <param name="Counted">Those whose figure went in.</param>
    /// <param name="NotApplicable">Those for which it is not applicable.</param>
    /// <param name="Numerators">The sum of the numerators.</param>
    /// <param name="Denominators">The sum of the denominators.</param>
    /// <param name="Numbers">The sum of the recorded numbers.</param>
    /// <param name="Meeting">How many meet the condition.</param>
    /// <param name="TakenOver">How many of the counted are copied from published documents.</param>
    internal sealed record FoldSum(
        int Expected, int Reported, int Counted, int NotApplicable, decimal Numerators, decimal Denominators, decimal Numbers,
        int Meeting, int TakenOver);

    /// <summary>A capaian with the numbers it was computed from.</summary>
    /// <param name="Formula">The formula used; null when nothing was computed.</param>
    /// <param name="T">The number it took as target.</param>
    /// <param name="R">The number it took as realization.</param>
    /// <param name="Unrounded">The result with ten decimals.</param>
    /// <param name="Figure">The figure.</param>
    internal sealed record ComputedCapaian(Formula? Formula, decimal? T, decimal? R, decimal? Unrounded, CapaianFigure Figure);

    public static void Map(RouteGroupBuilder rollup) => rollup.MapGet("/{indicator}/explain", Handle)
        .Describe("ExplainRollup",
            "Why a roll-up is what it is: rule, rows and who is missing, both roundings, target, and the documents behind each row.")
        .Returns<RollupExplanation>().Tagged()
        .TakesMeasurement().TakesMinSignOff("accepted").TakesTimes().Reads(404);

    private static async Task<IResult> Handle(
        HttpContext http, string satker, string indicator, Database database, Caller caller, Links links, TimeProvider clock, Year year,
        PeriodOf? period, OneOf<SignOffLevel>? minSignOff, Day? asOf, Instant? recordedAt, CancellationToken ct)
    {
        var asked = PeriodOf.In(year, period);
        var (catalogue, deadlines, no) = await MeasuredYear.Open(
            database, caller, satker, asked, Times.Of(asked, asOf, recordedAt), clock.GetUtcNow(), ct);
        if (catalogue is null)
        {
            return no!;
        }

        if (catalogue.Find(indicator) is not { Rollup: not null } rolled)
        {
            return Problems.Of(404, "does-not-roll-up");
        }

        var question = new RollupQuestion(
            satker, asked, minSignOff?.Value ?? SignOffLevel.Accepted, Times.Of(asked, asOf, recordedAt), deadlines, catalogue, links);
        var leaves = await question.Leaves(database, caller, [rolled], ct);
        var rows = RollupRows.Of(question, rolled, leaves.Offices[indicator]);
        return rows.Below == 0
            ? Problems.Of(404, "nothing-below")
            : Found.Computed(Answer(question, rolled, rows, leaves.Carried[indicator], Language.Of(http)));
    }

    private static RollupExplanation Answer(
        RollupQuestion question, Indicator rolled, RollupRows folded, IEnumerable<CarriedLine> carried, string language)
    {
        var (rows, sum, _) = folded;
        var frame = question.Catalogue.Frame(rolled);
        var value = sum.Result(frame, rolled.Unit);
        var (target, carrying) = RollupQuestion.Target(rolled, carried);
        var capaian = target is null ? null
            : CapaianCalculator.Compute(target, value, Measure.Of(rolled), question.Catalogue.Policy);
        return new RollupExplanation(
            question.Satker, rolled.Code, rolled.Name, question.Period.Year, question.Period.Text, question.Least, question.Times.Tree,
            question.Times.RecordedAt, rolled.Rollup!,
            new FoldSum(sum.Expected, sum.Reported, sum.Counted, sum.NotApplicable, sum.Numerators, sum.Denominators, sum.Sum, sum.Meeting,
                sum.TakenOver),
            sum.Unrounded(frame), value, target,
            carrying is null ? null : SourceDocument.Agreement(question.Links, question.Satker, carrying.Agreement),
            capaian is null ? null
                : new ComputedCapaian(capaian.Formula, capaian.T, capaian.R, capaian.Unrounded, CapaianFigure.Of(capaian)),
            [.. rows.Where(row => row.Counted)], [.. rows.Where(row => !row.Counted)],
            [
                .. RollupInWords.Steps(question, rolled, sum, value, language),
                .. RollupInWords.Sources(rolled, rows, language),
                .. RollupInWords.Measured(question, rolled, value, target, carrying, capaian, language),
            ]);
    }
}
