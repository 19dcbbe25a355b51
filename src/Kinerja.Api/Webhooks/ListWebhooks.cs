namespace Kinerja.Api;

internal static class ListWebhooks
{
    public static void Map(RouteGroupBuilder webhooks) => webhooks.MapGet("/", Handle)
        .Describe("ListWebhooks", "The subscriptions of an office, and how their deliveries go.").Returns<Page<WebhookRow>>().Tagged().Reads(404);

    private static async Task<IResult> Handle(
        HttpContext http, string satker, Database database, Caller caller, Paging paging, CancellationToken ct) =>
        paging.Answer(http, await Webhooks.List(database, caller, satker, paging, ct), row => row.Id);
}
