namespace Kinerja.Api;

internal static class GetAgreement
{
    public static void Map(RouteGroupBuilder agreements) => agreements.MapGet("/{id}", Handle)
        .Describe("GetAgreement", "One agreement, whole: what is promised, and the signatures on it.").Returns<Document<Agreement>>().Tagged()
        .Takes("recordedAt", "The document as it was held at this instant.", "2024-12-31T16:59:59Z").Reads(404);

    private static Task<IResult> Handle(
        string satker, string id, Database database, Caller caller, Instant? recordedAt, Fields fields, CancellationToken ct) =>
        Documents.Get(database, caller, DocumentKinds.Agreement, satker, id, recordedAt, fields, ct);
}
