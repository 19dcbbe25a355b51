namespace Kinerja.Domain.Tests;

public sealed class CapaianCalculatorTests
{
    /// <summary>Marks beside a figure stand among those that say why there is none; which of them says it does not hang on the order.</summary>
    [Fact]
    public void Why_there_is_no_figure_says_the_mark_that_took_it_away()
    {
        var index = new Measure(ValueKind.Index, Polarity.Range, new IndicatorTraits());
        var percent = new Measure(ValueKind.Percent, Polarity.Maximize, new IndicatorTraits(NothingToDoIsDone: true));
        var first = CapaianCalculator.Compute(new Value.Percent(80), new Value.Index(80), index, Policies.Y2024);
        var last = CapaianCalculator.Compute(null, new Value.Percent(null, 0, 0), percent, Policies.Y2024);

        Assert.Equal([Marks.IndexWithPercentSign, Marks.TargetDoesNotFitPolarity], first.Marks);
        Assert.Equal(Marks.TargetDoesNotFitPolarity, first.WhyNone());
        Assert.Equal([Marks.TargetMissing, Marks.NothingToDoIsDone], last.Marks);
        Assert.Equal(Marks.TargetMissing, last.WhyNone());
        Assert.Null(CapaianCalculator.Compute(new Value.Percent(80), new Value.Percent(80), percent, Policies.Y2024).WhyNone());
    }

    [Theory]
    [InlineData(Polarity.Maximize, "75", "70.45", "93.93")]
    [InlineData(Polarity.Maximize, "96", "100", "104.17")]
    [InlineData(Polarity.Maximize, "80", "74.95", "93.69")]
    [InlineData(Polarity.Maximize, "70", "100", "142.86")]
    [InlineData(Polarity.Maximize, "60", "100", "166.67")]
    [InlineData(Polarity.Maximize, "60", "95.65", "159.42")]
    [InlineData(Polarity.Minimize, "7", "6.5", "107.14")]
    [InlineData(Polarity.Minimize, "8", "9", "87.5")]
    [InlineData(Polarity.Minimize, "10", "0", "200")]
    [InlineData(Polarity.Minimize, "8", "16", "0")]
    [InlineData(Polarity.Minimize, "8", "20", "-50")]
    [InlineData(Polarity.Exact, "8", "8", "100")]
    [InlineData(Polarity.Exact, "8", "10", "75")]
    [InlineData(Polarity.Exact, "8", "6", "75")]
    [InlineData(Polarity.Maximize, "3", "1", "33.33")]
    [InlineData(Polarity.Maximize, "800", "1.002", "0.13")] // 0.12525
    [InlineData(Polarity.Maximize, "200", "1.01", "0.51")] // 0.505: a tie goes away from zero
    [InlineData(Polarity.Maximize, "30000", "1.5", "0.01")] // 0.005: a tie again
    public void Each_formula_gives_the_figure_of_the_worked_example(
        Polarity polarity, string t, string r, string raw) =>
        Assert.Equal(D(raw), Numbers(polarity, t, r).Raw);

    [Theory]
    [InlineData("70", "87.5", false, Formula.BelowRange)]
    [InlineData("80", "100", true, Formula.InsideRange)]
    [InlineData("85", "100", true, Formula.InsideRange)]
    [InlineData("90", "100", true, Formula.InsideRange)]
    [InlineData("99", "90", false, Formula.AboveRange)]
    [InlineData("200", "-22.22", false, Formula.AboveRange)]
    public void A_range_of_80_to_90_is_full_inside_and_falls_on_both_sides(
        string r, string raw, bool reached, Formula formula)
    {
        var capaian = Band("80", "90", r);

        Assert.Equal(D(raw), capaian.Raw);
        Assert.Equal(reached, capaian.Reached);
        Assert.Equal(formula, capaian.Formula);
    }

    [Theory]
    [InlineData("0", "10", "5", 100)]
    [InlineData("0", "10", "0", 100)]
    [InlineData("0", "10", "11", 0)]
    [InlineData("-5", "5", "-6", 0)]
    [InlineData("-5", "-1", "-1", 100)]
    [InlineData("-5", "-1", "0", 0)]
    public void A_range_with_a_bound_of_0_or_below_is_all_or_nothing_and_marked(
        string low, string high, string r, int raw)
    {
        var capaian = Band(low, high, r);

        Assert.Equal(raw, capaian.Raw);
        Assert.Equal(["range-bound-not-positive"], capaian.Marks);
    }

    [Theory]
    [InlineData(Polarity.Minimize, "0", 100, true, null)]
    [InlineData(Polarity.Minimize, "3", 0, false, "zero-target-missed")]
    [InlineData(Polarity.Exact, "0", 100, true, null)]
    [InlineData(Polarity.Exact, "3", 0, false, "zero-target-missed")]
    [InlineData(Polarity.Exact, "-3", 0, false, "zero-target-missed")]
    [InlineData(Polarity.Maximize, "0", 100, true, null)]
    [InlineData(Polarity.Maximize, "-3", 0, false, "zero-target-missed")]
    [InlineData(Polarity.Maximize, "3", null, true, "zero-target-exceeded")]
    [InlineData(Polarity.Minimize, "-3", null, true, "zero-target-exceeded")]
    public void A_target_of_0_is_met_missed_or_exceeded(
        Polarity polarity, string r, int? raw, bool reached, string? mark)
    {
        var capaian = Numbers(polarity, "0", r);

        Assert.Equal(raw, capaian.Raw);
        Assert.Equal(reached, capaian.Reached);
        Assert.Equal(mark is null ? [] : [mark], capaian.Marks);
        Assert.Equal(raw is null ? Counting.LeftOut : Counting.Counted, capaian.Counting);
    }

    [Theory]
    [InlineData(Polarity.Maximize, "-10", "-5", "150")]
    [InlineData(Polarity.Maximize, "-10", "-15", "50")]
    [InlineData(Polarity.Maximize, "-10", "5", "250")]
    [InlineData(Polarity.Minimize, "-10", "-15", "150")]
    [InlineData(Polarity.Minimize, "-10", "-5", "50")]
    [InlineData(Polarity.Exact, "-10", "-5", "50")]
    [InlineData(Polarity.Exact, "-10", "10", "-100")]
    public void A_signed_target_divides_by_its_size(Polarity polarity, string t, string r, string raw) =>
        Assert.Equal(D(raw), Numbers(polarity, t, r).Raw);

    [Theory]
    [InlineData("B", "BB", "200", true)]
    [InlineData("BB", "B", "50", false)]
    [InlineData("A", "CC", "16.67", false)]
    [InlineData("B", "D", "0", false)]
    [InlineData("D", "D", "100", true)]
    [InlineData("D", "C", null, true)]
    public void Grades_compare_by_their_points(string t, string r, string? raw, bool reached)
    {
        var capaian = Compute(
            new Value.AkipGrade(t), new Value.AkipGrade(r), Policies.Measure(ValueKind.AkipGrade));

        Assert.Equal(raw is null ? null : D(raw), capaian.Raw);
        Assert.Equal(reached, capaian.Reached);
    }

    [Theory]
    [InlineData("WTP", "WDP", "50")]
    [InlineData("WTP", "WTP-DPP", "75")]
    [InlineData("WDP", "WTP", "200")]
    [InlineData("WTP", "TMP", "0")]
    public void Opinions_compare_by_their_points(string t, string r, string raw) => Assert.Equal(
        D(raw),
        Compute(new Value.BpkOpinion(t), new Value.BpkOpinion(r), Policies.Measure(ValueKind.BpkOpinion)).Raw);

    [Fact]
    public void A_grade_without_points_this_year_has_no_figure() => AssertNoFigure(
        Compute(new Value.AkipGrade("B"), new Value.AkipGrade("E"), Policies.Measure(ValueKind.AkipGrade)),
        "unknown-grade");

    [Theory]
    [InlineData("100.01", "sangat-berhasil")]
    [InlineData("100.004", "berhasil")] // rounds to 100: the rounded figure is judged
    [InlineData("100.005", "sangat-berhasil")]
    [InlineData("100", "berhasil")]
    [InlineData("90.01", "berhasil")]
    [InlineData("90", "cukup-berhasil")]
    [InlineData("70.01", "cukup-berhasil")]
    [InlineData("70", "kurang-berhasil")]
    [InlineData("50.01", "kurang-berhasil")]
    [InlineData("50", "tidak-berhasil")]
    [InlineData("0", "tidak-berhasil")]
    public void A_category_begins_above_its_bound(string r, string category) =>
        Assert.Equal(category, Numbers(Polarity.Maximize, "100", r).Category);

    [Theory]
    [InlineData(null, "150", "150", "150")]
    [InlineData(100, "150", "150", "100")]
    [InlineData(120, "150", "150", "120")]
    [InlineData(120, "110", "110", "110")]
    public void A_cap_limits_the_reported_figure_and_neither_the_raw_one_nor_the_category(
        int? cap, string r, string raw, string reported)
    {
        var capaian = Numbers(Polarity.Maximize, "100", r, Policies.Y2024 with { Cap = cap });

        Assert.Equal(D(raw), capaian.Raw);
        Assert.Equal(D(reported), capaian.Reported);
        Assert.Equal("sangat-berhasil", capaian.Category);
    }

    [Fact]
    public void A_floor_of_0_keeps_the_negative_raw_figure_beside_it()
    {
        var capaian = Numbers(Polarity.Minimize, "8", "20");

        Assert.Equal(-50, capaian.Raw);
        Assert.Equal(0, capaian.Reported);
        Assert.Equal("tidak-berhasil", capaian.Category);
    }

    [Fact]
    public void Reached_is_judged_on_values_even_where_the_rounded_figure_says_100()
    {
        var capaian = Numbers(Polarity.Maximize, "100000", "99999.9");

        Assert.Equal(100, capaian.Raw);
        Assert.False(capaian.Reached);
    }

    [Fact]
    public void A_capaian_comes_from_the_recorded_percent_and_not_from_the_ratio_behind_it()
    {
        var capaian = Compute(
            new Value.Percent(75), new Value.Percent(null, 124, 176), Policies.Measure(ValueKind.Percent));

        Assert.Equal(93.93m, capaian.Raw); // 124/176/75 would give 93.94
        Assert.Equal(70.45m, capaian.R);
        Assert.Equal(93.9333333333m, capaian.Unrounded);
        Assert.Equal("2024.1", capaian.Policy);
    }

    [Fact]
    public void A_published_figure_stands_beside_the_computed_one_under_the_same_cap()
    {
        var capaian = CapaianCalculator.Compute(
            new Value.Count(8, "Kali"),
            new Value.Count(16, "Kali"),
            Policies.Measure(ValueKind.Count, Polarity.Minimize),
            Policies.Y2024 with { Cap = 100 },
            published: 110);

        Assert.Equal((0, 0, "tidak-berhasil"), (capaian.Raw, capaian.ComputedReported, capaian.ComputedCategory));
        Assert.Equal((110, 100, "sangat-berhasil"), (capaian.Published, capaian.Reported, capaian.Category));
        Assert.False(capaian.Reached);
    }

    [Fact]
    public void An_index_with_a_percent_sign_is_computed_as_its_number_and_marked()
    {
        var capaian = Compute(new Value.Index(80), new Value.Percent(74.95m), Policies.Measure(ValueKind.Index));

        Assert.Equal(93.69m, capaian.Raw);
        Assert.Equal(["index-with-percent-sign"], capaian.Marks);
    }

    [Fact]
    public void Counts_of_different_units_are_computed_and_marked()
    {
        var capaian = Compute(
            new Value.Count(2, "Lap"), new Value.Count(2, "Laporan"), Policies.Measure(ValueKind.Count));

        Assert.Equal(100, capaian.Raw);
        Assert.Equal(["units-differ"], capaian.Marks);
    }

    [Fact]
    public void What_cannot_be_compared_has_no_figure_and_says_why()
    {
        var percent = Policies.Measure(ValueKind.Percent);
        var grade = Policies.Measure(ValueKind.AkipGrade);
        AssertNoFigure(Compute(new Value.AkipGrade("B"), new Value.Percent(87), grade), "kinds-differ");
        AssertNoFigure(Compute(new Value.Percent(80), new Value.Index(80), percent), "kinds-differ");
        AssertNoFigure(Compute(new Value.Count(2, "Lap"), new Value.Percent(80), percent), "kinds-differ");
        AssertNoFigure(Compute(new Value.Band(1, 2), new Value.AkipGrade("B"), grade), "kinds-differ");
        AssertNoFigure(Compute(null, new Value.Percent(80), percent), "target-missing");
        AssertNoFigure(Compute(new Value.Absent(Absence.Missing), new Value.Percent(80), percent), "target-missing");
        AssertNoFigure(
            Compute(new Value.Band(1, 2), new Value.Percent(80), percent), "target-does-not-fit-polarity");
        AssertNoFigure(Compute(new Value.Percent(decimal.MaxValue), new Value.Percent(1), percent), "too-many-digits");
        AssertNoFigure(
            Compute(new Value.Percent(0.0000000000000001m), new Value.Percent(100000000000000), percent),
            "too-many-digits");
    }

    [Theory]
    [InlineData(Absence.Missing, Counting.Uncounted)]
    [InlineData(Absence.NotYetDue, Counting.Uncounted)]
    [InlineData(Absence.NotAssessed, Counting.Uncounted)]
    [InlineData(Absence.NotApplicable, Counting.LeftOut)]
    public void An_absent_realization_keeps_its_name_and_only_not_applicable_leaves_the_count(
        Absence state, Counting counting)
    {
        var capaian = Compute(new Value.Percent(80), new Value.Absent(state), Policies.Measure(ValueKind.Percent));

        Assert.Equal((null, null, null), (capaian.Raw, capaian.Reported, capaian.Reached));
        Assert.Equal((state, counting), (capaian.State!.Value, capaian.Counting));
    }

    [Fact]
    public void Nothing_to_do_is_not_applicable_unless_the_catalogue_counts_it_as_done()
    {
        var nothing = new Value.Percent(null, 0, 0);
        var strict = Compute(new Value.Percent(90), nothing, Policies.Measure(ValueKind.Percent));
        var lenient = Compute(
            new Value.Percent(90), nothing, Policies.Measure(ValueKind.Percent, nothingToDoIsDone: true));

        Assert.Equal((null, Absence.NotApplicable), (strict.Raw, strict.State));
        Assert.Equal((111.11m, ["nothing-to-do-is-done"]), (lenient.Raw, lenient.Marks.ToArray()), Same);
    }

    [Fact]
    public void The_mean_of_an_agreement_takes_reported_figures_and_says_what_it_covers()
    {
        Capaian Maximized(string t, string r) => Numbers(Polarity.Maximize, t, r);
        var missing = Compute(
            new Value.Count(1, "Kali"), new Value.Absent(Absence.Missing), Policies.Measure(ValueKind.Count));
        var nothing = Compute(
            new Value.Count(1, "Kali"), new Value.Absent(Absence.NotApplicable), Policies.Measure(ValueKind.Count));
        var overridden = CapaianCalculator.Compute(
            new Value.Index(8), new Value.Index(16), Policies.Measure(ValueKind.Index), Policies.Y2024, published: 100);

        var mean = CapaianMean.Of(
        [
            new("a", Maximized("75", "70.45")), new("b", Maximized("96", "100"), CarriedFrom: 2023),
            new("c", overridden), new("d", missing), new("e", nothing), new("f", Maximized("0", "1")),
        ]);

        Assert.Equal(99.37m, mean.Figure); // (93.93 + 104.17 + 100) / 3 = 99.3666…
        Assert.Equal((3, 4, 1, 1), (mean.Counted, mean.Expected, mean.CarriedOver, mean.Overridden));
        Assert.Equal(["d"], mean.Uncounted);
        Assert.Equal(["e"], mean.NotApplicable);
        Assert.Equal(["f"], mean.ZeroTargetExceeded);
    }

    [Fact]
    public void An_agreement_without_any_figure_has_no_mean() => Assert.Null(CapaianMean.Of([]).Figure);

    private static bool Same((decimal?, string[]) one, (decimal?, string[]) other) =>
        one.Item1 == other.Item1 && one.Item2.SequenceEqual(other.Item2);

    private static void AssertNoFigure(Capaian capaian, string mark)
    {
        Assert.Equal([mark], capaian.Marks);
        Assert.Equal((null, null, null), (capaian.Raw, capaian.Reported, capaian.Category));
        Assert.Equal(Counting.Uncounted, capaian.Counting);
    }

    private static Capaian Numbers(Polarity polarity, string t, string r, Policy? policy = null) =>
        CapaianCalculator.Compute(
            new Value.Index(D(t)),
            new Value.Index(D(r)),
            Policies.Measure(ValueKind.Index, polarity, signed: true),
            policy ?? Policies.Y2024);

    private static Capaian Band(string low, string high, string r) => Compute(
        new Value.Band(D(low), D(high)), new Value.Index(D(r)), Policies.Measure(ValueKind.Index, Polarity.Range));

    private static Capaian Compute(Value? target, Value realization, Measure measure) =>
        CapaianCalculator.Compute(target, realization, measure, Policies.Y2024);

    private static decimal D(string number) => decimal.Parse(number, System.Globalization.CultureInfo.InvariantCulture);
}
