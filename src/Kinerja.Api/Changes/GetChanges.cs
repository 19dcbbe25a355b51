using System.ComponentModel.DataAnnotations;

namespace Kinerja.Api;

internal static class GetChanges
{
    private const int Usual = 100;
    private const int Most = 500;
    private const int LongestWait = 30;

    /// <summary>So long a request looks through what its caller may not read, before it answers with how far it came.</summary>
    private static readonly TimeSpan Search = TimeSpan.FromSeconds(1);

    /// <summary>Changes in their order, and where to go on.</summary>
    /// <param name="Items">The changes the caller may read.</param>
    /// <param name="Next">What to ask for as <c>after</c>: beyond all that was looked at.</param>
    internal sealed record Changes(IReadOnlyList<CloudEvent> Items, string Next);

    public static void Map(RouteGroupBuilder changes) => changes.MapGet("/", Handle)
        .Describe("GetChanges", "What changed after a position, in one order for all, without gaps: every change of a document that "
            + "the caller may read now. Asking again with next misses nothing and tells nothing twice.").Returns<Changes>()
        .Takes("after", "next of the answer before, or now: where the feed ends. From the oldest that is kept when absent. 410 when "
            + "what follows it is no longer kept.", "now")
        .Takes("limit", "How many changes, 1 to 500; 100 when absent.", "100")
        .Takes("wait", "For how many seconds to wait for a change when there is none, at most 30; at most 20 requests of a client "
            + "wait at once.", "0")
        .Takes("satker", "Only changes of this office and those below it.", "53").Reads(410);

    private static async Task<IResult> Handle(
        HttpContext http, Database database, Caller caller, Sealer sealer, Waiting waiting, TimeProvider clock, IConfiguration configuration,
        Position? after, [Range(1, Most)] Count? limit, [Range(0, LongestWait)] Count? wait, string? satker, CancellationToken ct)
    {
        var most = limit?.Value ?? Usual;
        var patience = TimeSpan.FromSeconds(wait?.Value ?? 0);
        var kept = clock.GetUtcNow().AddDays(-configuration.GetValue("Trail:KeptDays", 400));
        var start = clock.GetTimestamp();
        var position = after is null ? null : (long?)(after.Value ?? Ledger.End);
        http.Response.Headers.CacheControl = "no-store";
        while (true)
        {
            var window = await Ledger.Changes(database, caller, position, kept, satker, most, ct);
            if (window.IsExpired)
            {
                return Problems.Of(410, "position-expired");
            }

            var left = patience - clock.GetElapsedTime(start);
            var looked = window.IsLast ? left <= TimeSpan.Zero : left + Search <= TimeSpan.Zero;
            if (window.Changes.Count > 0 || looked)
            {
                return Results.Json(
                    new Changes([.. window.Changes.Select(CloudEvent.Of)], new Position(window.Next).Text), Json.Answers);
            }

            position = window.Next;
            if (window.IsLast && !await waiting.Wait(caller, () => sealer.Beyond(window.Next, left, ct)))
            {
                return Problems.Of(429, "too-many-waiting");
            }
        }
    }
}
