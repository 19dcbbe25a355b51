namespace Kinerja.Api;

internal static class ListSatker
{
    public static void Map(RouteGroupBuilder offices) => offices.MapGet("/", Handle)
        .Describe("ListSatker", "The offices, as the tree is or was on a day.").Returns<Page<SatkerRow>>().Tagged()
        .Takes("parent", "Only the direct children of this office.", "53")
        .Takes("level", "Only this level: ri, provinsi, kabupaten-kota.", "provinsi")
        .Takes("asOf", "The day whose tree is meant; today when absent.", "2022-06-30")
        .Problems(400);

    private static async Task<IResult> Handle(
        HttpContext http, Database database, Caller caller, Paging paging, TimeProvider clock, OneOf<OfficeLevel>? level, Day? asOf,
        string? parent, CancellationToken ct)
    {
        var rows = await database.Query(
            caller, OfficeRows.List(parent, level?.Value, (asOf ?? Day.Today(clock)).Date, paging), OfficeRows.Read, ct);
        return paging.Answer(http, rows, row => row.Satker);
    }
}
