namespace Kinerja.Domain;

/// <summary>A line of an agreement in force, with its capaian.</summary>
/// <param name="Line">Names the line in its agreement.</param>
/// <param name="Capaian">The capaian of the line.</param>
/// <param name="CarriedFrom">The year the realization was measured, when it is an earlier one.</param>
public sealed record CapaianLine(string Line, Capaian Capaian, int? CarriedFrom = null);

/// <summary>
/// The capaian of one agreement: the mean of its lines' reported two-decimal figures, overrides included, rounded
/// once, with its coverage n of m. The mean is of the printed figures, so that a reader of the report can recompute it.
/// </summary>
/// <param name="Figure">The mean in percent, 2 decimals; none when no line has a figure.</param>
/// <param name="Counted">n: the lines with a figure, carried-over and overridden ones included.</param>
/// <param name="Expected">m: the lines minus those not applicable or better than a target of 0.</param>
/// <param name="CarriedOver">How many of n carry an earlier year's realization.</param>
/// <param name="Overridden">How many of n are published instead of computed.</param>
/// <param name="Uncounted">The lines in m without a figure, by name.</param>
/// <param name="NotApplicable">The lines outside m because there was nothing to do, by name.</param>
/// <param name="ZeroTargetExceeded">The lines outside m because they are better than a target of 0, by name.</param>
public sealed record CapaianMean(
    decimal? Figure,
    int Counted,
    int Expected,
    int CarriedOver,
    int Overridden,
    IReadOnlyList<string> Uncounted,
    IReadOnlyList<string> NotApplicable,
    IReadOnlyList<string> ZeroTargetExceeded)
{
    /// <summary>The mean of an agreement's lines.</summary>
    public static CapaianMean Of(IEnumerable<CapaianLine> lines)
    {
        var all = lines.ToList();
        var counted = all.Where(line => line.Capaian.Counting == Counting.Counted).ToList();
        var uncounted = Names(all, line => line.Counting == Counting.Uncounted);
        return new CapaianMean(
            Figure: counted.Count == 0 ? null : Rounding.Two(counted.Average(line => line.Capaian.Reported!.Value)),
            Counted: counted.Count,
            Expected: counted.Count + uncounted.Count,
            CarriedOver: counted.Count(line => line.CarriedFrom is not null),
            Overridden: counted.Count(line => line.Capaian.Published is not null),
            Uncounted: uncounted,
            NotApplicable: Names(all, line => line is { Counting: Counting.LeftOut, State: not null }),
            ZeroTargetExceeded: Names(all, line => line is { Counting: Counting.LeftOut, State: null }));
    }

    private static List<string> Names(IEnumerable<CapaianLine> lines, Func<Capaian, bool> which) =>
        [.. lines.Where(line => which(line.Capaian)).Select(line => line.Line)];
}
