namespace Kinerja.Api;

internal static class TestWebhook
{
    /// <summary>Tests of one subscription that may wait at once.</summary>
    private const int MostWaiting = 10;

    /// <summary>A test event on its way.</summary>
    /// <param name="Event">The event as it is sent.</param>
    /// <param name="MessageId">The webhook-id under which it is sent: how it went stands among the attempts.</param>
    internal sealed record TestSent(CloudEvent Event, string MessageId);

    public static void Map(RouteGroupBuilder webhooks) => webhooks.MapPost("/{id}/test", Handle)
        .Describe("TestWebhook", "Sends an event of the type id.kinerja.webhook.test.v1, to a paused subscription too. It changes nothing.")
        .Returns<TestSent>().Writes();

    private static Task<IResult> Handle(string satker, string id, Write write, CancellationToken ct) =>
        write.Run(satker, bodyHash: "", async session =>
        {
            if (!(await WebhookRoutes.Load(session, id, seen: null, ct)).Accepts(out var loaded, out var refusal))
            {
                return refusal;
            }

            var (stored, keeper) = loaded;
            if (stored.Content.State == WebhookState.Ended)
            {
                return Refusal.Conflict("webhook-ended");
            }

            if (await Webhooks.Tests(session, id, ct) >= MostWaiting)
            {
                return Refusal.Conflict("tests-waiting");
            }

            var said = new SealedChange(satker, 0, stored.Kind, id, stored.Version, null, "test", $"{keeper}", stored.ContentHash, session.Now);
            var test = CloudEvent.Of(said) with { Id = $"test.{Guid.CreateVersion7(session.Now)}" };
            Webhooks.Enqueue(session, id, test.Id, Json.Bytes(test));
            return Reply.Computed(new TestSent(test, Webhooks.MessageId(id, test.Id)));
        }, ct);
}
