using System.Globalization;

namespace Kinerja.Benchmarks;

/// <summary>Measurements as an aligned text.</summary>
internal static class Report
{
    private static readonly string[] Heads =
    [
        "endpoint", "api/s", "twin/s", "throughput [95 %]", "p50 ms", "twin", "p50 [95 %]", "p99 ms", "twin", "p99 [95 %]",
        "CPU µs", "twin", "PG µs", "twin", "CPU in all [95 %]", "KB/req", "twin", "MB", "twin", "goal",
    ];

    public static string Of(IEnumerable<Measurement> measurements)
    {
        List<string[]> rows = [Heads, .. measurements.Select(Row)];
        var widths = Heads.Select((_, column) => rows.Max(row => row[column].Length)).ToArray();
        return string.Join('\n', rows.Select(row => string.Join("  ",
            row.Select((cell, column) => column == 0 ? cell.PadRight(widths[column]) : cell.PadLeft(widths[column])))));
    }

    private static string[] Row(Measurement one)
    {
        var throughput = one.Ratio(run => run.Throughput);
        var cost = one.Ratio(run => 1 / (run.Cpu + run.DatabaseCpu));
        return
        [
            one.Name, Number(one.MedianOfApi(run => run.Throughput)), Number(one.MedianOfTwin(run => run.Throughput)), Text(throughput),
            .. Times(one, run => run.P50), .. Times(one, run => run.P99),
            .. Both(one, run => run.Cpu), .. Both(one, run => run.DatabaseCpu), Text(cost), .. Both(one, run => run.Allocated),
            .. Both(one, run => run.Resident),
            one.Failed > 0 ? $"{one.Failed} FAILED" : Number(one.Target) + Verdict([throughput, cost], one.Target),
        ];
    }

    /// <summary>A goal is missed when an interval lies below it, and met when none reaches below it.</summary>
    private static string Verdict(IReadOnlyList<Interval> ratios, double target) =>
        ratios.Any(ratio => ratio.High < target) ? " MISSED" : ratios.All(ratio => ratio.Low >= target) ? " met" : " open";

    private static string[] Times(Measurement one, Func<Run, double> figure) =>
        [.. Both(one, figure), Text(one.Ratio(figure))];

    private static string[] Both(Measurement one, Func<Run, double> figure) =>
        [Number(one.MedianOfApi(figure)), Number(one.MedianOfTwin(figure))];

    private static string Text(Interval ratio) =>
        string.Create(CultureInfo.InvariantCulture, $"{ratio.Middle:0.00} [{ratio.Low:0.00}–{ratio.High:0.00}]");

    private static string Number(double number) => number.ToString(
        Math.Abs(number) switch { >= 100 => "0", >= 10 => "0.0", _ => "0.00" }, CultureInfo.InvariantCulture);
}
