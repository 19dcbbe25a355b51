namespace Kinerja.Api;

internal static class GetRollupYears
{
    /// <summary>One roll-up of an office in some years.</summary>
    /// <param name="Satker">The office above.</param>
    /// <param name="Indicator">The indicator that is rolled up.</param>
    /// <param name="MinSignOff">The least level the results have been signed for.</param>
    /// <param name="Years">Year by year, each by the tree of its last day.</param>
    internal sealed record RollupOfYears(string Satker, string Indicator, SignOffLevel MinSignOff, IReadOnlyList<YearOfRollup> Years);

    /// <summary>One year.</summary>
    /// <param name="Year">The year.</param>
    /// <param name="Definition">The indicator as its catalogue defines it; null when it does not.</param>
    /// <param name="Rollup">The roll-up; null when the indicator does not roll up in that year, or nothing is below.</param>
    internal sealed record YearOfRollup(int Year, YearDefinition? Definition, GetRollup.RollupRow? Rollup);

    public static void Map(RouteGroupBuilder rollup) => rollup.MapGet("/{indicator}/years", Handle)
        .Describe("GetRollupYears", "A roll-up in some years side by side, and what changed in its indicator's definition.")
        .Returns<RollupOfYears>().Tagged()
        .TakesYears().TakesMinSignOff("accepted").Reads(404);

    private static async Task<IResult> Handle(
        string satker, string indicator, Database database, Caller caller, Links links, TimeProvider clock, Year from, Year to,
        OneOf<SignOffLevel>? minSignOff, CancellationToken ct)
    {
        var (least, years) = (minSignOff?.Value ?? SignOffLevel.Accepted, YearSpan.Of(from, to));
        var periods = years.Select(year => Period.Parse($"{year}")!).ToList();
        var (deadlines, read) = await database.Ask(
            caller,
            [.. Deadlines.Ask(years[0], years[^1], clock.GetUtcNow()), .. periods.SelectMany(period => (Sql[])[
                Offices.NameIfVisible(satker, period.Year), Catalogue.Stamp(period.Year),
                .. KeptRollups.Ask(satker, period, least, indicator)])],
            async answers =>
            {
                var deadlines = await Deadlines.Read(answers);
                var found = new List<(bool IsVisible, (long, long) Stamp, RollupRead Kept)>();
                foreach (var _ in periods)
                {
                    found.Add((
                        (await answers.Next(Offices.Name)).Count > 0, (await answers.Next(Catalogue.Stamp))[0],
                        await KeptRollups.Read(answers)));
                }

                return (deadlines, found);
            }, ct);
        if (!read.Exists(year => year.IsVisible))
        {
            return Problems.NotFound();
        }

        var catalogues = new List<Catalogue?>();
        foreach (var (period, (_, stamp, _)) in periods.Zip(read))
        {
            catalogues.Add(await Catalogue.Load(database, caller, period.Year, stamp, ct));
        }

        var rows = periods.Zip(catalogues, read).Select(year => year.Second is { } catalogue
            && GetRollup.Answer(
                new RollupQuestion(satker, year.First, least, new Times(year.First.LastDay, null), deadlines, catalogue, links), year.Third.Kept,
                leaves: null).Items is [var row] ? row : null);
        return Found.Computed(new RollupOfYears(satker, indicator, least,
            [.. years.Zip(YearDefinition.Of(catalogues, indicator), rows).Select(year => new YearOfRollup(year.First, year.Second, year.Third))]));
    }
}
