namespace Kinerja.Api;

internal static class ListAgreements
{
    public static void Map(RouteGroupBuilder agreements) => agreements.MapGet("/", Handle)
        .Describe("ListAgreements", "The agreements of an office.").Returns<Page<DocumentRow>>().Tagged()
        .Takes("year", "Only those of this year.", "2024")
        .Takes("unit", "Only those of this unit.", "sekretaris")
        .Takes("state", "Only those that stand here: draft, signed, in-force, superseded, revoked.", "in-force").Reads();

    private static async Task<IResult> Handle(
        HttpContext http, string satker, Database database, Caller caller, Paging paging, Year? year, string? unit,
        OneOf<State>? state, CancellationToken ct) =>
        paging.Answer(http, await Documents.List(
            database, caller, DocumentKinds.Agreement.Name, satker, year?.Value, unit, period: null, state?.Word, paging, ct), row => row.Id);
}
