namespace Kinerja.Benchmarks;

/// <summary>A ratio over pairs of runs: the geometric mean, and the 95 % interval of a seeded bootstrap over the pairs.</summary>
internal sealed record Interval(double Middle, double Low, double High)
{
    private const int Draws = 10_000;

    public static Interval Of(IReadOnlyList<double> ratios)
    {
        var logs = ratios.Select(ratio => Math.Log(ratio)).ToArray();
        var dice = new Dice(seed: 1, "bootstrap");
        var means = new double[Draws];
        for (var draw = 0; draw < Draws; draw++)
        {
            var sum = 0.0;
            for (var i = 0; i < logs.Length; i++)
            {
                sum += logs[dice.Below(logs.Length)];
            }

            means[draw] = Math.Exp(sum / logs.Length);
        }

        Array.Sort(means);
        return new Interval(Math.Exp(logs.Average()), means[(int)(0.025 * Draws)], means[(int)(0.975 * Draws)]);
    }
}
