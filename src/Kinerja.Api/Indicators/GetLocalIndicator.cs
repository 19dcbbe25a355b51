namespace Kinerja.Api;

internal static class GetLocalIndicator
{
    public static void Map(RouteGroupBuilder indicators) => indicators.MapGet("/{code}", Handle)
        .Describe("GetLocalIndicator", "One of an office's own indicators, and what it is mapped to.")
        .Returns<Document<LocalIndicator>>().Tagged()
        .Takes("year", "The year of the definition.", "2024", required: true)
        .Takes("recordedAt", "The definition as it was held at this instant.", "2024-12-31T16:59:59Z").Reads(404);

    private static Task<IResult> Handle(
        string satker, string code, Database database, Caller caller, Year year, Instant? recordedAt, Fields fields,
        CancellationToken ct) =>
        Documents.Get(database, caller, DocumentKinds.LocalIndicator, satker, Catalogue.Id(year.Value, code), recordedAt, fields, ct);
}
