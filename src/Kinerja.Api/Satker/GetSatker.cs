namespace Kinerja.Api;

internal static class GetSatker
{
    public static void Map(RouteGroupBuilder offices) => offices.MapGet("/{satker}", Handle)
        .Describe("GetSatker", "One office with its units and the offices it stood under.").Returns<Document<Office>>().Tagged()
        .Takes("recordedAt", "The document as it was held at this instant.", "2024-12-31T16:59:59Z").Problems(400, 404);

    private static Task<IResult> Handle(
        string satker, Database database, Caller caller, Instant? recordedAt, Fields fields, CancellationToken ct) =>
        Documents.Get(database, caller, DocumentKinds.Office, satker, satker, recordedAt, fields, ct);
}
