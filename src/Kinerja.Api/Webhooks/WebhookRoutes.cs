namespace Kinerja.Api;

/// <summary>Subscriptions of an office: the events that it reads, sent to a target and signed.</summary>
internal static class WebhookRoutes
{
    public static void Map(RouteGroupBuilder v1)
    {
        var webhooks = v1.MapGroup("/satker/{satker}/webhooks").WithTags("Webhooks");
        ListWebhooks.Map(webhooks);
        CreateWebhook.Map(webhooks);
        GetWebhook.Map(webhooks);
        ChangeWebhook.Map(webhooks);
        ListAttempts.Map(webhooks);
        ReplayWebhook.Map(webhooks);
        TestWebhook.Map(webhooks);
        RotateSecret.Map(webhooks);
    }

    public static string Path(string satker, string id) => Links.PathOf(DocumentKinds.Webhook.Name, satker, id);

    /// <summary>The post for which the caller keeps the office's webhooks.</summary>
    public static async Task<Decision<Post>> Keeper(DocumentSession session, CancellationToken ct) =>
        await OfficeNow.Load(session, ct) is { } office
            ? Webhook.Keeper(session.Actor, session.Satker, office.Units, Offices.Ri)
            : Refusal.NotFound();

    /// <summary>Why an answer that holds a secret is not told again: its caller keeps the office's webhooks no longer.</summary>
    public static async Task<Refusal?> WhyNotAgain(DocumentSession session, CancellationToken ct) =>
        (await Keeper(session, ct)).Accepts(out _, out var refusal) ? null : refusal;

    /// <summary>Why a URL is no target now. Asked before the transaction, so that a resolver that hangs holds no connection and no
    /// lock; and only for who keeps the office's webhooks: for nobody else is a name looked up.</summary>
    public static async Task<Fault?> WhyNoTarget(
        Database database, Caller caller, string satker, string url, WebhookTargets targets, CancellationToken ct) =>
        await OfficeNow.Peek(database, caller, satker, ct) is var (actor, units)
            && Webhook.Keeper(actor, satker, units, Offices.Ri).Accepts(out _, out _)
            ? await targets.WhyNot(url, ct)
            : null;

    /// <summary>The subscription and the post that acts upon it, when the caller may and saw its present version.</summary>
    public static async Task<Decision<(Document<Webhook> Stored, Post Keeper)>> Load(
        DocumentSession session, string id, int? seen, CancellationToken ct)
    {
        if (await session.Load(DocumentKinds.Webhook, id, ct) is not { } stored)
        {
            return Refusal.NotFound();
        }

        return !(await Keeper(session, ct)).Accepts(out var keeper, out var refusal) ? refusal
            : IfMatch.WhyNot(seen, stored.Version) is { } stale ? stale
            : (stored, keeper);
    }
}
