using System.ComponentModel.DataAnnotations;
using System.Text.RegularExpressions;

namespace Kinerja.Domain;

/// <summary>Whether events are sent, from most to least.</summary>
public enum WebhookState
{
    /// <summary>Events are sent.</summary>
    Active,

    /// <summary>Events wait: nothing is lost, and nothing is sent but tests.</summary>
    Paused,

    /// <summary>Nothing is sent any more; there is no way back.</summary>
    Ended,
}

/// <summary>Why the service stopped sending by itself.</summary>
public enum StopReason
{
    /// <summary>Nothing arrived for days: paused.</summary>
    Failing,

    /// <summary>The target answered that it is gone (410): ended.</summary>
    Gone,
}

/// <summary>When the service stopped sending by itself, and why.</summary>
/// <param name="Reason">Why.</param>
/// <param name="At">When.</param>
public sealed record Stopped(StopReason Reason, DateTimeOffset At);

/// <summary>What a person or a system says of a subscription.</summary>
/// <param name="Url">Where events are sent to: https, and no address inside a private network.</param>
/// <param name="Types">Only events of these types, as the feed names them; all when empty.</param>
/// <param name="Below">Only events of this office and those below it; of all that the office reads when absent.</param>
/// <param name="State">Whether events are sent; active when absent.</param>
public sealed record WebhookWish(
    [property: StringLength(2000, MinimumLength = 1)] string Url,
    [property: Length(0, 100)] IReadOnlyList<string> Types,
    [property: StringLength(20, MinimumLength = 1)] string? Below = null,
    WebhookState State = WebhookState.Active);

/// <summary>
/// A subscription of an office: the events that it reads are sent to a target, signed (Standard Webhooks 1.0). Its secret stands
/// elsewhere, and is told once.
/// </summary>
/// <param name="Url">Where events are sent to.</param>
/// <param name="Types">Only events of these types; all when empty.</param>
/// <param name="State">Whether events are sent.</param>
/// <param name="Below">Only events of this office and those below it.</param>
/// <param name="Stopped">That the service stopped sending by itself; absent when it did not.</param>
public sealed record Webhook(string Url, IReadOnlyList<string> Types, WebhookState State, string? Below = null, Stopped? Stopped = null)
{
    /// <summary>How many subscriptions an office may have at most, ended ones aside.</summary>
    public const int Most = 20;

    private const string TypePattern = @"\Aid\.kinerja\.[a-z]+(-[a-z]+)*\.[a-z]+(-[a-z]+)*\.v1\z";

    /// <summary>
    /// The post for which the actor sets up what leaves an office: its Sekretaris, who answers for its systems; RI's period
    /// administrator; and a system client bound to the office.
    /// </summary>
    public static Decision<Post> Keeper(Actor actor, string satker, Units units, string ri) => actor.MustHold(
        [new(satker, units.Secretariat.Code), new(ri, Post.PeriodAdministrator), new(satker, Post.SystemClient)]);

    /// <summary>A new subscription.</summary>
    /// <param name="wish">What it is to be.</param>
    /// <param name="isBelow">Whether the office it is limited to is the subscriber, or stands below it.</param>
    /// <param name="others">How many the office has that are not ended.</param>
    public static Decision<Webhook> Begin(WebhookWish wish, bool isBelow, int others)
    {
        var faults = Check(wish, isBelow).ToList();
        return faults.Count > 0 ? Refusal.Broken(faults)
            : others >= Most ? Refusal.Conflict("too-many-webhooks", ("most", $"{Most}"))
            : new Webhook(wish.Url, wish.Types, wish.State, wish.Below);
    }

    /// <summary>The subscription as it is wanted from now on. What has ended stays so; whoever sets it going again, or leaves it
    /// paused, has seen why it was stopped.</summary>
    public Decision<Webhook> Change(WebhookWish wish, bool isBelow)
    {
        var faults = Check(wish, isBelow).ToList();
        return State == WebhookState.Ended ? Refusal.Conflict("webhook-ended")
            : faults.Count > 0 ? Refusal.Broken(faults)
            : new Webhook(wish.Url, wish.Types, wish.State, wish.Below);
    }

    /// <summary>The subscription after the service has stopped it; none when it is stopped already.</summary>
    public Webhook? Stop(StopReason reason, DateTimeOffset at)
    {
        var state = reason == StopReason.Gone ? WebhookState.Ended : WebhookState.Paused;
        return State >= state ? null : this with { State = state, Stopped = new Stopped(reason, at) };
    }

    private static IEnumerable<Fault> Check(WebhookWish wish, bool isBelow)
    {
        for (var i = 0; i < wish.Types.Count; i++)
        {
            if (!Regex.IsMatch(wish.Types[i], TypePattern))
            {
                yield return Fault.At($"/types/{i}", "bad-format", ("pattern", TypePattern));
            }
        }

        if (wish.Below is { } below && !isBelow)
        {
            yield return Fault.At("/below", "office-not-below", ("satker", below));
        }
    }
}
