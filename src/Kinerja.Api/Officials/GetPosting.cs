namespace Kinerja.Api;

internal static class GetPosting
{
    public static void Map(RouteGroupBuilder posts) => posts.MapGet("/{id}", Handle)
        .Describe("GetPosting", "One posting: who holds a post, when, by which decree.").Returns<Document<Posting>>().Tagged()
        .Takes("recordedAt", "The document as it was held at this instant.", "2024-12-31T16:59:59Z").Reads(404);

    private static Task<IResult> Handle(
        string satker, string id, Database database, Caller caller, Instant? recordedAt, Fields fields, CancellationToken ct) =>
        Documents.Get(database, caller, DocumentKinds.Posting, satker, id, recordedAt, fields, ct);
}
