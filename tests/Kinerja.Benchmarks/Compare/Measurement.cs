namespace Kinerja.Benchmarks;

/// <summary>A scenario's runs on both servers, pair by pair.</summary>
internal sealed record Measurement(string Name, double Target, IReadOnlyList<(Run Api, Run Twin)> Pairs)
{
    /// <summary>The API's figure in proportion to the twin's.</summary>
    public Interval Ratio(Func<Run, double> figure) => Interval.Of([.. Pairs.Select(pair => figure(pair.Api) / figure(pair.Twin))]);

    /// <summary>Answers of either server that were not 2xx: with any, the ratios mean nothing.</summary>
    public int Failed => Pairs.Sum(pair => pair.Api.Failed + pair.Twin.Failed);

    public double MedianOfApi(Func<Run, double> figure) => Median(Pairs.Select(pair => figure(pair.Api)));

    public double MedianOfTwin(Func<Run, double> figure) => Median(Pairs.Select(pair => figure(pair.Twin)));

    private static double Median(IEnumerable<double> figures)
    {
        var ordered = figures.Order().ToArray();
        return (ordered[(ordered.Length - 1) / 2] + ordered[ordered.Length / 2]) / 2;
    }
}
