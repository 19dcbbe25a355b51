namespace Kinerja.Api;

internal static class GetWebhook
{
    public static void Map(RouteGroupBuilder webhooks) => webhooks.MapGet("/{id}", Handle)
        .Describe("GetWebhook", "One subscription; its secret is never shown again.").Returns<Document<Webhook>>().Tagged()
        .Takes("recordedAt", "The document as it was held at this instant.", "2024-12-31T16:59:59Z").Reads(404);

    private static Task<IResult> Handle(
        string satker, string id, Database database, Caller caller, Instant? recordedAt, Fields fields, CancellationToken ct) =>
        Documents.Get(database, caller, DocumentKinds.Webhook, satker, id, recordedAt, fields, ct);
}
