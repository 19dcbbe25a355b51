namespace Kinerja.Api;

internal static class ListSights
{
    public static void Map(RouteGroupBuilder audit) => audit.MapGet("/sights", Handle)
        .Describe("ListSights", "Who read which document of an office, which version, on which day. For the heads of the office, an "
            + "inspector who sees it, and RI's period administrator. Public documents are read by anyone, and not noted.")
        .Returns<Page<SightRow>>().Tagged()
        .Takes("satker", "The office.", "5305", required: true)
        .Takes("kind", "Only documents of this kind.", "agreement")
        .Takes("id", "Only the document of this name.", "0192f7c2-5b1e-7c60-9a55-3f1f0c8f2a11").Reads(404);

    private static async Task<IResult> Handle(
        HttpContext http, OfficeOf satker, Database database, Caller caller, Paging paging, string? kind, string? id, CancellationToken ct)
    {
        if (await OfficeNow.Peek(database, caller, satker.Code, ct) is not var (actor, units))
        {
            return Problems.NotFound();
        }

        return SightRules.MaySee(actor, satker.Code, units)
            ? paging.Answer(http, await Sights.List(database, caller, satker.Code, kind, id, paging, ct), row => row.Key, row => row.Sight)
            : Refusal.Forbidden("sights-not-yours", ("satker", satker.Code), ("held", actor.HeldInWords)).ToProblem();
    }
}
