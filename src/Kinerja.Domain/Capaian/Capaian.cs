namespace Kinerja.Domain;

/// <summary>
/// The realization of one line against its target, in percent. The computed figures are always the formula's; where
/// the office publishes another one, both stand side by side.
/// </summary>
/// <param name="Raw">The computed figure, rounded once to 2 decimals; none when nothing can be computed.</param>
/// <param name="Reported">The printed figure: the published one, else the raw one, within floor and cap.</param>
/// <param name="Category">The category of the published figure, else of the raw one, before floor and cap.</param>
/// <param name="Reached">The target is reached, judged on recorded values; none when they cannot be compared.</param>
/// <param name="Unrounded">The computed figure with ten decimals, to be shown and never computed with.</param>
/// <param name="Formula">The formula used; none when nothing was computed.</param>
/// <param name="T">The number the formula took as target: value, bound or points.</param>
/// <param name="R">The number the formula took as realization: value or points.</param>
/// <param name="State">Why there is no realization; none when there is one.</param>
/// <param name="Counting">How the line stands in the mean of its agreement.</param>
/// <param name="Marks">What a reader must know: codes of <see cref="Kinerja.Domain.Marks"/>.</param>
/// <param name="Policy">Version of the policy it was computed with.</param>
/// <param name="Published">The figure the office publishes instead of the computed one, in percent.</param>
/// <param name="ComputedReported">Beside a published figure: the raw one within floor and cap.</param>
/// <param name="ComputedCategory">Beside a published figure: the category of the raw one.</param>
public sealed record Capaian(
    decimal? Raw,
    decimal? Reported,
    string? Category,
    bool? Reached,
    decimal? Unrounded,
    Formula? Formula,
    decimal? T,
    decimal? R,
    Absence? State,
    Counting Counting,
    IReadOnlyList<string> Marks,
    string Policy,
    decimal? Published = null,
    decimal? ComputedReported = null,
    string? ComputedCategory = null)
{
    /// <summary>The computed figure, as it stood before a published one took its place.</summary>
    public Capaian AsComputed() => Published is null ? this : this with
    {
        Published = null,
        Reported = ComputedReported,
        Category = ComputedCategory,
        ComputedReported = null,
        ComputedCategory = null,
        Counting = CountingOf(Raw, State, Marks),
    };

    /// <summary>The mark that says why nothing can be computed from what is stated; none when something is, or the realization is absent.</summary>
    public string? WhyNone() => Raw is null && State is null ? Marks.FirstOrDefault(Kinerja.Domain.Marks.ForNoFigure.Contains) : null;

    /// <summary>How a line with a computed figure, or without one, stands in the mean.</summary>
    internal static Counting CountingOf(decimal? raw, Absence? state, IReadOnlyList<string> marks) =>
        raw is not null ? Counting.Counted
        : state == Absence.NotApplicable || marks.Contains(Kinerja.Domain.Marks.ZeroTargetExceeded) ? Counting.LeftOut
        : Counting.Uncounted;
}

/// <summary>How a line stands in the n of m of its agreement.</summary>
public enum Counting
{
    /// <summary>It has a reported figure: in n and in m.</summary>
    Counted,

    /// <summary>It should have a figure and has none: in m only.</summary>
    Uncounted,

    /// <summary>Not applicable, or better than a target of 0: in neither.</summary>
    LeftOut,
}
