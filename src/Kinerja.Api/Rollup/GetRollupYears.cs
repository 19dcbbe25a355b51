namespace Kinerja.Api;

internal static class GetRollupYears
{
    /// <summary>One roll-up of an office in some years.</summary>
    /// <param name="Satker">The office above.</param>
    /// <param name="Indicator">The indicator that is rolled up.</param>
    /// <param name="MinSignOff">The least level the results have been signed for.</param>
    /// <param name="RecordedAt">The instant whose knowledge was used; null for now.</param>
    /// <param name="Years">Year by year, each by the tree of its last day unless another day is named.</param>
    internal sealed record RollupOfYears(
        string Satker, string Indicator, SignOffLevel MinSignOff, DateTimeOffset? RecordedAt, IReadOnlyList<YearOfRollup> Years);

    /// <summary>One year.</summary>
    /// <param name="Year">The year.</param>
    /// <param name="Definition">The indicator as its catalogue defines it; null when it does not.</param>
    /// <param name="Rollup">The roll-up; null when the indicator does not roll up in that year, or nothing is below.</param>
    internal sealed record YearOfRollup(int Year, YearDefinition? Definition, GetRollup.RollupRow? Rollup);

    public static void Map(RouteGroupBuilder rollup) => rollup.MapGet("/{indicator}/years", Handle)
        .Describe("GetRollupYears", "A roll-up in some years side by side, and what changed in its indicator's definition.")
        .Returns<RollupOfYears>().Tagged()
        .TakesYears().TakesMinSignOff("accepted").TakesTimes().Reads(403, 404);

    private static async Task<IResult> Handle(
        string satker, string indicator, Database database, Caller caller, Links links, TimeProvider clock, Year from, Year to,
        OneOf<SignOffLevel>? minSignOff, Day? asOf, Instant? recordedAt, CancellationToken ct)
    {
        var (least, years) = (minSignOff?.Value ?? SignOffLevel.Accepted, YearSpan.Of(from, to));
        var periods = years.Select(year => Period.Parse($"{year}")!).ToList();
        if (asOf is not null || recordedAt is not null)
        {
            return await Then(
                satker, indicator, database, caller, links, await Deadlines.Load(database, caller, years[0], years[^1], clock.GetUtcNow(), ct), least,
                periods.ConvertAll(period => (period, Times.Of(period, asOf, recordedAt))), ct);
        }

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
        return Found.Computed(Answer(satker, indicator, least, null, periods, catalogues, rows));
    }

    /// <summary>By the tree of another day, or as it was held at an instant: five years at most, one after another.</summary>
    private static async Task<IResult> Then(
        string satker, string indicator, Database database, Caller caller, Links links, Deadlines deadlines, SignOffLevel least,
        List<(Period Period, Times Times)> years, CancellationToken ct)
    {
        var read = await database.Ask(
            caller,
            [.. years.SelectMany(year => (Sql[])[
                Offices.NameIfVisible(satker, year.Period.Year), Measured.BeyondReach(satker, year.Period.Year, year.Times)])],
            async answers =>
            {
                var found = new List<(bool IsVisible, bool IsBeyond)>();
                foreach (var _ in years)
                {
                    found.Add(((await answers.Next(Offices.Name)).Count > 0, (await answers.Next(row => row.GetBoolean(0)))[0]));
                }

                return found;
            }, ct);
        if (!read.Exists(year => year.IsVisible))
        {
            return Problems.NotFound();
        }

        if (read.Exists(year => year is { IsVisible: true, IsBeyond: true }))
        {
            return Problems.Of(403, "tree-beyond-reach");
        }

        var (catalogues, rows) = (new List<Catalogue?>(), new List<GetRollup.RollupRow?>());
        foreach (var ((period, times), (isVisible, _)) in years.Zip(read))
        {
            var catalogue = times.RecordedAt is { } then
                ? await Catalogue.LoadThen(database, caller, period.Year, then, ct)
                : await Catalogue.Load(database, caller, period.Year, ct);
            catalogues.Add(catalogue);
            rows.Add(isVisible && catalogue is not null
                && (await GetRollup.Folded(
                    database, caller, new RollupQuestion(satker, period, least, times, deadlines, catalogue, links), indicator,
                    withChildren: false, ct)).Items is [var row] ? row : null);
        }

        return Found.Computed(Answer(
            satker, indicator, least, years[0].Times.RecordedAt, years.ConvertAll(year => year.Period), catalogues, rows));
    }

    private static RollupOfYears Answer(
        string satker, string indicator, SignOffLevel least, DateTimeOffset? recordedAt, IEnumerable<Period> years,
        IEnumerable<Catalogue?> catalogues, IEnumerable<GetRollup.RollupRow?> rows) => new(
            satker, indicator, least, recordedAt,
            [
                .. years.Zip(YearDefinition.Of(catalogues, indicator), rows)
                    .Select(year => new YearOfRollup(year.First.Year, year.Second, year.Third)),
            ]);
}
