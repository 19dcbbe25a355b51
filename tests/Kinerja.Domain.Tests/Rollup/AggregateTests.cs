using FsCheck.Fluent;

namespace Kinerja.Domain.Tests;

public sealed class AggregateTests
{
    private static readonly RollupFrame Grades = Frame(
        RollupMethod.ShareMeeting, Policies.Measure(ValueKind.AkipGrade), new Value.AkipGrade("B"));

    private static readonly RollupFrame Ratio = Frame(
        RollupMethod.WeightedRatio, Policies.Measure(ValueKind.Percent));

    private static readonly decimal[] Amounts = [5, 10, 7];

    private static readonly string[] Predicates = ["BB", "CC", "A", "B"];

    [Fact]
    public void All_23_of_23_meeting_is_100_and_166_67_against_60()
    {
        var aggregate = Aggregate.Fold(Ntt(), Grades);

        Assert.Equal(new Value.Percent(100, 23, 23), aggregate.Result(Grades));
        Assert.Equal(166.67m, Against60(aggregate));
    }

    [Fact]
    public void One_missing_office_makes_22_of_23_and_is_named()
    {
        var aggregate = Aggregate.Fold(Ntt().SkipLast(1).Append(ChildLine.NoReport("5322")), Grades);

        Assert.Equal(new Value.Percent(95.65m, 22, 23), aggregate.Result(Grades));
        Assert.Equal((23, 22, 22), (aggregate.Expected, aggregate.Reported, aggregate.Counted));
        Assert.Equal([new UncountedOffice("5322", Gap.Missing)], aggregate.Uncounted);
        Assert.Equal(159.42m, Against60(aggregate));
    }

    [Fact]
    public void The_weighted_ratio_is_133_of_187_and_not_the_mean_of_two_percents()
    {
        ChildLine[] lines = [Line("a", new Value.Percent(70.45m, 124, 176)), Line("b", new Value.Percent(null, 9, 11))];
        var mean = Ratio with { Rule = Ratio.Rule with { Method = RollupMethod.Mean } };

        Assert.Equal(new Value.Percent(71.12m, 133, 187), Aggregate.Fold(lines, Ratio).Result(Ratio));
        Assert.Equal(new Value.Percent(76.14m), Aggregate.Fold(lines, mean).Result(mean)); // (70.45 + 81.82) / 2
    }

    [Fact]
    public void A_percent_without_its_ratio_is_reported_and_not_counted_in_a_weighted_ratio()
    {
        var aggregate = Aggregate.Fold(
            [Line("a", new Value.Percent(null, 1, 2)), Line("b", new Value.Percent(90))], Ratio);

        Assert.Equal(new Value.Percent(50, 1, 2), aggregate.Result(Ratio));
        Assert.Equal((2, 2, 1), (aggregate.Expected, aggregate.Reported, aggregate.Counted));
        Assert.Equal([new UncountedOffice("b", Gap.WithoutRatio)], aggregate.Uncounted);
    }

    [Theory]
    [InlineData(RollupMethod.WeightedRatio)]
    [InlineData(RollupMethod.Sum)]
    [InlineData(RollupMethod.Mean)]
    [InlineData(RollupMethod.Worst)]
    [InlineData(RollupMethod.Best)]
    public void Without_a_counted_child_there_is_no_figure(RollupMethod method)
    {
        var frame = Frame(method, Policies.Measure(ValueKind.Percent));

        Assert.Equal(
            new Value.Absent(Absence.Missing), Aggregate.Fold([ChildLine.NoReport("a")], frame).Result(frame));
        Assert.Equal(new Value.Absent(Absence.NotApplicable), Aggregate.Identity.Result(frame));
    }

    [Fact]
    public void A_share_of_nobody_is_not_applicable_and_of_silent_offices_0()
    {
        Assert.Equal(new Value.Absent(Absence.NotApplicable), Aggregate.Identity.Result(Grades));
        Assert.Equal(
            new Value.Percent(0, 0, 1), Aggregate.Fold([ChildLine.NoReport("a")], Grades).Result(Grades));
    }

    [Fact]
    public void An_office_with_nothing_to_do_leaves_the_share_and_is_named()
    {
        var aggregate = Aggregate.Fold(
            [Line("a", new Value.AkipGrade("B")), Line("b", new Value.Absent(Absence.NotApplicable))], Grades);

        Assert.Equal(new Value.Percent(100, 1, 1), aggregate.Result(Grades));
        Assert.Equal([new UncountedOffice("b", Gap.NotApplicable)], aggregate.Uncounted);
    }

    [Theory]
    [InlineData(RollupMethod.Sum, "22 Lap")]
    [InlineData(RollupMethod.Mean, "7.33 Lap")]
    [InlineData(RollupMethod.Worst, "5 Lap")]
    [InlineData(RollupMethod.Best, "10 Lap")]
    [InlineData(RollupMethod.CountMeeting, "2 Satker")]
    public void Counts_roll_up_by_their_method(RollupMethod method, string result)
    {
        var frame = Frame(
            method,
            new Measure(ValueKind.Count, Polarity.Maximize, new IndicatorTraits(), "Lap"),
            new Value.Count(7, "Lap"));
        var lines = Amounts.Select((n, i) => Line($"{i}", new Value.Count(n, "Lap")));

        var rolled = Assert.IsType<Value.Count>(Aggregate.Fold(lines, frame).Result(frame));

        Assert.Equal(result, FormattableString.Invariant($"{rolled.Amount} {rolled.Unit}"));
    }

    [Theory]
    [InlineData(RollupMethod.Worst, "CC")]
    [InlineData(RollupMethod.Best, "A")]
    public void Worst_and_best_grades_go_by_points(RollupMethod method, string grade)
    {
        var frame = Frame(method, Policies.Measure(ValueKind.AkipGrade));
        var lines = Predicates.Select((g, i) => Line($"{i}", new Value.AkipGrade(g)));

        Assert.Equal(new Value.AkipGrade(grade), Aggregate.Fold(lines, frame).Result(frame));
    }

    [Fact]
    public void Where_less_is_better_the_worst_is_the_highest_and_a_condition_is_met_from_below()
    {
        var less = Policies.Measure(ValueKind.Index, Polarity.Minimize);
        ChildLine[] lines = [Line("a", new Value.Index(3)), Line("b", new Value.Index(9))];
        var (worst, share) = (
            Frame(RollupMethod.Worst, less), Frame(RollupMethod.ShareMeeting, less, new Value.Index(3)));

        Assert.Equal(new Value.Index(9), Aggregate.Fold(lines, worst).Result(worst));
        Assert.Equal(new Value.Percent(50, 1, 2), Aggregate.Fold(lines, share).Result(share));
    }

    [Fact]
    public void Taken_over_and_overridden_lines_are_counted_apart()
    {
        var line = Line("a", new Value.Percent(null, 1, 2));
        var aggregate = Aggregate.Fold(
            [line with { TakenOver = true }, line with { Satker = "b", Overridden = true }], Ratio);

        Assert.Equal((2, 1, 1), (aggregate.Counted, aggregate.TakenOver, aggregate.Overridden));
    }

    [Fact]
    public void Combining_is_associative() => Seeds.Holds(Prop.ForAll((int[] a, int[] b, int[] c) =>
    {
        var (x, y, z) = (Fold(a, "a"), Fold(b, "b"), Fold(c, "c"));
        return Same(
            Aggregate.Combine(Aggregate.Combine(x, y), z),
            Aggregate.Combine(x, Aggregate.Combine(y, z)),
            ordered: true);
    }));

    [Fact]
    public void Combining_with_nobody_changes_nothing() => Seeds.Holds(Prop.ForAll((int[] a) =>
        Same(Aggregate.Combine(Fold(a, "a"), Aggregate.Identity), Fold(a, "a"), ordered: true)
        && Same(Aggregate.Combine(Aggregate.Identity, Fold(a, "a")), Fold(a, "a"), ordered: true)));

    [Fact]
    public void The_order_of_offices_changes_only_the_order_of_names() => Seeds.Holds(Prop.ForAll((int[] a, int[] b) =>
        Same(
            Aggregate.Combine(Fold(a, "a"), Fold(b, "b")),
            Aggregate.Combine(Fold(b, "b"), Fold(a, "a")),
            ordered: false)));

    [Fact]
    public void Folding_any_partition_equals_folding_all() => Seeds.Holds(Prop.ForAll((int[] draws, int[] groups) =>
    {
        var lines = Lines(draws, "a");
        var parts = lines.Index()
            .GroupBy(line => groups.Length == 0 ? 0 : groups[line.Index % groups.Length], line => line.Item)
            .Select(part => Aggregate.Fold(part, Ratio));
        return Same(
            parts.Aggregate(Aggregate.Identity, Aggregate.Combine), Aggregate.Fold(lines, Ratio), ordered: false);
    }));

    [Fact]
    public void The_weighted_ratio_is_that_of_all_leaves() => Seeds.Holds(Prop.ForAll((int[] draws) =>
    {
        var leaves = Lines(draws, "a").Select(line => line.Realization).OfType<Value.Percent>()
            .Where(percent => percent.Denominator > 0).ToList();
        var (part, whole) = (leaves.Sum(leaf => leaf.Numerator!.Value), leaves.Sum(leaf => leaf.Denominator!.Value));
        return Fold(draws, "a").Result(Ratio) is Value.Percent result
            ? result == new Value.Percent(Rounding.Two(part * 100 / whole), part, whole)
            : leaves.Count == 0;
    }));

    [Fact]
    public void Capaian_of_offices_is_the_equal_mean_with_spread_and_coverage()
    {
        CapaianAggregate[] offices =
        [
            CapaianAggregate.Of("a", [Printed(104.17m), Printed(70.45m)], Policies.Y2024), // 87.31
            CapaianAggregate.Of("b", [Printed(120, overridden: 2)], Policies.Y2024),
            CapaianAggregate.Of("c", [Printed(null)], Policies.Y2024),
            CapaianAggregate.Of("d", [], Policies.Y2024), // has no such level: not expected
        ];
        var forth = offices.Aggregate(CapaianAggregate.Identity, CapaianAggregate.Combine);
        var back = offices.Reverse().Aggregate(CapaianAggregate.Identity, CapaianAggregate.Combine);

        Assert.Equal((103.66m, 3, 2, 2), (forth.Mean, forth.Expected, forth.Counted, forth.Overridden)); // 103.655
        Assert.Equal([new("c", Gap.Missing)], forth.Uncounted);
        Assert.Equal([new("cukup-berhasil", 1), new("sangat-berhasil", 1)], forth.Spread);
        Assert.Equal(forth.Mean, back.Mean);
        Assert.Equal(forth.Spread, back.Spread);
        Assert.Null(CapaianAggregate.Identity.Mean);
    }

    private static CapaianMean Printed(decimal? figure, int overridden = 0) =>
        new(figure, 0, 0, 0, overridden, [], [], []);

    private static IEnumerable<ChildLine> Ntt() =>
        Enumerable.Range(5300, 23).Select(code => Line($"{code}", new Value.AkipGrade("BB")));

    private static decimal? Against60(Aggregate aggregate) => CapaianCalculator.Compute(
        new Value.Percent(60), aggregate.Result(Grades), Policies.Measure(ValueKind.Percent), Policies.Y2024).Reported;

    private static ChildLine Line(string satker, Value value) => new(satker, Reported: true, value);

    private static RollupFrame Frame(RollupMethod method, Measure source, Value? condition = null) => new(
        new RollupRule(
            "AK.01",
            AgreementLevel.Ketua,
            method,
            new Population(Self: false, Reach.Children, OnlyCarrying: false),
            condition),
        source,
        Policies.Y2024);

    private static Aggregate Fold(int[] draws, string prefix) => Aggregate.Fold(Lines(draws, prefix), Ratio);

    private static List<ChildLine> Lines(int[] draws, string prefix) =>
        [.. draws.Select((draw, i) => Drawn($"{prefix}{i}", (int)Math.Abs((long)draw % 1000)))];

    private static ChildLine Drawn(string satker, int draw) => (draw % 10) switch
    {
        0 => ChildLine.NoReport(satker),
        1 => Line(satker, new Value.Percent(draw)),
        2 => Line(satker, new Value.Percent(null, 0, 0)),
        3 => Line(satker, new Value.AkipGrade("B")),
        4 => new ChildLine(satker, true, new Value.Percent(null, draw, 1000), TakenOver: true),
        5 => new ChildLine(satker, true, new Value.Percent(null, draw, 1007), Overridden: true),
        _ => Line(satker, new Value.Percent(null, draw / 4m, draw + 1)),
    };

    private static bool Same(Aggregate one, Aggregate other, bool ordered)
    {
        var (names, others) = ordered
            ? ([.. one.Uncounted], [.. other.Uncounted])
            : (one.Uncounted.OrderBy(o => o.Satker).ToArray(), other.Uncounted.OrderBy(o => o.Satker).ToArray());
        return names.SequenceEqual(others) && one with { Uncounted = [] } == other with { Uncounted = [] };
    }
}
