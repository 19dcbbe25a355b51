namespace Kinerja.Api;

internal static class ListRealizations
{
    public static void Map(RouteGroupBuilder reports) => reports.MapGet("/", Handle)
        .Describe("ListRealizations", "The realization reports of an office.").Returns<Page<DocumentRow>>().Tagged()
        .Takes("year", "Only those of this year.", "2024")
        .Takes("unit", "Only those of this unit.", "sekretaris")
        .Takes("period", "Only those for this period.", "2024-T1")
        .Takes("state", "Only those that stand here: draft, submitted, verified, approved, accepted, revoked.", "submitted").Reads(404);

    private static async Task<IResult> Handle(
        HttpContext http, string satker, Database database, Caller caller, Paging paging, Year? year, string? unit, PeriodOf? period,
        OneOf<State>? state, CancellationToken ct) =>
        paging.Answer(http, await database.Query(
            caller, Documents.List(DocumentKinds.Realization.Name, satker, year?.Value, unit, period?.Period.Text, state?.Word, paging),
            row => DocumentRow.Read(DocumentKinds.Realization.Name, satker, row), ct), row => row.Id);
}
