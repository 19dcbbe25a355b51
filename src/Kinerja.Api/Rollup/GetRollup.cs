namespace Kinerja.Api;

internal static class GetRollup
{
    /// <summary>The roll-ups of an office.</summary>
    /// <param name="Satker">The office above.</param>
    /// <param name="Year">The year of measurement.</param>
    /// <param name="Period">The period.</param>
    /// <param name="Items">One line for each catalogue indicator that rolls up; none for an office without children.</param>
    internal sealed record Rollups(string Satker, int Year, string Period, IReadOnlyList<RollupRow> Items);

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
    /// <param name="TakenOver">How many of the counted are copied from published documents.</param>
    /// <param name="MinSignOff">The least level the results have been signed for.</param>
    /// <param name="Tree">The day whose tree was used.</param>
    /// <param name="Children">Child by child, down to the signed documents; null unless asked for by ?by=child.</param>
    internal sealed record RollupRow(
        string Indicator, string Name, RollupMethod Method, string Source, AgreementLevel SourceLevel, Value? Condition, Value Value,
        Value? Target, SourceDocument? TargetFrom, CapaianFigure? Capaian, Coverage Coverage, int TakenOver, SignOffLevel MinSignOff,
        DateOnly Tree, IReadOnlyList<ChildRow>? Children);

    /// <summary>What one office brings.</summary>
    /// <param name="Satker">The office.</param>
    /// <param name="Name">Its name.</param>
    /// <param name="Value">Its value, or why there is none.</param>
    /// <param name="SignOff">How far it has been signed for; null without a report.</param>
    /// <param name="Counted">Whether it went in.</param>
    /// <param name="State">Why not; null when counted.</param>
    /// <param name="CarriedFrom">The year a carried-over value was measured; null otherwise.</param>
    /// <param name="Newer">A newer round of the report is being prepared.</param>
    /// <param name="Documents">The signed documents it is made of.</param>
    internal sealed record ChildRow(
        string Satker, string Name, Value Value, SignOffLevel? SignOff, bool Counted, Gap? State, int? CarriedFrom, bool Newer,
        IReadOnlyList<SourceDocument> Documents);

    /// <summary>What a roll-up may be broken down by.</summary>
    internal enum By
    {
        Child,
    }

    public static void Map(RouteGroupBuilder rollup) => rollup.MapGet("/", Handle)
        .Describe("GetRollup", "Child results upward: value, target, capaian, coverage, and the missing by name.").Returns<Rollups>().Tagged()
        .TakesMeasurement().TakesMinSignOff("accepted")
        .Takes("indicator", "Only this indicator; all that roll up when absent.", "AK.01")
        .Takes("by", "child: every office with its value and its documents.", "child").Reads(404);

    private static async Task<IResult> Handle(
        string satker, Database database, Caller caller, Links links, TimeProvider clock, Year year, string? indicator, PeriodOf? period,
        OneOf<SignOffLevel>? minSignOff, OneOf<By>? by, CancellationToken ct)
    {
        var asked = PeriodOf.In(year, period);
        if (await Offices.NameIfVisible(database, caller, satker, year.Value, ct) is null)
        {
            return Problems.NotFound();
        }

        if (await Catalogue.Load(database, caller, year.Value, ct) is not { } catalogue)
        {
            return Problems.Of(404, "year-not-open");
        }

        var rollups = catalogue.Indicators.Values.Where(one => one.Rollup is not null && (indicator is null || one.Code == indicator))
            .OrderBy(one => one.Code, StringComparer.Ordinal).ToList();
        if (indicator is not null && rollups.Count == 0)
        {
            return Problems.Of(404, "does-not-roll-up");
        }

        var own = await Measured.OfOffice(database, caller, satker, new MeasuredQuery(asked, SignOffLevel.Accepted, Level: null), ct);
        var least = minSignOff?.Value ?? SignOffLevel.Accepted;
        var today = Day.Today(clock).Date;
        var read = await Measured.OfRules(database, caller, satker, rollups.ConvertAll(rolled => rolled.Rollup!), asked, least, ct);
        var rows = rollups.Zip(read)
            .Where(one => one.Second.Offices.Exists(office => office.Satker != satker))
            .Select(one => Roll(
                one.First, catalogue, one.Second.Offices, one.Second.Lines, own, asked, least, by is not null, today, links)).ToList();
        return Found.Computed(new Rollups(satker, year.Value, asked.Text, rows));
    }

    /// <summary>One roll-up from what was read.</summary>
    public static RollupRow Roll(
        Indicator rolled, Catalogue catalogue, List<(string Satker, string Name)> offices, List<MeasuredLine> lines,
        List<MeasuredLine> own, Period period, SignOffLevel least, bool byChild, DateOnly today, Links links)
    {
        var rule = rolled.Rollup!;
        var frame = new RollupFrame(rule, Measure.Of(catalogue.Find(rule.Source)!), catalogue.Policy);
        var bySatker = lines.ToLookup(line => line.Satker);
        var children = offices
            .Where(office => !rule.Population.OnlyCarrying || bySatker.Contains(office.Satker))
            .Select(office => (office.Satker, office.Name, Lines: bySatker[office.Satker].ToList()))
            .Select(office => (office.Satker, office.Name, office.Lines, Child: Child(office.Satker, office.Lines, period, today)))
            .ToList();
        var aggregate = Aggregate.Fold(children.Select(office => office.Child), frame);
        var gaps = aggregate.Uncounted.ToDictionary(missing => missing.Satker, missing => missing.State);
        var value = aggregate.Result(frame, rolled.Unit);
        // Of several agreements that carry it, the highest unit's.
        var carrying = own.Where(line => line.Indicator == rolled.Code).MinBy(line => line.Level);
        var target = carrying?.Target ?? rolled.NationalTarget;
        return new RollupRow(
            rolled.Code, rolled.Name, rule.Method, rule.Source, rule.SourceLevel, rule.Condition, value, target,
            carrying is null ? null : SourceDocument.Agreement(links, carrying.Satker, carrying.Agreement),
            target is null ? null
                : CapaianFigure.Of(CapaianCalculator.Compute(target, value, Measure.Of(rolled), catalogue.Policy)),
            new Coverage(aggregate.Expected, aggregate.Reported, aggregate.Counted,
                [.. children.Where(office => gaps.ContainsKey(office.Satker))
                    .Select(office => new MissingOffice(office.Satker, office.Name, gaps[office.Satker]))]),
            aggregate.TakenOver, least, period.LastDay,
            !byChild ? null : [.. children.Select(office => Row(office.Satker, office.Name, office.Lines, office.Child, gaps, links))]);
    }

    private static ChildLine Child(string satker, List<MeasuredLine> lines, Period period, DateOnly today) => lines switch
    {
        [{ Result: { } result }] => new ChildLine(satker, Reported: true, result.Realization, TakenOver: result.TakenOver),
        { Count: > 1 } => new ChildLine(
            satker, lines.Any(line => line.Result is not null), new Value.Absent(Absence.Missing), StatedTwice: true),
        _ => ChildLine.NoReport(satker, CapaianRow.NoFigure(period, today).State!.Value),
    };

    private static ChildRow Row(
        string satker, string name, List<MeasuredLine> lines, ChildLine child, Dictionary<string, Gap> gaps, Links links)
    {
        var result = lines.Count == 1 ? lines[0].Result : null;
        var documents = lines.Select(line => SourceDocument.Agreement(links, satker, line.Agreement))
            .Concat(lines.Where(line => line.Result is not null).Select(line => SourceDocument.Report(links, satker, line.Result!)));
        return new ChildRow(
            satker, name, child.Realization, result?.Level, !gaps.ContainsKey(satker), gaps.TryGetValue(satker, out var gap) ? gap : null,
            result?.CarriedFrom, result?.Newer ?? false, [.. documents]);
    }
}
