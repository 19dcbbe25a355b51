namespace Kinerja.Api;

internal static class ListChildren
{
    public static void Map(RouteGroupBuilder offices) => offices.MapGet("/{satker}/children", Handle)
        .Describe("ListChildren", "The offices directly below, as the tree is or was on a day.")
        .Returns<Page<ListSatker.SatkerRow>>().Tagged()
        .Takes("asOf", "The day whose tree is meant; today when absent.", "2022-06-30").Problems(400, 404);

    private static async Task<IResult> Handle(
        HttpContext http, string satker, Database database, Caller caller, Paging paging, TimeProvider clock, Day? asOf,
        CancellationToken ct) =>
        await database.Query(caller, new Sql("select 1 from office where satker = $1", satker), _ => 0, ct) is []
            ? Problems.NotFound()
            : await ListSatker.Rows(http, database, caller, paging, satker, level: null, asOf ?? Day.Today(clock), ct);
}
