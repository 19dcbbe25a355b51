namespace Kinerja.Domain.Tests;

public sealed class DefinitionsTests
{
    private static readonly Indicator Plain = new(
        "A", 2024, "Nama", "Definisi", "Rumus", ValueKind.Percent, Polarity.Maximize, Accumulation.Cumulative, new IndicatorTraits());

    [Fact]
    public void A_roll_up_from_the_indicator_itself_makes_no_circle_and_one_that_comes_back_does()
    {
        Assert.Empty(Faults(Rolled("A", "A")));
        Assert.Empty(Faults(Rolled("A", "B"), Rolled("B", "C"), Rolled("C", "C")));
        Assert.Equal(["rollup-makes-circle"], Faults(Rolled("A", "B"), Rolled("B", "A")));
        Assert.Equal(["rollup-makes-circle"], Faults(Rolled("A", "B"), Rolled("B", "C"), Rolled("C", "A")));
        Assert.Empty(Faults(Rolled("A", "B"), Rolled("B", "C"), Rolled("C", "B"))); // Not of A's making.
    }

    [Fact]
    public void What_the_parent_gives_is_rolled_up_and_not_from_what_it_gives()
    {
        Assert.Empty(Faults(Rolled("A", "B") with { Source = IndicatorSource.Parent }, Plain with { Code = "B" }));
        Assert.Equal(["rollup-makes-circle"], Faults(Rolled("A", "A") with { Source = IndicatorSource.Parent }));
        Assert.Equal(["nothing-to-cite"], Faults(Plain with { Source = IndicatorSource.Parent }));
    }

    [Fact]
    public void A_definition_in_use_keeps_what_gives_its_values_a_meaning()
    {
        (string Pointer, Indicator After)[] meaningless =
        [
            ("/kind", Plain with { Kind = ValueKind.Index }),
            ("/unit", Plain with { Unit = "Lap" }),
            ("/polarity", Plain with { Polarity = Polarity.Minimize }),
            ("/accumulation", Plain with { Accumulation = Accumulation.Latest }),
            ("/traits", Plain with { Traits = new IndicatorTraits(NothingToDoIsDone: true) }),
        ];
        foreach (var (pointer, after) in meaningless)
        {
            Assert.Empty(Definitions.CheckChange(Plain, after, isUsed: false));
            var fault = Assert.Single(Definitions.CheckChange(Plain, after, isUsed: true));
            Assert.Equal((pointer, "indicator-in-use"), (fault.Pointer, fault.Code));
        }
    }

    [Fact]
    public void Words_targets_roll_ups_and_granted_exceptions_change_at_any_time_and_exceptions_are_not_withdrawn()
    {
        var granted = Plain with { Traits = new IndicatorTraits(Signed: true, Unbounded: true) };
        Indicator[] meaningful =
        [
            Plain with { Name = "Lain" }, Plain with { NationalTarget = new Value.Percent(60) }, Rolled("A", "A"), granted,
        ];

        Assert.All(meaningful, after => Assert.Empty(Definitions.CheckChange(Plain, after, isUsed: true)));
        Assert.Equal("/traits", Assert.Single(Definitions.CheckChange(granted, Plain, isUsed: true)).Pointer);
    }

    [Fact]
    public void A_change_that_breaks_what_rolls_up_from_it_is_named()
    {
        var rolled = Rolled("R", "A");
        Indicator? Find(string code, Indicator source) => code == "A" ? source : rolled;
        var broken = Plain with { Kind = ValueKind.AkipGrade };

        Assert.Empty(Definitions.CheckFed(Plain, [rolled], Policies.Y2024, code => Find(code, Plain)));
        Assert.Equal(
            "breaks-rollup", Assert.Single(Definitions.CheckFed(broken, [rolled], Policies.Y2024, code => Find(code, broken))).Code);
    }

    private static Indicator Rolled(string code, string source) => Plain with
    {
        Code = code,
        Rollup = new RollupRule(source, AgreementLevel.Sekretaris, RollupMethod.WeightedRatio,
            new Population(Self: true, Reach.Descendants, OnlyCarrying: true)),
    };

    private static IEnumerable<string> Faults(Indicator indicator, params Indicator[] others) => Definitions
        .Check(indicator, Policies.Y2024, code => others.FirstOrDefault(other => other.Code == code)).Select(fault => fault.Code);
}
