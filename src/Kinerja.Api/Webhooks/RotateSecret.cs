namespace Kinerja.Api;

internal static class RotateSecret
{
    public static void Map(RouteGroupBuilder webhooks) => webhooks.MapPost("/{id}/secret", Handle)
        .Describe("RotateSecret", "Makes a new secret, which only this answer holds. For a day deliveries carry the signatures of both, "
            + "the new one's first.").Returns<CreateWebhook.WebhookWithSecret>().Writes();

    private static Task<IResult> Handle(
        string satker, string id, IfMatch seen, Write write, WebhookSettings settings, CancellationToken ct) =>
        write.Run(satker, bodyHash: "", async session =>
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

            var next = session.Revise(DocumentKinds.Webhook, stored, stored, "rotate", keeper);
            var secret = WebhookSecret.New();
            Webhooks.Keep(session, id, secret.Bytes, settings.Rotation);
            return CreateWebhook.Answer(200, next, secret);
        }, ct, again: session => WebhookRoutes.WhyNotAgain(session, ct));
}
