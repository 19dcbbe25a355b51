using System.Globalization;

namespace Kinerja.Api;

internal static class ListAttempts
{
    public static void Map(RouteGroupBuilder webhooks) => webhooks.MapGet("/{id}/attempts", Handle)
        .Describe("ListAttempts", "The tries to deliver events of a subscription, the latest first: what the target answered, and what "
            + "follows. Kept for 30 days.").Returns<Page<AttemptRow>>().Tagged().Reads(404);

    private static async Task<IResult> Handle(
        HttpContext http, string satker, string id, Database database, Caller caller, Paging paging, CancellationToken ct) =>
        await Webhooks.Attempts(database, caller, satker, id, paging.AfterNumber(), paging.Size + 1, ct) is { } attempts
            ? paging.Answer(http, attempts, attempt => attempt.Number.ToString(CultureInfo.InvariantCulture))
            : Problems.NotFound();
}
