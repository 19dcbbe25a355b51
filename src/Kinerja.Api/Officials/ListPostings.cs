namespace Kinerja.Api;

internal static class ListPostings
{
    public static void Map(RouteGroupBuilder posts) => posts.MapGet("/", Handle)
        .Describe("ListPostings", "Who holds which post of an office, and when.").Returns<Page<PostingRow>>().Tagged()
        .Takes("asOf", "Only those held on this day; all when absent.", "2024-06-30").Reads(404);

    private static async Task<IResult> Handle(
        HttpContext http, string satker, Database database, Caller caller, Paging paging, Day? asOf, CancellationToken ct)
    {
        var rows = await database.Query(caller, PostingRows.List(satker, asOf?.Date, paging), PostingRows.Read, ct);
        return paging.Answer(http, rows, row => row.Id);
    }
}
