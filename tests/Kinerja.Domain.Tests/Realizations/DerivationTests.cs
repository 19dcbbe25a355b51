namespace Kinerja.Domain.Tests;

public sealed class DerivationTests
{
    [Fact]
    public void Of_the_lines_that_can_be_judged_those_that_reach_their_target()
    {
        var derivation = Derivation.Of(["ketua", "sekretaris"],
        [
            .. Enumerable.Range(1, 11).Select(number => Line("ketua", number <= 6)), .. Enumerable.Range(1, 8).Select(number => Line("sekretaris", number <= 6)),
            Line("sekretaris", null), Line("kul", true),
        ]);

        Assert.Equal(new Value.Percent(63.16m, 12, 19), derivation.Result());
        Assert.True(derivation.IsIncomplete());
        Assert.Equal([("ketua", 6, 11, 11), ("sekretaris", 6, 8, 9)], derivation.Inputs.Select(input => (input.Unit, input.Reached, input.Judged, input.Lines)));
    }

    [Fact]
    public void When_every_line_can_be_judged_it_is_complete() =>
        Assert.False(Derivation.Of(["ketua"], [Line("ketua", true), Line("ketua", false), Line("kul", null)]).IsIncomplete());

    [Fact]
    public void Without_a_judged_line_the_result_is_missing() =>
        Assert.Equal(new Value.Absent(Absence.Missing), Derivation.Of(["ketua"], [Line("ketua", null)]).Result());

    [Fact]
    public void Another_content_of_an_input_is_a_drift_even_when_the_figure_stays()
    {
        var before = Derivation.Of(["ketua"], [Line("ketua", true)]);

        Assert.True(before.IsSame(Derivation.Of(["ketua"], [Line("ketua", true)])));
        Assert.False(before.IsSame(Derivation.Of(["ketua"], [Line("ketua", true) with { Reports = [new CitedReport("r", 2, "sha256:other")] }])));
    }

    private static JudgedLine Line(string unit, bool? reached) => new(
        unit, $"{unit}-2024", "sha256:agreement", reached, reached is null ? [] : [new CitedReport("r", 1, "sha256:report")]);
}
