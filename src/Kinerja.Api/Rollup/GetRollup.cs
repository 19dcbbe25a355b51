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
    /// <param name="MissingAt">Where the missing are named when there are too many to be named here; null when they are.</param>
    /// <param name="TakenOver">How many of the counted are copied from published documents.</param>
    /// <param name="MinSignOff">The least level the results have been signed for.</param>
    /// <param name="Tree">The day whose tree was used.</param>
    /// <param name="Children">Child by child, down to the signed documents; null unless asked for by ?by=child.</param>
    internal sealed record RollupRow(
        string Indicator, string Name, RollupMethod Method, string Source, AgreementLevel SourceLevel, Value? Condition, Value Value,
        Value? Target, SourceDocument? TargetFrom, CapaianFigure? Capaian, Coverage Coverage, string? MissingAt, int TakenOver, SignOffLevel MinSignOff,
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
    /// <param name="Accumulation">What it is accumulated from; null when a report states it.</param>
    /// <param name="Documents">The signed documents it is made of.</param>
    internal sealed record ChildRow(
        string Satker, string Name, Value Value, SignOffLevel? SignOff, bool Counted, Gap? State, int? CarriedFrom, bool Newer,
        MadeOf? Accumulation, IReadOnlyList<SourceDocument> Documents);

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
        var least = minSignOff?.Value ?? SignOffLevel.Accepted;
        var (visible, stamp, read) = await database.Ask(
            caller,
            [Offices.NameIfVisible(satker, year.Value), Catalogue.Stamp(year.Value), .. KeptRollups.Ask(satker, asked, least, indicator)],
            async answers => (await answers.Next(Offices.Name), (await answers.Next(Catalogue.Stamp))[0], await KeptRollups.Read(answers)), ct);
        if (visible is [])
        {
            return Problems.NotFound();
        }

        if (await Catalogue.Load(database, caller, year.Value, stamp, ct) is not { } catalogue)
        {
            return Problems.Of(404, "year-not-open");
        }

        if (indicator is not null && catalogue.Find(indicator) is not { Rollup: not null })
        {
            return Problems.Of(404, "does-not-roll-up");
        }

        var question = new Question(satker, asked, least, Day.Today(clock).Date, catalogue, links);
        return Found.Computed(Answer(question, read, by is null ? null : await Children(database, caller, question, read.Kept, ct)));
    }

    /// <summary>What is asked, and what is known about it.</summary>
    internal sealed record Question(
        string Satker, Period Period, SignOffLevel Least, DateOnly Today, Catalogue Catalogue, Links Links)
    {
        public Gap WithoutReport => Today <= Period.LastDay ? Gap.NotYetDue : Gap.Missing;
    }

    /// <summary>The answer from what was read.</summary>
    public static Rollups Answer(Question question, RollupRead read, IReadOnlyDictionary<string, ChildLines>? children) => new(
        question.Satker, question.Period.Year, question.Period.Text,
        [.. read.Kept.Where(kept => kept.Below > 0).Select(kept => Row(question, kept, read, children?[kept.Indicator]))]);

    private static RollupRow Row(Question question, KeptRollup kept, RollupRead read, ChildLines? children)
    {
        var (catalogue, links) = (question.Catalogue, question.Links);
        var rolled = catalogue.Find(kept.Indicator)!;
        var (rule, frame, sum) = (rolled.Rollup!, catalogue.Frame(rolled), kept.Sum);
        var value = sum.Result(frame, rolled.Unit);
        // Of several agreements that carry it, the highest unit's.
        var carrying = read.Carried[rolled.Code].MinBy(line => line.Level);
        var target = carrying?.Target ?? rolled.NationalTarget;
        var missing = read.Gaps[rolled.Code]
            .Select(gap => new MissingOffice(gap.Satker, gap.Name, gap.Gap ?? question.WithoutReport)).ToList();
        return new RollupRow(
            rolled.Code, rolled.Name, rule.Method, rule.Source, rule.SourceLevel, rule.Condition, value, target,
            carrying is null ? null : SourceDocument.Agreement(links, question.Satker, carrying.Agreement),
            target is null ? null
                : CapaianFigure.Of(CapaianCalculator.Compute(target, value, Measure.Of(rolled), catalogue.Policy)),
            new Coverage(sum.Expected, sum.Reported, sum.Counted, missing),
            missing.Count == sum.Expected - sum.Counted ? null : links.Rollup(question.Satker, question.Period, rolled.Code, question.Least),
            sum.TakenOver, question.Least, question.Period.LastDay,
            children is null ? null : Children(question, rolled, children));
    }

    private static async Task<IReadOnlyDictionary<string, ChildLines>> Children(
        Database database, Caller caller, Question question, IReadOnlyList<KeptRollup> kept, CancellationToken ct)
    {
        var rules = kept.Select(one => question.Catalogue.Find(one.Indicator)!.Rollup!).ToList();
        var found = kept.ToDictionary(one => one.Indicator, _ => new ChildLines([], []), StringComparer.Ordinal);
        await database.Ask(
            caller, rules.ConvertAll(rule => Measured.OfRule(question.Satker, rule, question.Period, question.Least)), async answers =>
            {
                foreach (var children in kept.Select(one => found[one.Indicator]))
                {
                    await answers.Next(children.Add);
                }

                return 0;
            }, ct);
        return found;
    }

    private static List<ChildRow> Children(Question question, Indicator rolled, ChildLines read)
    {
        var bySatker = read.Lines.ToLookup(line => line.Satker);
        return [.. read.Offices.Where(office => !rolled.Rollup!.Population.OnlyCarrying || bySatker.Contains(office.Satker))
            .Select(office => Child(question, rolled, office.Satker, office.Name, [.. bySatker[office.Satker]]))];
    }

    private static ChildRow Child(Question question, Indicator rolled, string satker, string name, List<MeasuredLine> lines)
    {
        var result = lines.Count == 1 ? lines[0].Result : null;
        var reported = lines.Exists(line => line.Result is not null);
        var realization = result?.Realization
            ?? new Value.Absent(question.WithoutReport == Gap.NotYetDue ? Absence.NotYetDue : Absence.Missing);
        var frame = question.Catalogue.Frame(rolled, result is null ? null : question.Catalogue.PolicyOf(result.Capaian));
        var gap = Aggregate.Of(new ChildLine(satker, reported, realization, StatedTwice: reported && lines.Count > 1,
            Incomplete: result?.Accumulated?.IsIncomplete == true), frame)
            .Uncounted.SingleOrDefault();
        var documents = lines.Select(line => SourceDocument.Agreement(question.Links, satker, line.Agreement))
            .Concat(lines.Where(line => line.Result is not null).SelectMany(line => SourceDocument.Reports(question.Links, satker, line.Result!)));
        return new ChildRow(
            satker, name, realization, result?.Level, gap is null, gap?.State, result?.CarriedFrom, result?.Newer ?? false,
            MadeOf.Of(result?.Accumulated, satker, question.Today, question.Links), [.. documents]);
    }
}
