using System.Collections.Concurrent;
using System.Diagnostics;

namespace Kinerja.Api.Tests;

/// <summary>The SQL that the service sent for a request, as its driver tells it: listened to, not timed.</summary>
internal sealed class Statements : IDisposable
{
    private readonly ConcurrentDictionary<string, ConcurrentQueue<string>> sent = new();
    private readonly ActivityListener listener;

    public Statements()
    {
        listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name is "Npgsql" or "Microsoft.AspNetCore",
            Sample = (ref _) => ActivitySamplingResult.AllData,
            ActivityStopped = Hear,
        };
        ActivitySource.AddActivityListener(listener);
    }

    /// <summary>The statements behind a problem, in order.</summary>
    public string Of(Answer problem) => sent.TryGetValue((string)problem.Json["traceId"]!, out var texts) ? string.Join("\n--\n", texts) : "";

    public void Dispose() => listener.Dispose();

    private void Hear(Activity activity)
    {
        if (activity.Source.Name == "Npgsql" && activity.GetTagItem("db.query.text") is string text)
        {
            sent.GetOrAdd($"{activity.TraceId}", _ => new()).Enqueue(text);
        }
    }
}
