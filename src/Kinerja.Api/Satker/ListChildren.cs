namespace Kinerja.Api;

internal static class ListChildren
{
    public static void Map(RouteGroupBuilder offices) => offices.MapGet("/{satker}/children", Handle)
        .Describe("ListChildren", "The offices directly below, as the tree is or was on a day.")
        .Returns<Page<SatkerRow>>().Tagged()
        .Takes("asOf", "The day whose tree is meant; today when absent.", "2022-06-30").Problems(400, 404);

    private static async Task<IResult> Handle(
        HttpContext http, string satker, Database database, Caller caller, Paging paging, TimeProvider clock, Day? asOf,
        CancellationToken ct)
    {
        var (exists, rows) = await database.Ask(caller,
            [OfficeRows.Exists(satker), OfficeRows.List(satker, level: null, (asOf ?? Day.Today(clock)).Date, paging)],
            async answers => (await answers.Next(row => row.GetBoolean(0)), await answers.Next(OfficeRows.Read)), ct);
        return exists[0] ? paging.Answer(http, rows, row => row.Satker) : Problems.NotFound();
    }
}
