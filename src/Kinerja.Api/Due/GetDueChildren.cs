namespace Kinerja.Api;

internal static class GetDueChildren
{
    /// <summary>How much is to be done in an office.</summary>
    /// <param name="Satker">The office.</param>
    /// <param name="Name">Its name.</param>
    /// <param name="Due">To be prepared and submitted, in time.</param>
    /// <param name="Late">The same, after the last day in time.</param>
    /// <param name="Returned">Given back, to be mended.</param>
    /// <param name="Waiting">Waiting for the next step.</param>
    /// <param name="Overdue">How many of the late and the returned are past their last day.</param>
    /// <param name="Oldest">Since when the oldest of all is so; null when nothing is to be done.</param>
    /// <param name="Href">What it is, one by one.</param>
    internal sealed record DueOffice(
        string Satker, string Name, int Due, int Late, int Returned, int Waiting, int Overdue, DateOnly? Oldest, string Href);

    public static void Map(RouteGroupBuilder due) => due.MapGet("/children", Handle)
        .Describe("GetDueChildren", "How much is due, late, returned and waiting in every office below, office by office.")
        .Returns<Page<DueOffice>>().Tagged()
        .Takes("year", "The year.", "2024", required: true).Reads(404);

    private static async Task<IResult> Handle(
        HttpContext http, string satker, Database database, Caller caller, Links links, TimeProvider clock, Paging paging, Year year,
        CancellationToken ct)
    {
        var (visible, offices, things) = await database.Ask(
            caller,
            [
                Offices.NameIfVisible(satker, year.Value),
                .. DueThings.Of(satker, below: true, year.Value, paging.After ?? "", isIncluded: false, paging.Size, clock.GetUtcNow()),
            ],
            async answers =>
            {
                var names = await answers.Next(Offices.Name);
                var (offices, things) = await DueThings.Read(answers);
                return (names, offices, things.ToLookup(thing => thing.Satker));
            }, ct);
        return visible is []
            ? Problems.NotFound()
            : paging.Answer(http, offices, office => office.Satker, office => Row(office, things[office.Satker], year.Value, links));
    }

    private static DueOffice Row((string Satker, string Name) office, IEnumerable<DueThing> things, int year, Links links)
    {
        var due = (from thing in things
                   let one = thing.Due
                   where one is not null
                   select (one.State, one.Since, IsOverdue: one.IsOverdue(thing.Today))).ToList();
        int Count(DueState state) => due.Count(one => one.State == state);
        return new DueOffice(
            office.Satker, office.Name, Count(DueState.Due), Count(DueState.Late), Count(DueState.Returned), Count(DueState.Waiting),
            due.Count(one => one.IsOverdue), due.Count == 0 ? null : due.Min(one => one.Since),
            $"{links.Root}/v1/satker/{office.Satker}/due?year={year}");
    }
}
