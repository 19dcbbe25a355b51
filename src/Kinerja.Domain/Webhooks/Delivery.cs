namespace Kinerja.Domain;

/// <summary>Where a delivery stands.</summary>
public enum DeliveryState
{
    /// <summary>To be sent, for the first time or again.</summary>
    Waiting,

    /// <summary>The target took it.</summary>
    Delivered,

    /// <summary>The last try failed; only a replay brings it again.</summary>
    GivenUp,
}

/// <summary>How a try ended.</summary>
/// <param name="Status">What the target answered; none when it did not.</param>
/// <param name="Error">Why it did not answer.</param>
/// <param name="RetryAfter">When it asks to be tried again (Retry-After).</param>
public sealed record Tried(int? Status, string? Error = null, TimeSpan? RetryAfter = null);

/// <summary>What follows from a try.</summary>
/// <param name="State">Where the delivery stands since.</param>
/// <param name="NextAt">When it is tried again.</param>
/// <param name="IsGone">The target is gone: its subscription ends.</param>
public sealed record AfterTry(DeliveryState State, DateTimeOffset? NextAt, bool IsGone = false);

/// <summary>How long an event is tried to be delivered (Standard Webhooks 1.0: ten tries in about three days).</summary>
public static class Delivering
{
    /// <summary>The waits between the tries: 75 hours 35 minutes together.</summary>
    public static readonly IReadOnlyList<TimeSpan> Waits =
    [
        TimeSpan.FromSeconds(5), TimeSpan.FromMinutes(5), TimeSpan.FromMinutes(30), TimeSpan.FromHours(2), TimeSpan.FromHours(5),
        TimeSpan.FromHours(10), TimeSpan.FromHours(14), TimeSpan.FromHours(20), TimeSpan.FromHours(24),
    ];

    /// <summary>No target is waited for longer than this, whatever it asks for.</summary>
    private static readonly TimeSpan LongestWait = TimeSpan.FromDays(1);

    /// <summary>What follows from a try. Only an answer of 2xx is a delivery; a redirection is none, and not followed.</summary>
    /// <param name="attempt">Which try it was, from 1.</param>
    /// <param name="tried">How it ended.</param>
    /// <param name="now">When it ended.</param>
    /// <param name="waits">The waits between the tries.</param>
    /// <param name="jitter">0 to 1000: how much of a fifth the wait is longer, so that not all come at once.</param>
    public static AfterTry Decide(int attempt, Tried tried, DateTimeOffset now, IReadOnlyList<TimeSpan> waits, int jitter)
    {
        if (tried.Status is >= 200 and < 300)
        {
            return new AfterTry(DeliveryState.Delivered, null);
        }

        if (tried.Status == 410)
        {
            return new AfterTry(DeliveryState.GivenUp, null, IsGone: true);
        }

        if (attempt > waits.Count)
        {
            return new AfterTry(DeliveryState.GivenUp, null);
        }

        var wait = waits[attempt - 1];
        wait += new TimeSpan(wait.Ticks / 5 / 1000 * jitter);
        if (tried is { Status: 429 or 503, RetryAfter: { } asked } && asked > wait)
        {
            wait = asked < LongestWait ? asked : LongestWait;
        }

        return new AfterTry(DeliveryState.Waiting, now + wait);
    }

    /// <summary>Whether a subscription is paused because nothing arrived for so long.</summary>
    public static bool IsPaused(DateTimeOffset? failingSince, DateTimeOffset now, TimeSpan patience) =>
        failingSince is { } since && now - since >= patience;
}
