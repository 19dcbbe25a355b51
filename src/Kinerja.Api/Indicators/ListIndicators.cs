namespace Kinerja.Api;

internal static class ListIndicators
{
    public static void Map(RouteGroupBuilder indicators) => indicators.MapGet("/", Handle)
        .Describe("ListIndicators", "The national catalogue, by year and code.").Returns<Page<IndicatorRow>>().Tagged()
        .Takes("year", "Only the definitions of this year.", "2024").Problems(400);

    private static async Task<IResult> Handle(
        HttpContext http, Database database, Caller caller, Paging paging, Year? year, CancellationToken ct)
    {
        var rows = await database.Query(caller, IndicatorRows.List(year?.Value, paging), IndicatorRows.Read, ct);
        return paging.Answer(http, rows, row => row.Id, row => row.Row);
    }
}
