namespace Kinerja.Api;

internal static class GetRealization
{
    public static void Map(RouteGroupBuilder reports) => reports.MapGet("/{id}", Handle)
        .Describe("GetRealization", "One realization report, whole: what was reached, and the signatures on it.")
        .Returns<Document<Realization>>().Tagged()
        .Takes("recordedAt", "The document as it was held at this instant.", "2024-12-31T16:59:59Z").Reads(404);

    private static Task<IResult> Handle(
        string satker, string id, Database database, Caller caller, Instant? recordedAt, Fields fields, CancellationToken ct) =>
        Documents.Get(database, caller, DocumentKinds.Realization, satker, id, recordedAt, fields, ct);
}
