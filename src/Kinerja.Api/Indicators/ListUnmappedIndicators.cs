namespace Kinerja.Api;

internal static class ListUnmappedIndicators
{
    public static void Map(RouteGroupBuilder indicators) => indicators.MapGet("/unmapped", Handle)
        .Describe("ListUnmappedIndicators", "The indicators that offices have defined for themselves and RI has not mapped yet, of the "
            + "offices the caller sees: they roll up into nothing.")
        .Returns<Page<UnmappedIndicator>>().Tagged()
        .Takes("year", "Only the definitions of this year.", "2024").Reads();

    private static async Task<IResult> Handle(
        HttpContext http, Database database, Caller caller, Links links, Paging paging, Year? year, CancellationToken ct) =>
        paging.Answer(http, await database.Query(
            caller, LocalIndicators.Unmapped(year?.Value, paging), row => LocalIndicators.Unmapped(row, links), ct), LocalIndicators.Key);
}
