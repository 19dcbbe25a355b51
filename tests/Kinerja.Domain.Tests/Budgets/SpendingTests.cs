namespace Kinerja.Domain.Tests;

public sealed class SpendingTests
{
    private const string Code = "076.01.CQ.6709";

    private static readonly HashSet<string> NoGrants = [];

    [Theory]
    [InlineData(44_980_284_000, 44_776_265_455, 99.55, 204_018_545)]
    [InlineData(2_647_819_000, 2_514_190_236, 94.95, 133_628_764)]
    [InlineData(2_789_132_000, 2_563_727_690, 91.92, 225_404_310)]
    [InlineData(200, 1, 0.5, 199)]
    [InlineData(20_000, 1, 0.01, 19_999)] // 0.005 is a tie: away from zero.
    public void Percent_and_remainder_come_from_rupiah(long pagu, long realization, decimal percent, long remaining)
    {
        var absorption = new Absorption(pagu, realization);

        Assert.Equal((percent, remaining), (absorption.Percent, absorption.Remaining));
    }

    [Fact]
    public void Without_a_ceiling_there_is_no_percent() => Assert.Null(new Absorption(0, 0).Percent);

    [Fact]
    public void Periods_add_up_and_corrections_with_them()
    {
        Spending[] stated =
        [
            Of("2024-B01", 100), Of("2024-B02", 50), Of("2024-B02", -20, reason: "salah akun"), Of("2024-B03", 7),
        ];

        Assert.Equal(130, SpendingRules.Sum(stated, Period.Parse("2024-B02"))[new BudgetKey(Code, null, null)]);
        Assert.Equal(137, SpendingRules.Sum(stated)[new BudgetKey(Code, null, null)]);
    }

    [Fact]
    public void A_second_figure_needs_a_reason_and_periods_do_not_overlap()
    {
        Spending[] earlier = [Of("2024-B01", 100)];

        Assert.Equal(["already-spent"], Entry(Of("2024-B01", 5), earlier));
        Assert.Empty(Entry(Of("2024-B01", 5, reason: "SP2D terlambat dicatat"), earlier));
        Assert.Equal(["period-overlaps"], Entry(Of("2024-T1", 5), earlier));
        Assert.Empty(Entry(Of("2024-T2", 5), earlier));
        Assert.Equal(["correction-without-reason"], Entry(Of("2024-B02", -5), earlier));
        Assert.Equal(["spent-below-zero"], Entry(Of("2024-B01", -101, reason: "salah"), earlier));
        Assert.Equal(["period-outside-year"], Entry(Of("2024-B01", 5) with { Year = 2025 }, []));
    }

    [Fact]
    public void Very_many_lines_are_held_to_what_was_stated_before_in_one_pass()
    {
        // Each with each would be ten billion comparisons.
        Spending stated = new(2024, "2024-B01",
            [.. Enumerable.Range(0, 100_000).Select(i => new SpendingEntry($"{Code}.QG{(char)('A' + i % 20)}.{i / 20 % 100 + 100}.{i / 2_000 + 100}", 1))]);

        Assert.Equal(100_000, Entry(stated, [stated]).Count(code => code == "already-spent"));
        Assert.Empty(Entry(stated with { Period = "2024-B02" }, [stated]));
    }

    [Fact]
    public void What_is_spent_in_a_year_stays_a_number_that_every_reader_keeps_exact()
    {
        Spending[] earlier = [.. Enumerable.Range(1, 9).Select(month => Of($"2024-B0{month}", RupiahAttribute.Most))];
        const long room = RupiahAttribute.MostInSum - (9 * RupiahAttribute.Most);

        Assert.Empty(Entry(Of("2024-B10", room), earlier));
        Assert.Equal(["sum-too-large"], Entry(Of("2024-B10", room + 1), earlier));
    }

    [Fact]
    public void What_is_spent_above_pagu_or_without_a_line_is_marked()
    {
        BudgetLine[] lines = [new(Code, 100), new("076.01.CQ.6870", 100)];

        var marked = SpendingRules.Lines(lines, SpendingRules.Sum([Of("2024", 101), Of("2024", 5) with { Entries = [new("076.01.CQ.6871", 5)] }]));

        Assert.Equal(["spent-above-pagu", null, "spent-without-line"], marked.Select(line => line.Mark));
        Assert.Equal([-1L, 100L, -5L], marked.Select(line => line.Absorption.Remaining));
    }

    [Fact]
    public void Periods_overlap_when_they_share_a_day()
    {
        Assert.True(Period.Parse("2024")!.Overlaps(Period.Parse("2024-B01")!));
        Assert.True(Period.Parse("2024-S1")!.Overlaps(Period.Parse("2024-T2")!));
        Assert.False(Period.Parse("2024-T2")!.Overlaps(Period.Parse("2024-B07")!));
        Assert.Equal(new DateOnly(2024, 4, 1), Period.Parse("2024-T2")!.FirstDay);
    }

    private static IEnumerable<string> Entry(Spending spending, Spending[] earlier) =>
        SpendingRules.AtEntry(spending, earlier, NoGrants).Select(fault => fault.Code);

    private static Spending Of(string period, long amount, string? reason = null) => new(2024, period, [new(Code, amount)], reason);
}
