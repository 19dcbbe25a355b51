using System.ComponentModel.DataAnnotations;

namespace Kinerja.Domain;

/// <summary>An amount of one line: whole rupiah below 10^15, so that it is exact in every client.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class RupiahAttribute : RangeAttribute
{
    /// <summary>The largest amount of a line.</summary>
    public const long Most = 999_999_999_999_999;

    /// <summary>The largest sum: 2^53, the last whole number that every JSON reader keeps exact.</summary>
    public const long MostInSum = 9_007_199_254_740_992;

    /// <param name="isSigned">A correction may be negative.</param>
    public RupiahAttribute(bool isSigned = false)
        : base(typeof(long), isSigned ? $"-{Most}" : "0", $"{Most}") => IsSigned = isSigned;

    /// <summary>A correction may be negative.</summary>
    public bool IsSigned { get; }

    /// <summary>Why a number is no amount; none when it is one.</summary>
    public static Fault? WhyNot(string pointer, decimal number, bool isSigned) =>
        number != decimal.Truncate(number) ? Fault.At(pointer, "fraction-of-rupiah")
        : Math.Abs(number) > Most ? Fault.At(pointer, "amount-too-large")
        : number < 0 && !isSigned ? Fault.At(pointer, "amount-negative")
        : null;
}

/// <summary>Pagu and what was spent of it.</summary>
/// <param name="Pagu">The ceiling, in whole rupiah.</param>
/// <param name="Realization">What was spent by SP2D, in whole rupiah.</param>
public sealed record Absorption(long Pagu, long Realization)
{
    /// <summary>What is left; below zero when more was spent than the ceiling allows.</summary>
    public long Remaining => Pagu - Realization;

    /// <summary>Spent in percent of the ceiling, rounded once from rupiah; none without a ceiling.</summary>
    public decimal? Percent => Pagu == 0 ? null : Rounding.Two(Rounding.Percent(Realization, Pagu)!.Value);

    /// <summary>More was spent than the ceiling allows.</summary>
    public bool IsExceeded => Realization > Pagu;

    /// <summary>Nothing planned, nothing spent: the identity of <see cref="Combine"/>.</summary>
    public static Absorption None { get; } = new(0, 0);

    /// <summary>Both together.</summary>
    public Absorption Combine(Absorption other) => new(checked(Pagu + other.Pagu), checked(Realization + other.Realization));

    /// <summary>All together.</summary>
    public static Absorption Sum(IEnumerable<Absorption> parts) => parts.Aggregate(None, (sum, part) => sum.Combine(part));
}
