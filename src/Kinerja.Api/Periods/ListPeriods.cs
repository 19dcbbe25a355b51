namespace Kinerja.Api;

internal static class ListPeriods
{
    public static void Map(RouteGroupBuilder periods) => periods.MapGet("/", Handle)
        .Describe("ListPeriods", "The windows of a year's periods. A period without one is open.")
        .Returns<Page<Document<PeriodWindow>>>().Tagged().Problems(400);

    private static async Task<IResult> Handle(
        HttpContext http, int year, Database database, Caller caller, Paging paging, CancellationToken ct) =>
        paging.Answer(http, await Periods.List(database, caller, year, paging, ct), window => window.Id);
}
