namespace Kinerja.Api;

internal static class CountReturns
{
    /// <summary>The returns of an office's reports of a year.</summary>
    /// <param name="Satker">The office.</param>
    /// <param name="Year">The year.</param>
    /// <param name="Reports">How many reports it has, without those that were taken back.</param>
    /// <param name="Returned">How many were returned at least once, also those that were taken back afterwards.</param>
    /// <param name="Returns">How often they were returned, all together.</param>
    /// <param name="Late">How many were last submitted after their period's due day.</param>
    internal sealed record ReturnCount(string Satker, int Year, int Reports, int Returned, int Returns, int Late);

    public static void Map(RouteGroupBuilder reports) => reports.MapGet("/returns", Handle)
        .Describe("CountReturns", "How often the reports of an office were returned, and how many came late.").Returns<ReturnCount>().Tagged()
        .Takes("year", "The year.", "2024", required: true).Reads(404);

    private static async Task<IResult> Handle(string satker, Database database, Caller caller, Year year, CancellationToken ct)
    {
        var (visible, counts) = await database.Ask(
            caller, [Offices.NameIfVisible(satker, year.Value), Documents.Returns(DocumentKinds.Realization.Name, satker, year.Value)],
            async answers => (await answers.Next(Offices.Name), (await answers.Next(row => new ReturnCount(
                satker, year.Value, row.GetInt32(0), row.GetInt32(1), row.GetInt32(2), row.GetInt32(3))))[0]), ct);
        return visible is [] ? Problems.NotFound() : Found.Computed(counts);
    }
}
