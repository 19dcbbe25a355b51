using System.Globalization;

namespace Kinerja.Benchmarks;

/// <summary>The evening of a deadline: every office submits within one minute, each by its own accounts, against how
/// long a submission takes when nobody else does.</summary>
internal static class Deadline
{
    private const int Quiet = 40;
    private const int MostAtOnce = 64;

    public static async Task<string> Run(Server api, LoadClient client, Scenarios scenarios, Pace pace)
    {
        var alone = await client.Do(new Job(api.Url, await scenarios.Acts(Act.Submit, State.Draft, Quiet), Connections: 1));
        var all = await scenarios.OfTheCountry();
        var evening = await client.Do(new Job(api.Url, all, MostAtOnce, Over: pace.DeadlineSeconds));
        return string.Create(CultureInfo.InvariantCulture, $"""
            deadline: {evening.Done + evening.Failed} offices in {evening.Seconds:0.0} s, {evening.Failed} failed {evening.FirstFailure}
              p50 {evening.P50:0.0} ms, p99 {evening.P99:0.0} ms; alone p50 {alone.P50:0.0} ms; p99 is {evening.P99 / alone.P50:0.0} times the quiet median
            """);
    }
}
