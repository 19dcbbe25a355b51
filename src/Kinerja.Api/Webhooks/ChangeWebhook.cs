namespace Kinerja.Api;

internal static class ChangeWebhook
{
    public static void Map(RouteGroupBuilder webhooks) => webhooks.MapPut("/{id}", Handle)
        .Describe("ChangeWebhook", "Changes a subscription: its target, what it gets, and whether it is active, paused (events wait) or "
            + "ended (for good). The secret stays.")
        .Returns<Document<Webhook>>().Writes().Shows(CreateWebhook.Shown with { State = WebhookState.Paused });

    private static Task<IResult> Handle(
        string satker, string id, IfMatch seen, Body<WebhookWish> body, Write write, WebhookTargets targets, CancellationToken ct) =>
        write.Run(satker, body.Hash, async session =>
        {
            var wish = body.Value;
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

            // Nobody is kept from pausing or ending what sends to a target that became none.
            if (webhook.State == WebhookState.Active && await targets.WhyNot(wish.Url, ct) is { } fault)
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
