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
            .Describe("GetReady", "The database answers, and has all that this build expects.").Returns<Health>().Problems(429);
    }

    private static async Task<IResult> Ready(Database database, CancellationToken ct)
    {
        var applied = await database.Query(Caller.Nobody, Migrator.Applied, row => new AppliedFile(row.GetString(0), row.GetString(1)), ct);
        return Schema.OfThisBuild.IsServedBy(applied)
            ? Results.Json(new Health("ok"), Json.Answers)
            : Problems.Of(503, "unavailable");
    }
}
