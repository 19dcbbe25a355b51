namespace Kinerja.Api;

internal static class ReplayWebhook
{
    /// <summary>From where.</summary>
    /// <param name="After">A position of the feed (<c>next</c> of /v1/changes): everything that follows it is sent again.</param>
    internal sealed record ReplayBody(string After);

    public static void Map(RouteGroupBuilder webhooks) => webhooks.MapPost("/{id}/replay", Handle)
        .Describe("ReplayWebhook", "Sends everything again that followed a position of the feed, and that the subscription gets as it is "
            + "now, in the same order and under the same webhook-id: who keeps those misses nothing and does nothing twice.")
        .Returns<Document<Webhook>>().Writes().Shows(new ReplayBody(new Position(17).Text));

    private static Task<IResult> Handle(
        string satker, string id, IfMatch seen, Body<ReplayBody> body, Write write, WebhookSettings settings, CancellationToken ct) =>
        write.Run(satker, body.Hash, async session =>
        {
            if (!(await WebhookRoutes.Load(session, id, seen.Version, ct)).Accepts(out var loaded, out var refusal))
            {
                return refusal;
            }

            var (stored, keeper) = loaded;
            if (stored.Content.State == WebhookState.Ended)
            {
                return Refusal.Conflict("webhook-ended");
            }

            if (Position.Read(body.Value.After)?.Value is not { } after)
            {
                return Refusal.Broken([Fault.At("/after", "not-a-position")]);
            }

            if (!await Webhooks.Replay(session, id, after, session.Now - settings.FeedKept, ct))
            {
                return Refusal.Broken([Fault.At("/after", "position-expired")]);
            }

            return Reply.Ok(session.Revise(DocumentKinds.Webhook, stored, stored, "replay", keeper));
        }, ct);
}
