namespace Kinerja.Domain;

/// <summary>The formula a capaian was computed with. T is the target, R the recorded realization.</summary>
public enum Formula
{
    /// <summary>R / T × 100; below zero 100 + (R − T) / |T| × 100, which is the same for T &gt; 0.</summary>
    Maximize,

    /// <summary>(2T − R) / T × 100; below zero 100 − (R − T) / |T| × 100.</summary>
    Minimize,

    /// <summary>(1 − |R − T| / |T|) × 100.</summary>
    Exact,

    /// <summary>Between the bounds of the target, both included: 100.</summary>
    InsideRange,

    /// <summary>Below the range: R / lo × 100.</summary>
    BelowRange,

    /// <summary>Above the range: (2·hi − R) / hi × 100.</summary>
    AboveRange,

    /// <summary>A range with a bound of 0 or below: inside 100, outside 0.</summary>
    NonPositiveRange,

    /// <summary>Points of the grade or opinion reached / points of the one promised × 100.</summary>
    Points,

    /// <summary>A target of 0 (or a grade worth 0 points): met 100, missed 0, exceeded no figure.</summary>
    ZeroTarget,
}

/// <summary>What a formula gives, with the numbers that went into it.</summary>
/// <param name="Unrounded">The figure in percent; none when no number can stand for it.</param>
/// <param name="Reached">The target is reached, judged on T and R and never on the figure.</param>
/// <param name="Formula">The formula used.</param>
/// <param name="T">The target, bound or points the formula divided by; none inside a range.</param>
/// <param name="R">The realization or its points.</param>
/// <param name="Mark">What a reader must know beside the figure.</param>
internal sealed record Figure(
    decimal? Unrounded, bool Reached, Formula Formula, decimal? T, decimal R, string? Mark = null);

/// <summary>
/// The formulas, one for each polarity. Division comes last, so that an exact tie stays one. No regulation fixes one formula, cap or
/// floor for institutions, so each figure names the policy and the formula it was computed with. These agree with the ministry's worked
/// examples (minimize, T 7, R 6.5: 107.14) and, to the last digit, with 53 of the 55 figures that KPU Kabupaten Alor published for
/// 2024; one more is a grade by its points, and one an override.
/// </summary>
internal static class Formulas
{
    /// <summary>More is better.</summary>
    public static Figure Maximize(decimal t, decimal r) => t == 0
        ? ZeroTarget(r, better: r.CompareTo(t))
        : new(Rounding.Percent(Math.Abs(t) + (r - t), Math.Abs(t)), r >= t, Formula.Maximize, t, r);

    /// <summary>Less is better.</summary>
    public static Figure Minimize(decimal t, decimal r) => t == 0
        ? ZeroTarget(r, better: t.CompareTo(r))
        : new(Rounding.Percent(Math.Abs(t) - (r - t), Math.Abs(t)), r <= t, Formula.Minimize, t, r);

    /// <summary>Only the target itself is right: nothing is better than it.</summary>
    public static Figure Exact(decimal t, decimal r) => t == 0
        ? ZeroTarget(r, better: r == t ? 0 : -1)
        : new(Rounding.Percent(Math.Abs(t) - Math.Abs(r - t), Math.Abs(t)), r == t, Formula.Exact, t, r);

    /// <summary>Anything between two bounds is right.</summary>
    public static Figure Range(decimal low, decimal high, decimal r)
    {
        var inside = low <= r && r <= high;
        return low <= 0
            ? new(inside ? 100 : 0, inside, Formula.NonPositiveRange, null, r, Marks.RangeBoundNotPositive)
            : inside ? new(100, Reached: true, Formula.InsideRange, null, r)
            : r < low ? new(Rounding.Percent(r, low), Reached: false, Formula.BelowRange, low, r)
            : new(Rounding.Percent(2 * high - r, high), Reached: false, Formula.AboveRange, high, r);
    }

    /// <summary>Grades and opinions by their points: more points are better.</summary>
    public static Figure Points(decimal t, decimal r)
    {
        var figure = Maximize(t, r);
        return figure.Formula == Formula.Maximize ? figure with { Formula = Formula.Points } : figure;
    }

    // No ratio to 0 exists: met is 100, missed a marked 0, and better than 0 has no figure at all.
    private static Figure ZeroTarget(decimal r, int better) => better switch
    {
        0 => new(100, Reached: true, Formula.ZeroTarget, 0, r),
        < 0 => new(0, Reached: false, Formula.ZeroTarget, 0, r, Marks.ZeroTargetMissed),
        > 0 => new(null, Reached: true, Formula.ZeroTarget, 0, r, Marks.ZeroTargetExceeded),
    };
}
