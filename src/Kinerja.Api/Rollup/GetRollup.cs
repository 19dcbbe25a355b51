namespace Kinerja.Api;

internal static class GetRollup
{
    /// <summary>The roll-ups of an office.</summary>
    /// <param name="Satker">The office above.</param>
    /// <param name="Year">The year of measurement.</param>
    /// <param name="Period">The period.</param>
    /// <param name="RecordedAt">The instant whose knowledge was used; null for now.</param>
    /// <param name="Items">One line for each catalogue indicator that rolls up; none for an office without children.</param>
    internal sealed record Rollups(
        string Satker, int Year, string Period, DateTimeOffset? RecordedAt, IReadOnlyList<RollupRow> Items);

    /// <summary>One roll-up.</summary>
    /// <param name="Indicator">The indicator that is rolled up.</param>
    /// <param name="Name">Its wording.</param>
    /// <param name="Method">How the children's figures combine.</param>
    /// <param name="Source">The indicator in the children.</param>
    /// <param name="SourceLevel">The agreement level that carries it there.</param>
    /// <param name="Condition">What a child must reach; null where there is no condition.</param>
    /// <param name="Value">The result, or why there is none.</param>
    /// <param name="Target">The target of the line that carries it, else the national one; null without any.</param>
    /// <param name="TargetFrom">The agreement whose line carries it; null for the national target.</param>
    /// <param name="Capaian">The figure; null without a target.</param>
    /// <param name="Coverage">How many are expected, reported and counted, and who is missing.</param>
    /// <param name="MissingAt">Where the missing are named when there are too many to be named here; null when they are.</param>
    /// <param name="TakenOver">How many of the counted are copied from published documents.</param>
    /// <param name="MinSignOff">The least level the results have been signed for.</param>
    /// <param name="Tree">The day whose tree was used.</param>
    /// <param name="Explain">Where the roll-up is explained.</param>
    /// <param name="Children">Child by child, down to the signed documents; null unless asked for by ?by=child.</param>
    internal sealed record RollupRow(
        string Indicator, string Name, RollupMethod Method, string Source, AgreementLevel SourceLevel, Value? Condition, Value Value,
        Value? Target, SourceDocument? TargetFrom, CapaianFigure? Capaian, Coverage Coverage, string? MissingAt, int TakenOver, SignOffLevel MinSignOff,
        DateOnly Tree, string Explain, IReadOnlyList<ChildRow>? Children);

    /// <summary>What a roll-up may be broken down by.</summary>
    internal enum By
    {
        Child,
    }

    public static void Map(RouteGroupBuilder rollup) => rollup.MapGet("/", Handle)
        .Describe("GetRollup", "Child results upward: value, target, capaian, coverage, and the missing by name.").Returns<Rollups>().Tagged()
        .TakesMeasurement().TakesMinSignOff("accepted")
        .Takes("indicator", "Only this indicator; all that roll up when absent.", "AK.01")
        .Takes("by", "child: every office with its value and its documents.", "child").TakesTimes().Reads(404);

    private static async Task<IResult> Handle(
        string satker, Database database, Caller caller, Links links, TimeProvider clock, Year year, string? indicator, PeriodOf? period,
        OneOf<SignOffLevel>? minSignOff, OneOf<By>? by, Day? asOf, Instant? recordedAt, CancellationToken ct)
    {
        var asked = PeriodOf.In(year, period);
        var least = minSignOff?.Value ?? SignOffLevel.Accepted;
        var times = Times.Of(asked, asOf, recordedAt);
        if (!times.AreUsual(asked))
        {
            var (held, due, no) = await MeasuredYear.Open(database, caller, satker, asked, times, clock.GetUtcNow(), ct);
            return held is null ? no!
                : indicator is not null && held.Find(indicator) is not { Rollup: not null } ? Problems.Of(404, "does-not-roll-up")
                : Found.Computed(await Folded(
                    database, caller, new RollupQuestion(satker, asked, least, times, due, held, links), indicator,
                    withChildren: by is not null, ct));
        }

        var (visible, stamp, deadlines, read) = await database.Ask(
            caller,
            [
                Offices.NameIfVisible(satker, year.Value), Catalogue.Stamp(year.Value), .. Deadlines.Ask(year.Value, clock.GetUtcNow()),
                .. KeptRollups.Ask(satker, asked, least, indicator),
            ],
            async answers => (
                await answers.Next(Offices.Name), (await answers.Next(Catalogue.Stamp))[0], await Deadlines.Read(answers),
                await KeptRollups.Read(answers)), ct);
        if (visible is [])
        {
            return Problems.NotFound();
        }

        if (await Catalogue.Load(database, caller, year.Value, stamp, ct) is not { } catalogue)
        {
            return MeasuredYear.NotOpen;
        }

        if (indicator is not null && catalogue.Find(indicator) is not { Rollup: not null })
        {
            return Problems.Of(404, "does-not-roll-up");
        }

        var question = new RollupQuestion(satker, asked, least, times, deadlines, catalogue, links);
        var leaves = by is null ? null
            : await question.Leaves(database, caller, [.. read.Kept.Select(kept => catalogue.Find(kept.Indicator)!)], ct);
        return Found.Computed(Answer(question, read, leaves));
    }

    /// <summary>The answer from what was read.</summary>
    public static Rollups Answer(RollupQuestion question, RollupRead read, RollupLeaves? leaves) => Answer(question,
        from kept in read.Kept
        where kept.Below > 0
        let rolled = question.Catalogue.Find(kept.Indicator)!
        let missing = read.Gaps[rolled.Code].Select(gap => new MissingOffice(gap.Satker, gap.Name, gap.Gap ?? question.Deadlines.Gap(gap.Satker, question.Period)))
        select Row(question, rolled, kept.Sum, [.. missing], read.Carried[rolled.Code],
            leaves is null ? null : RollupRows.Of(question, rolled, leaves.Offices[rolled.Code]).Rows));

    /// <summary>The answer for another day's tree or an earlier instant, folded from its rows.</summary>
    public static async Task<Rollups> Folded(
        Database database, Caller caller, RollupQuestion question, string? indicator, bool withChildren, CancellationToken ct)
    {
        var rolled = question.Rolled(indicator);
        var leaves = await question.Leaves(database, caller, rolled, ct);
        return Answer(question,
            from one in rolled
            let folded = RollupRows.Of(question, one, leaves.Offices[one.Code])
            where folded.Below > 0
            let missing = folded.Rows.Where(row => !row.Counted).Select(row => new MissingOffice(row.Satker, row.Name, row.State!.Value))
            select Row(question, one, folded.Sum, [.. missing], leaves.Carried[one.Code], withChildren ? folded.Rows : null));
    }

    private static Rollups Answer(RollupQuestion question, IEnumerable<RollupRow> rows) =>
        new(question.Satker, question.Period.Year, question.Period.Text, question.Times.RecordedAt, [.. rows]);

    private static RollupRow Row(
        RollupQuestion question, Indicator rolled, Aggregate sum, IReadOnlyList<MissingOffice> missing, IEnumerable<CarriedLine> carried,
        IReadOnlyList<ChildRow>? children)
    {
        var (catalogue, links) = (question.Catalogue, question.Links);
        var rule = rolled.Rollup!;
        var value = sum.Result(catalogue.Frame(rolled), rolled.Unit);
        var (target, carrying) = RollupQuestion.Target(rolled, carried);
        return new RollupRow(
            rolled.Code, rolled.Name, rule.Method, rule.Source, rule.SourceLevel, rule.Condition, value, target,
            carrying is null ? null : SourceDocument.Agreement(links, question.Satker, carrying.Agreement),
            target is null ? null
                : CapaianFigure.Of(CapaianCalculator.Compute(target, value, Measure.Of(rolled), catalogue.Policy)),
            new Coverage(sum.Expected, sum.Reported, sum.Counted, missing),
            missing.Count == sum.Expected - sum.Counted ? null : links.Rollup(question, rolled.Code),
            sum.TakenOver, question.Least, question.Times.Tree, links.ExplainRollup(question, rolled.Code), children);
    }
}
