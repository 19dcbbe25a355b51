namespace Kinerja.Api;

internal static class ChangeWebhook
{
    public static void Map(RouteGroupBuilder webhooks) => webhooks.MapPut("/{id}", Handle)
        .Describe("ChangeWebhook", "Changes a subscription: its target, what it gets, and whether it is active, paused (events wait) or "
            + "ended (for good). The secret stays.")
        .Returns<Document<Webhook>>().Writes().Shows(CreateWebhook.Shown with { State = WebhookState.Paused });

    private static async Task<IResult> Handle(
        string satker, string id, IfMatch seen, Body<WebhookWish> body, Write write, Caller caller, Database database,
        WebhookTargets targets, CancellationToken ct)
    {
        // Nobody is kept from pausing or ending what sends to a target that became none.
        var wish = body.Value;
        var fault = wish.State == WebhookState.Active
            ? await WebhookRoutes.WhyNoTarget(database, caller, satker, wish.Url, targets, ct) : null;
        return await write.Run(satker, body.Hash, async session =>
        {
            if (!(await WebhookRoutes.Load(session, id, seen.Version, ct)).Accepts(out var loaded, out var refusal))
            {
                return refusal;
            }

            var (stored, keeper) = loaded;
            var (isBelow, _) = await Webhooks.Around(session, wish.Below, ct);
            if (!stored.Content.Change(wish, isBelow).Accepts(out var webhook, out var why))
            {
                return why;
            }

            if (fault is not null)
            {
                return Refusal.Broken([fault]);
            }

            var act = webhook.State == stored.Content.State ? "change"
                : webhook.State == WebhookState.Active ? "resume" : webhook.State == WebhookState.Paused ? "pause" : "end";
            var next = session.Revise(DocumentKinds.Webhook, stored, stored with { Content = webhook }, act, keeper);
            Webhooks.Write(session, next);
            return Reply.Ok(next);
        }, ct);
    }
}
