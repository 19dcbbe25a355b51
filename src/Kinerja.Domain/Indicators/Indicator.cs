using System.ComponentModel.DataAnnotations;

namespace Kinerja.Domain;

/// <summary>A national indicator as the catalogue of one year defines it. Owned by RI; may change between years.</summary>
/// <param name="Code">The stable code, for example <c>SP.02</c>.</param>
/// <param name="Year">The year the definition holds for.</param>
/// <param name="Name">The official wording.</param>
/// <param name="Definition">What is measured, in words.</param>
/// <param name="Formula">How the realization is obtained, in words; shown, never executed.</param>
/// <param name="Kind">The kind of value targets and realizations have.</param>
/// <param name="Unit">What a count counts; absent for every other kind.</param>
/// <param name="Polarity">Which direction is better.</param>
/// <param name="Accumulation">How the periods of a year make the year.</param>
/// <param name="Traits">Exceptions the catalogue grants.</param>
/// <param name="NationalTarget">The target RI sets for the whole country, if any.</param>
/// <param name="Rollup">How child offices' results make this indicator, if they do.</param>
/// <param name="Source">Where an office that carries it has its figure from; its own measurement when absent.</param>
public sealed record Indicator(
    [property: RegularExpression(Indicator.CataloguePattern)] string Code,
    [property: Range(Period.FirstYear, Period.LastYear)] int Year,
    [property: StringLength(1000, MinimumLength = 1)] string Name,
    [property: StringLength(5000, MinimumLength = 1)] string Definition,
    [property: StringLength(5000, MinimumLength = 1)] string Formula,
    ValueKind Kind,
    Polarity Polarity,
    Accumulation Accumulation,
    IndicatorTraits Traits,
    [property: StringLength(100, MinimumLength = 1)] string? Unit = null,
    Value? NationalTarget = null,
    RollupRule? Rollup = null,
    IndicatorSource? Source = null)
{
    /// <summary>How the catalogue's codes are written: <c>SP.02</c>; those that begin with <c>L-</c> are the offices' own.</summary>
    public const string CataloguePattern = "^(?!L-)[A-Z0-9][A-Za-z0-9.-]{0,39}$";

    /// <summary>How codes are written, the catalogue's and the offices' own.</summary>
    public const string CodePattern = "^[A-Z0-9][A-Za-z0-9.-]{0,39}$";
}

/// <summary>Where an office has a figure from that it did not measure.</summary>
public enum IndicatorSource
{
    /// <summary>It cites the accepted roll-up: an office with somebody of the population below it its own, every other one what
    /// the office above has rolled up, without seeing the rows.</summary>
    Parent,
}

/// <summary>The kind of value an indicator is measured in.</summary>
public enum ValueKind
{
    /// <summary>A percentage, usually with the ratio behind it: 124 of 176.</summary>
    Percent,

    /// <summary>A number of things, with their unit: 2 Lap, 18 Kecamatan.</summary>
    Count,

    /// <summary>An index or score on a scale of its own: 74.95.</summary>
    Index,

    /// <summary>A predicate of the AKIP evaluation: AA to D.</summary>
    AkipGrade,

    /// <summary>An audit opinion of the BPK: WTP to TMP.</summary>
    BpkOpinion,
}

/// <summary>Which direction of a result is better. <see cref="Formula"/> tells what each computes.</summary>
public enum Polarity
{
    /// <summary>More is better (<see cref="Formula.Maximize"/>).</summary>
    Maximize,

    /// <summary>Less is better (<see cref="Formula.Minimize"/>).</summary>
    Minimize,

    /// <summary>Only the target itself is right (<see cref="Formula.Exact"/>).</summary>
    Exact,

    /// <summary>Anything between two bounds is right.</summary>
    Range,
}

/// <summary>How the periods of a year make the year's figure.</summary>
public enum Accumulation
{
    /// <summary>Each period states the year to date.</summary>
    Cumulative,

    /// <summary>The periods sum; a percent sums its numerators and denominators.</summary>
    Additive,

    /// <summary>The latest period stands: grades, opinions, indices.</summary>
    Latest,
}

/// <summary>Exceptions from the strict reading of a value, granted by the catalogue.</summary>
/// <param name="Signed">Values below zero are possible.</param>
/// <param name="Unbounded">A numerator may exceed its denominator.</param>
/// <param name="NothingToDoIsDone">0 of 0 counts as 100 (marked) instead of being not applicable.</param>
/// <param name="Derived">Its result is the share of targets reached in agreements that the line names; it is not typed.</param>
public sealed record IndicatorTraits(
    bool Signed = false, bool Unbounded = false, bool NothingToDoIsDone = false, bool Derived = false);
