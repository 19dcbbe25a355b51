namespace Kinerja.Api;

internal static class ListGrants
{
    /// <summary>A grant in a list.</summary>
    /// <param name="Id">Its name in the office.</param>
    /// <param name="Version">Its present version.</param>
    /// <param name="Nphd">The number of its agreement.</param>
    /// <param name="Date">Its date.</param>
    /// <param name="Amount">The whole grant, in whole rupiah.</param>
    /// <param name="Grantor">Who grants it.</param>
    /// <param name="TakenOver">From which published document it was copied; null when it was not.</param>
    /// <param name="ContentHash">The hash of its content.</param>
    /// <param name="RecordedAt">When it last changed.</param>
    internal sealed record RegisteredGrant(
        string Id, int Version, string Nphd, DateOnly Date, long Amount, string Grantor, TakenOver? TakenOver, string ContentHash,
        DateTimeOffset RecordedAt);

    public static void Map(RouteGroupBuilder grants) => grants.MapGet("/", Handle)
        .Describe("ListGrants", "The grants of an office; its budgets tell what was used of each.").Returns<Page<RegisteredGrant>>().Tagged()
        .Reads(404);

    private static async Task<IResult> Handle(
        HttpContext http, string satker, Database database, Caller caller, Paging paging, CancellationToken ct) =>
        paging.Answer(http, await database.Query(
            caller, Budgets.Grants(satker, paging.After ?? "", paging.Size + 1), Budgets.Document<Grant>, ct), grant => grant.Id, Row);

    private static RegisteredGrant Row(Document<Grant> grant) => new(
        grant.Id, grant.Version, grant.Content.Nphd, grant.Content.Date, grant.Content.Amount, grant.Content.Grantor, grant.Content.TakenOver,
        grant.ContentHash, grant.RecordedAt);
}
