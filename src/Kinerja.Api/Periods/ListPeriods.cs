namespace Kinerja.Api;

internal static class ListPeriods
{
    /// <summary>The window of a period in a list.</summary>
    /// <param name="Period">The period.</param>
    /// <param name="Version">The present version of its window.</param>
    /// <param name="Opens">The first day on which reports are taken.</param>
    /// <param name="Due">The last day on which a submission is in time.</param>
    /// <param name="Closed">Its reports are locked, but for offices it was reopened for.</param>
    /// <param name="Href">The window, with its reopenings.</param>
    internal sealed record WindowRow(string Period, int Version, DateOnly Opens, DateOnly Due, bool Closed, string Href);

    public static void Map(RouteGroupBuilder periods) => periods.MapGet("/", Handle)
        .Describe("ListPeriods", "The windows of a year's periods. A period without one is open.")
        .Returns<Page<WindowRow>>().Tagged().Problems(400);

    private static async Task<IResult> Handle(
        HttpContext http, int year, Database database, Caller caller, Links links, Paging paging, CancellationToken ct) =>
        paging.Answer(http, await Periods.List(database, caller, year, paging, ct), window => window.Id, window => new WindowRow(
            window.Content.Period, window.Version, window.Content.Opens, window.Content.Due, window.Content.ClosedBy is not null,
            links.Document(window.Kind, window.Satker, window.Id)));
}
