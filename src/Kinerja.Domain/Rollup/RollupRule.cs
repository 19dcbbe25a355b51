using System.ComponentModel.DataAnnotations;

namespace Kinerja.Domain;

/// <summary>How a catalogue indicator is made from the results of child offices.</summary>
/// <param name="Source">Code of the indicator in the children; it may be another one than the rolled-up indicator.</param>
/// <param name="SourceLevel">The agreement level whose lines carry the source.</param>
/// <param name="Method">How the children's figures combine.</param>
/// <param name="Population">Which offices are expected.</param>
/// <param name="Condition">What a child must reach to meet the indicator; required for share and count.</param>
public sealed record RollupRule(
    [property: RegularExpression(Indicator.CataloguePattern)] string Source,
    AgreementLevel SourceLevel,
    RollupMethod Method,
    Population Population,
    Value? Condition = null)
{
    /// <summary>Whether a line of an agreement carries the source.</summary>
    /// <param name="level">The level of the agreement; none of a unit that is not known.</param>
    /// <param name="countsAs">The catalogue indicator that the line counts as; none for an own one that is not mapped.</param>
    public bool IsFedBy(AgreementLevel? level, string? countsAs) => level == SourceLevel && countsAs == Source;
}

/// <summary>The combination of the children's figures.</summary>
public enum RollupMethod
{
    /// <summary>Σ numerators / Σ denominators: never the mean of percentages.</summary>
    WeightedRatio,

    /// <summary>Σ of the counted numbers.</summary>
    Sum,

    /// <summary>The mean of the counted numbers, each office with the same weight.</summary>
    Mean,

    /// <summary>The one value that is worst by the polarity of the source.</summary>
    Worst,

    /// <summary>The one value that is best by it.</summary>
    Best,

    /// <summary>Those that meet the condition, in percent of those expected.</summary>
    ShareMeeting,

    /// <summary>How many meet the condition.</summary>
    CountMeeting,
}

/// <summary>The offices a roll-up expects.</summary>
/// <param name="Self">The parent office itself is one of them.</param>
/// <param name="Reach">Direct children or all below.</param>
/// <param name="OnlyCarrying">Only offices whose agreement in force carries the source indicator.</param>
/// <param name="Levels">Only offices of these levels, the parent itself included; every level when absent.</param>
public sealed record Population(bool Self, Reach Reach, bool OnlyCarrying, IReadOnlyList<OfficeLevel>? Levels = null);

/// <summary>How far down the tree a roll-up looks.</summary>
public enum Reach
{
    /// <summary>The offices directly below.</summary>
    Children,

    /// <summary>All offices below.</summary>
    Descendants,
}
