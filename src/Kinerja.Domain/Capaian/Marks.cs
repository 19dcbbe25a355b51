namespace Kinerja.Domain;

/// <summary>What a reader must know beside a figure, as stable codes in kebab-case.</summary>
public static class Marks
{
    /// <summary>The target is 0 and the result worse: the 0 stands for no proportion.</summary>
    public const string ZeroTargetMissed = "zero-target-missed";

    /// <summary>The target is 0 and the result better: reached, without a figure, outside n and m.</summary>
    public const string ZeroTargetExceeded = "zero-target-exceeded";

    /// <summary>A range with a bound of 0 or below: 100 inside, 0 outside, nothing between.</summary>
    public const string RangeBoundNotPositive = "range-bound-not-positive";

    /// <summary>0 of 0, which the catalogue counts as 100.</summary>
    public const string NothingToDoIsDone = "nothing-to-do-is-done";

    /// <summary>An index stated with a percent sign, computed as its number.</summary>
    public const string IndexWithPercentSign = "index-with-percent-sign";

    /// <summary>Target and realization count different units; computed on the numbers.</summary>
    public const string UnitsDiffer = "units-differ";

    /// <summary>A part of the year is measured against the target of the whole year: no other is stated.</summary>
    public const string YearTarget = "year-target";

    /// <summary>Made of the reports of the period's parts: no report states the period itself.</summary>
    public const string Accumulated = "accumulated";

    /// <summary>A part of what it is made of is missing: a sum has no figure, a year to date does not reach the end of the period, a
    /// derived result is of those lines alone that could be judged.</summary>
    public const string Incomplete = "incomplete";

    /// <summary>The office's own roll-up, in which its own line is the one of the same report.</summary>
    public const string OwnLineOfReport = "own-line-of-report";

    /// <summary>No figure: a part states a percent without its ratio, which cannot be summed.</summary>
    public const string PartWithoutRatio = "part-without-ratio";

    /// <summary>No figure: target and realization are of kinds that cannot be compared.</summary>
    public const string KindsDiffer = "kinds-differ";

    /// <summary>No figure: the target is blank.</summary>
    public const string TargetMissing = "target-missing";

    /// <summary>No figure: a range where the polarity asks for one number, or the reverse.</summary>
    public const string TargetDoesNotFitPolarity = "target-does-not-fit-polarity";

    /// <summary>No figure: the lower bound is above the upper one.</summary>
    public const string RangeEmpty = "range-empty";

    /// <summary>No figure: the policy of the year has no points for the grade.</summary>
    public const string UnknownGrade = "unknown-grade";

    /// <summary>No figure: the policy of the year has no points for the opinion.</summary>
    public const string UnknownOpinion = "unknown-opinion";

    /// <summary>No figure: the numbers or the result have more digits than can be written exactly.</summary>
    public const string TooManyDigits = "too-many-digits";

    /// <summary>The published percent of a year's absorption is not the computed one.</summary>
    public const string PublishedDiffers = "published-differs";

    /// <summary>More was spent of a budget line than its pagu.</summary>
    public const string SpentAbovePagu = "spent-above-pagu";

    /// <summary>Spent where the budget has no line.</summary>
    public const string SpentWithoutLine = "spent-without-line";

    /// <summary>Why there is no figure although a realization is stated.</summary>
    internal static readonly IReadOnlySet<string> ForNoFigure = new HashSet<string>(StringComparer.Ordinal)
    {
        PartWithoutRatio, KindsDiffer, TargetMissing, TargetDoesNotFitPolarity, RangeEmpty, UnknownGrade, UnknownOpinion, TooManyDigits,
    };
}
