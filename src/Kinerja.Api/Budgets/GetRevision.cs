namespace Kinerja.Api;

internal static class GetRevision
{
    public static void Map(RouteGroupBuilder budgets) => budgets.MapGet("/{year:int}/revisions/{number:int}", Handle)
        .Describe("GetRevision", "One state of the DIPA, whole: what it states, and the signatures on it.")
        .Returns<Document<BudgetRevision>>().Tagged()
        .Takes("recordedAt", "The document as it was held at this instant.", "2024-12-31T16:59:59Z").Reads(404);

    private static Task<IResult> Handle(
        string satker, int year, int number, Database database, Caller caller, Instant? recordedAt, Fields fields, CancellationToken ct) =>
        Documents.Get(database, caller, DocumentKinds.BudgetRevision, satker, BudgetRevision.IdOf(year, number), recordedAt, fields, ct);
}
