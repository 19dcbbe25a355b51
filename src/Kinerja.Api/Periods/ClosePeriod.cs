namespace Kinerja.Api;

internal static class ClosePeriod
{
    public static void Map(RouteGroupBuilder periods) => periods.MapPost("/{period}/closings", Handle)
        .Describe("ClosePeriod", "Closes a period: every report of it is locked as it stands, reopened ones too. Takes no body.")
        .Returns<Document<PeriodWindow>>().Writes();

    private static Task<IResult> Handle(int year, string period, IfMatch seen, Write write, CancellationToken ct) =>
        PeriodRoutes.Change(write, year, period, seen.Version, bodyHash: "", "close", async (session, window) =>
            window.Close(session.Actor.Subject, hasApproved: await Periods.HasApproved(session, period, ct)), ct);
}
