namespace Kinerja.Api;

internal static class ListLocalIndicators
{
    public static void Map(RouteGroupBuilder indicators) => indicators.MapGet("/", Handle)
        .Describe("ListLocalIndicators", "The indicators an office has defined for itself, by year and code, and what they are mapped to.")
        .Returns<Page<LocalIndicatorRow>>().Tagged()
        .Takes("year", "Only the definitions of this year.", "2024").Reads(404);

    private static async Task<IResult> Handle(
        HttpContext http, string satker, Database database, Caller caller, Paging paging, Year? year, CancellationToken ct) =>
        paging.Answer(http, await LocalIndicators.List(database, caller, satker, year?.Value, paging, ct), row => row.Id);
}
