namespace Kinerja.Api;

internal static class GetPolicy
{
    public static void Map(RouteGroupBuilder policy) => policy.MapGet("/", Handle)
        .Describe("GetPolicy", "Cap, floor, categories and scales by which the figures of a year are computed.")
        .Returns<Document<Policy>>().Tagged()
        .Takes("recordedAt", "The policy as it was held at this instant.", "2024-12-31T16:59:59Z").Problems(400, 404);

    private static Task<IResult> Handle(
        int year, Database database, Caller caller, Instant? recordedAt, Fields fields, CancellationToken ct) =>
        Documents.Get(database, caller, DocumentKinds.Policy, Offices.Ri, $"{year}", recordedAt, fields, ct);
}
