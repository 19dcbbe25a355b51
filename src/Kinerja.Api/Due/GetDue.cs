using System.ComponentModel.DataAnnotations;

namespace Kinerja.Api;

internal static class GetDue
{
    /// <summary>How many offices are looked at for one page, which may therefore hold fewer rows than it could.</summary>
    private const int OfficesAPage = 50;

    /// <summary>Something to be done.</summary>
    /// <param name="Satker">The office.</param>
    /// <param name="Kind">What it is: agreement, realization, budget-revision.</param>
    /// <param name="Id">Its name in the office; null when nobody has begun it.</param>
    /// <param name="Unit">The unit it belongs to; null for what belongs to the whole office.</param>
    /// <param name="Period">The period it is for; null where there is none.</param>
    /// <param name="State">due, late, returned, or waiting for a post.</param>
    /// <param name="Since">Since when it is so.</param>
    /// <param name="Until">The last day in time; null where nothing sets one.</param>
    /// <param name="Overdue">That day is over.</param>
    /// <param name="Locked">Its period is closed: nothing may be done until RI reopens it for the office.</param>
    /// <param name="Awaits">The post whose step is next; null when nobody has begun it. What awaits the caller is in /v1/me.</param>
    /// <param name="Href">The document; null when nobody has begun it.</param>
    internal sealed record DueRow(
        string Satker, [property: AllowedValues("agreement", "realization", "budget-revision")] string Kind, string? Id, string? Unit, string? Period, DueState State, DateOnly Since, DateOnly? Until, bool Overdue,
        bool Locked, string? Awaits, string? Href);

    public static void Map(RouteGroupBuilder due) => due.MapGet("/", Handle)
        .Describe("GetDue", "What is to be done: due, late, returned, waiting for a post; of an office, or of everything below it. "
            + "What awaits my own act is in /v1/me.").Returns<Page<DueRow>>().Tagged()
        .Takes("year", "The year.", "2024", required: true)
        .Takes("below", "yes: of every office below; no, or absent: the office's own.", "no")
        .Takes("unit", "Only that of this unit.", "sekretaris")
        .Takes("state", "Only what is due, late, returned, or waiting.", "late").Reads(404);

    private static async Task<IResult> Handle(
        HttpContext http, string satker, Database database, Caller caller, Links links, TimeProvider clock, Paging paging, Year year,
        OneOf<YesNo>? below, string? unit, OneOf<DueState>? state, CancellationToken ct)
    {
        var (visible, offices, things) = await database.Ask(
            caller,
            [
                Offices.NameIfVisible(satker, year.Value),
                .. DueThings.Of(satker, below?.Value == YesNo.Yes, year.Value, paging.After?.Split('/')[0] ?? "", isIncluded: true,
                    OfficesAPage, clock.GetUtcNow()),
            ],
            async answers =>
            {
                var names = await answers.Next(Offices.Name);
                var (offices, things) = await DueThings.Read(answers);
                return (names, offices, things);
            }, ct);
        if (visible is [])
        {
            return Problems.NotFound();
        }

        var rows = things
            .Where(thing => (unit is null || thing.Unit == unit) && string.CompareOrdinal(thing.Key, paging.After ?? "") > 0)
            .Select(thing => (thing.Key, Row: Row(thing, links))).Where(row => row.Row is not null && (state is null || row.Row.State == state.Value))
            .OrderBy(row => row.Key, StringComparer.Ordinal).Take(paging.Size + 1).ToList();
        var next = paging.Next(http, rows, row => row.Key)
            ?? (offices.Count > OfficesAPage ? paging.Next(http, offices[^1].Satker) : null);
        return paging.Answer(new Page<DueRow>([.. rows.Select(row => row.Row!)], next));
    }

    private static DueRow? Row(DueThing thing, Links links) => thing.Due is not { } due ? null : new DueRow(
        thing.Satker, thing.Kind, thing.Id, thing.Unit, thing.Thing.Period?.Text, due.State, due.Since, due.Until, due.IsOverdue(thing.Today),
        due.IsLocked, thing.Awaits, thing.Id is null ? null : links.Document(thing.Kind, thing.Satker, thing.Id));
}
