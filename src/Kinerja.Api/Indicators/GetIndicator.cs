namespace Kinerja.Api;

internal static class GetIndicator
{
    public static void Map(RouteGroupBuilder indicators) => indicators.MapGet("/{code}", Handle)
        .Describe("GetIndicator", "One indicator as the catalogue of a year defines it.").Returns<Document<Indicator>>().Tagged()
        .Takes("year", "The year of the catalogue.", "2024", required: true)
        .Takes("recordedAt", "The definition as it was held at this instant.", "2024-12-31T16:59:59Z").Problems(400, 404);

    private static Task<IResult> Handle(
        string code, Database database, Caller caller, Year year, Instant? recordedAt, Fields fields, CancellationToken ct) =>
        Documents.Get(database, caller, DocumentKinds.Indicator, Offices.Ri, Catalogue.Id(year.Value, code),
            recordedAt, fields, ct);
}
