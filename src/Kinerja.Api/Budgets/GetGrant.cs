namespace Kinerja.Api;

internal static class GetGrant
{
    public static void Map(RouteGroupBuilder grants) => grants.MapGet("/{id}", Handle)
        .Describe("GetGrant", "One grant, as it is stated.").Returns<Document<Grant>>().Tagged()
        .Takes("recordedAt", "The document as it was held at this instant.", "2024-12-31T16:59:59Z").Reads(404);

    private static Task<IResult> Handle(
        string satker, string id, Database database, Caller caller, Instant? recordedAt, Fields fields, CancellationToken ct) =>
        Documents.Get(database, caller, DocumentKinds.Grant, satker, id, recordedAt, fields, ct);
}
