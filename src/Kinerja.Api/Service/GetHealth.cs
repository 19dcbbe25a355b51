namespace Kinerja.Api;

internal static class GetHealth
{
    /// <summary>How the service is.</summary>
    /// <param name="Status">ok.</param>
    internal sealed record Health(string Status);

    public static void Map(RouteGroupBuilder service)
    {
        service.MapGet("/health/live", () => Results.Json(new Health("ok"), Json.Answers))
            .Describe("GetLive", "The process answers.").Returns<Health>().Problems().WithMetadata(Unlimited.Mark);
        service.MapGet("/health/ready", Ready)
            .Describe("GetReady", "The database answers, and is of the shape this build expects.").Returns<Health>().Problems(429);
    }

    private static async Task<IResult> Ready(Database database, CancellationToken ct)
    {
        var applied = await database.Query(Caller.Nobody, Migrator.Applied, row => (row.GetString(0), row.GetString(1)), ct);
        return Schema.OfThisBuild.Is(applied.ToDictionary(StringComparer.Ordinal))
            ? Results.Json(new Health("ok"), Json.Answers)
            : Problems.Of(503, "unavailable");
    }
}
