namespace Kinerja.Api;

internal static class GetSpendingDocument
{
    public static void Map(RouteGroupBuilder budgets) => budgets.MapGet("/{year:int}/realizations/{id}", Handle)
        .Describe("GetSpendingDocument", "One statement of what was spent, as it was stated.").Returns<Document<Spending>>().Tagged().Reads(404);

    private static Task<IResult> Handle(
        string satker, int year, string id, Database database, Caller caller, Fields fields, CancellationToken ct) =>
        Documents.Get(database, caller, DocumentKinds.Spending, satker, id, recordedAt: null, fields, ct);
}
