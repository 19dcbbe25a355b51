namespace Kinerja.Api;

internal static class ListGrants
{
    public static void Map(RouteGroupBuilder grants) => grants.MapGet("/", Handle)
        .Describe("ListGrants", "The grants of an office; its budgets tell what was used of each.").Returns<Page<Document<Grant>>>().Tagged().Reads();

    private static async Task<IResult> Handle(
        HttpContext http, string satker, Database database, Caller caller, Paging paging, CancellationToken ct) =>
        paging.Answer(http, await database.Query(
            caller, Budgets.Grants(satker, paging.After ?? "", paging.Size + 1), Budgets.Document<Grant>, ct), grant => grant.Id);
}
