namespace Kinerja.Benchmarks;

/// <summary>Targets and results as offices state them: plausible for their indicator, and sometimes absent.</summary>
internal static class Figures
{
    private static readonly string[] Grades = ["AA", "A", "BB", "B", "CC", "C"];
    private static readonly string[] Opinions = ["WTP", "WTP-DPP", "WDP"];

    public static Value Target(Indicator indicator, Dice dice) => indicator.Kind switch
    {
        ValueKind.Percent => new Value.Percent(indicator.Polarity == Polarity.Minimize ? dice.Between(2, 20) : dice.Between(60, 100)),
        ValueKind.Count => new Value.Count(dice.Between(2, 40), indicator.Unit!),
        ValueKind.Index when indicator.Polarity == Polarity.Range => new Value.Band(dice.Between(40, 60), dice.Between(70, 90)),
        ValueKind.Index => new Value.Index(dice.Between(600, 900) / 10m),
        ValueKind.AkipGrade => new Value.AkipGrade(dice.Pick(Grades[2..4])),
        ValueKind.BpkOpinion => new Value.BpkOpinion("WTP"),
    };

    /// <summary>What was reached: a value, or in a few cases why there is none.</summary>
    public static Value Result(Indicator indicator, Dice dice) => dice.Below(100) switch
    {
        0 => new Value.Absent(Absence.NotAssessed),
        1 => new Value.Absent(Absence.NotApplicable),
        2 => new Value.Absent(Absence.Missing),
        _ => indicator.Kind switch
        {
            ValueKind.Percent => Percent(dice, indicator.Polarity),
            ValueKind.Count => new Value.Count(dice.Between(1, 45), indicator.Unit!),
            ValueKind.Index => new Value.Index(dice.Between(3500, 9600) / 100m),
            ValueKind.AkipGrade => new Value.AkipGrade(dice.Pick(Grades)),
            ValueKind.BpkOpinion => new Value.BpkOpinion(dice.Pick(Opinions)),
        },
    };

    private static Value.Percent Percent(Dice dice, Polarity polarity)
    {
        var whole = dice.Between(12, 900);
        var part = polarity == Polarity.Minimize ? dice.Between(0, whole / 4) : dice.Between(whole / 2, whole);
        var stated = Rounding.Two(Rounding.Percent(part, whole)!.Value);
        return dice.Below(20) switch
        {
            0 => new Value.Percent(stated), // the ratio was not stated
            1 => new Value.Percent(null, part, whole),
            _ => new Value.Percent(stated, part, whole),
        };
    }
}
