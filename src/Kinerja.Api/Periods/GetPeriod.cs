namespace Kinerja.Api;

internal static class GetPeriod
{
    public static void Map(RouteGroupBuilder periods) => periods.MapGet("/{period}", Handle)
        .Describe("GetPeriod", "The window of one period: from when reports are taken, until when in time, and whether it is closed.")
        .Returns<Document<PeriodWindow>>().Tagged()
        .Takes("recordedAt", "The window as it was held at this instant.", "2024-12-31T16:59:59Z").Problems(400, 404);

    private static Task<IResult> Handle(
        int year, string period, Database database, Caller caller, Instant? recordedAt, Fields fields, CancellationToken ct) =>
        Period.Parse(period)?.Year == year
            ? Documents.Get(database, caller, DocumentKinds.Period, Offices.Ri, period, recordedAt, fields, ct)
            : Task.FromResult(Problems.NotFound());
}
