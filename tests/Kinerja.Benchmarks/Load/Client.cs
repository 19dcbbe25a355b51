using System.Diagnostics;
using System.Text;
using System.Text.Json;

namespace Kinerja.Benchmarks;

/// <summary>The client's side of a load, in a process of its own: a job a line on standard input, its outcome a line on
/// standard output, until the input ends. One process for all jobs, so that it is warm.</summary>
internal static class Client
{
    public static async Task Run(TextReader jobs, TextWriter outcomes)
    {
        while (await jobs.ReadLineAsync() is { } line)
        {
            var outcome = await Do(JsonSerializer.Deserialize<Job>(line)!);
            await outcomes.WriteLineAsync(JsonSerializer.Serialize(outcome));
            await outcomes.FlushAsync();
        }
    }

    private static async Task<Outcome> Do(Job job)
    {
        var requests = job.Requests.Select(Encoding.UTF8.GetBytes).ToArray();
        var watch = new Stopwatch();
        var next = -1;
        string? failure = null;
        var failed = 0;

        async Task<List<double>> Connection()
        {
            using var wire = new Wire(new Uri(job.Url));
            await wire.Open();
            var times = new List<double>();
            for (var i = Interlocked.Increment(ref next); job.Seconds is not null || i < requests.Length; i = Interlocked.Increment(ref next))
            {
                var due = job.Over is { } over ? over * i / requests.Length : watch.Elapsed.TotalSeconds;
                if (due > watch.Elapsed.TotalSeconds)
                {
                    await Task.Delay(TimeSpan.FromSeconds(due - watch.Elapsed.TotalSeconds));
                }

                var (status, _) = await wire.Ask(requests[i % requests.Length]);
                times.Add(1000 * (watch.Elapsed.TotalSeconds - due));
                if (status is < 200 or > 299)
                {
                    Interlocked.Increment(ref failed);
                    failure ??= $"{status}";
                }

                if (watch.Elapsed.TotalSeconds >= job.Seconds)
                {
                    break;
                }
            }

            return times;
        }

        watch.Start();
        var all = (await Task.WhenAll(Enumerable.Range(0, job.Connections).Select(_ => Task.Run(Connection)))).SelectMany(t => t).Order().ToArray();
        return new Outcome(all.Length - failed, failed, watch.Elapsed.TotalSeconds, At(all, 0.5), At(all, 0.99), failure);
    }

    private static double At(double[] ordered, double share) =>
        ordered.Length == 0 ? double.NaN : ordered[Math.Min(ordered.Length - 1, (int)(share * ordered.Length))];
}
