using System.Text.Json;

namespace Kinerja.Api;

internal static class CreateWebhook
{
    /// <summary>A subscription, for the contract.</summary>
    public static readonly WebhookWish Shown =
        new("https://dashboard.example/kinerja", ["id.kinerja.agreement.countersign.v1", "id.kinerja.realization.accept.v1"], "5305");

    /// <summary>A subscription and its secret, which is told once; a retry with the same key gets it again, while its caller keeps the office's webhooks.</summary>
    /// <param name="Webhook">The subscription.</param>
    /// <param name="Secret">What its deliveries are signed with: whsec_ and 32 bytes in base64.</param>
    internal sealed record WebhookWithSecret(Document<Webhook> Webhook, string Secret);

    public static void Map(RouteGroupBuilder webhooks) => webhooks.MapPost("/", Handle)
        .Describe("CreateWebhook", "Subscribes a target to the events that the office reads from now on. For its Sekretaris, RI's period "
            + "administrator, and a system client bound to it. The answer holds the secret, which is never shown again.")
        .Returns<WebhookWithSecret>(201).Writes().Shows(Shown);

    private static async Task<IResult> Handle(
        string satker, Body<WebhookWish> body, Write write, Caller caller, Database database, WebhookTargets targets,
        WebhookSettings settings, CancellationToken ct)
    {
        var wish = body.Value;
        var fault = await WebhookRoutes.WhyNoTarget(database, caller, satker, wish.Url, targets, ct);
        return await write.Run(satker, body.Hash, async session =>
        {
            if (!(await WebhookRoutes.Keeper(session, ct)).Accepts(out var keeper, out var refusal))
            {
                return refusal;
            }

            var (isBelow, others) = await Webhooks.Around(session, wish.Below, ct);
            if (!Webhook.Begin(wish, isBelow, others).Accepts(out var webhook, out var why))
            {
                return why;
            }

            if (fault is not null)
            {
                return Refusal.Broken([fault]);
            }

            var created = session.Create(
                DocumentKinds.Webhook, Guid.CreateVersion7(session.Now).ToString(), webhook, null, "create", keeper);
            var secret = WebhookSecret.New();
            Webhooks.Write(session, created);
            Webhooks.Keep(session, created.Id, secret.Bytes, settings.Rotation);
            return Answer(201, created, secret) with { Location = WebhookRoutes.Path(satker, created.Id) };
        }, ct, again: session => WebhookRoutes.WhyNotAgain(session, ct));
    }

    /// <summary>The answer that tells a secret.</summary>
    public static Reply Answer(int status, Document<Webhook> webhook, WebhookSecret secret) => new(
        status, JsonSerializer.SerializeToUtf8Bytes(new WebhookWithSecret(webhook, secret.Text), Json.Documents), ETag.Of(webhook.Version));
}
