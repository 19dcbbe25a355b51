namespace Kinerja.Domain.Tests;

public sealed class ValuesTests
{
    private static readonly Measure Plain = Policies.Measure(ValueKind.Percent);

    public static TheoryData<Value, string[]> Stated => new()
    {
        { new Value.Percent(70.45m, 124, 176), [] },
        { new Value.Percent(70.46m, 124, 176), [] }, // 0.0046 away
        { new Value.Percent(70.44m, 124, 176), ["/v/value percent-contradicts-ratio"] }, // 0.0145 away
        { new Value.Percent(50.01m, 1, 2), [] }, // exactly 0.01 away
        { new Value.Percent(50.011m, 1, 2), ["/v/value percent-contradicts-ratio"] },
        { new Value.Percent(null, 0, 0), [] },
        { new Value.Percent(100, 0, 0), [] },
        { new Value.Percent(), ["/v value-missing"] },
        { new Value.Percent(50, 1), ["/v incomplete-ratio"] },
        { new Value.Percent(50, null, 2), ["/v incomplete-ratio"] },
        { new Value.Percent(null, 3, 2), ["/v/numerator numerator-above-denominator"] },
        { new Value.Percent(null, 3, 0), ["/v/denominator zero-denominator"] },
        { new Value.Percent(null, 3, -1), ["/v/denominator negative-value", "/v/denominator zero-denominator"] },
        { new Value.Percent(-1), ["/v/value negative-value"] },
        { new Value.Count(-1, "Lap"), ["/v/value negative-value"] },
        { new Value.Count(123456789012345, "Lap"), [] },
        { new Value.Count(1234567890123456, "Lap"), ["/v/value too-many-digits"] },
        { new Value.Index(12345.6789012345m), [] },
        { new Value.Index(1.234567890123456m), ["/v/value too-many-digits"] },
        { new Value.Index(1.230000000000000000m), [] },
        { new Value.Index(0.0000000001m), [] },
        { new Value.Index(0.00000000001m), ["/v/value too-many-digits"] }, // of few digits, and a sum with it of very many
        { new Value.Band(1, 2), ["/v range-not-a-result"] },
        { new Value.AkipGrade("BB"), [] }, // another kind than the catalogue's is stored, and is a finding later
        { new Value.AkipGrade("b"), ["/v/value unknown-grade"] },
        { new Value.BpkOpinion("WTP"), [] },
        { new Value.BpkOpinion("WTS"), ["/v/value unknown-opinion"] },
        { new Value.Absent(Absence.NotAssessed), [] },
    };

    [Theory]
    [InlineData("Lap", " lap ", true)]
    [InlineData("Lap", "Kali", false)]
    [InlineData("Lap", null, false)]
    [InlineData(null, null, true)]
    public void A_unit_is_the_same_whatever_its_capitals_and_what_stands_around_it(string? one, string? other, bool same)
    {
        Assert.Equal(same, Values.SameUnit(one, other));
        Assert.Equal(same, Values.SameUnit(other, one));
    }

    [Theory]
    [MemberData(nameof(Stated))]
    public void A_result_is_refused_only_for_what_is_impossible(Value value, string[] faults) =>
        Assert.Equal(faults, Check(value, Plain, ValueUse.Result));

    [Fact]
    public void A_target_may_be_a_range_that_is_not_empty()
    {
        Assert.Empty(Check(new Value.Band(80, 90), Plain, ValueUse.Target));
        Assert.Equal(["/v range-empty"], Check(new Value.Band(90, 90), Plain, ValueUse.Target));
    }

    [Fact]
    public void The_catalogue_may_grant_values_below_zero_and_numerators_above_their_denominator()
    {
        Assert.Empty(Check(new Value.Index(-1), Policies.Measure(ValueKind.Index, signed: true), ValueUse.Result));
        Assert.Empty(
            Check(new Value.Percent(150, 3, 2), Policies.Measure(ValueKind.Percent, unbounded: true), ValueUse.Result));
    }

    [Fact]
    public void A_percent_taken_over_may_contradict_its_ratio() => Assert.Empty(
        Values.Check(new Value.Percent(100, 9, 11), Plain, Policies.Y2024, ValueUse.Result, "/v", takenOver: true));

    [Fact]
    public void A_percent_records_what_is_stated_else_its_ratio_rounded_once()
    {
        Assert.Equal(new Value.Percent(70.45m, 124, 176), Values.Recorded(new Value.Percent(null, 124, 176), Plain));
        Assert.Equal(new Value.Percent(81.82m, 9, 11), Values.Recorded(new Value.Percent(null, 9, 11), Plain));
        Assert.Equal(new Value.Percent(70.46m, 124, 176), Values.Recorded(new Value.Percent(70.46m, 124, 176), Plain));
        Assert.Equal(new Value.Percent(0.13m, 1, 800), Values.Recorded(new Value.Percent(null, 1, 800), Plain));
    }

    [Theory]
    [InlineData(null)]
    [InlineData(100)]
    public void Nothing_to_do_records_not_applicable_whatever_is_stated_beside_it(int? stated) => Assert.Equal(
        new Value.Absent(Absence.NotApplicable), Values.Recorded(new Value.Percent(stated, 0, 0), Plain));

    private static string[] Check(Value value, Measure measure, ValueUse use) =>
        [.. Values.Check(value, measure, Policies.Y2024, use, "/v").Select(fault => $"{fault.Pointer} {fault.Code}")];
}
