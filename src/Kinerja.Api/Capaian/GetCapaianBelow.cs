namespace Kinerja.Api;

internal static class GetCapaianBelow
{
    /// <summary>The capaian of everything below an office at one agreement level.</summary>
    /// <param name="Satker">The office above.</param>
    /// <param name="Year">The year of measurement.</param>
    /// <param name="Period">The period.</param>
    /// <param name="Level">The agreement level; levels are never mixed.</param>
    /// <param name="MinSignOff">The least level the results have been signed for.</param>
    /// <param name="Tree">The day whose tree was used.</param>
    /// <param name="RecordedAt">The instant whose knowledge was used; null for now.</param>
    /// <param name="Mean">The mean over the offices, weighted equally: sum by n, rounded once; null without any.</param>
    /// <param name="Sum">The sum of the offices' printed figures.</param>
    /// <param name="N">How many offices have a figure.</param>
    /// <param name="Spread">How many offices stand in each category.</param>
    /// <param name="Expected">Offices with an agreement at this level.</param>
    /// <param name="Reported">Those with a report at the level asked for.</param>
    /// <param name="Overridden">How many lines are published instead of computed.</param>
    /// <param name="Offices">Where the offices are listed with their figures, page by page.</param>
    internal sealed record CapaianOfAllBelow(
        string Satker, int Year, string Period, AgreementLevel Level, SignOffLevel MinSignOff, DateOnly Tree,
        DateTimeOffset? RecordedAt, decimal? Mean, decimal Sum, int N, IReadOnlyDictionary<string, int> Spread, int Expected, int Reported, int Overridden, string Offices);

    public static void Map(RouteGroupBuilder capaian) => capaian.MapGet("/below", Handle)
        .Describe("GetCapaianBelow", "Capaian over all offices below: the mean over offices, its spread and its coverage, without their names.")
        .Returns<CapaianOfAllBelow>().Tagged()
        .TakesMeasurement().TakesLevel().TakesMinSignOff("accepted").TakesTimes().Reads(403, 404);

    private static async Task<IResult> Handle(
        string satker, Database database, Caller caller, Links links, TimeProvider clock, Year year, PeriodOf? period,
        OneOf<AgreementLevel>? level, OneOf<SignOffLevel>? minSignOff, Day? asOf, Instant? recordedAt, CancellationToken ct)
    {
        var asked = PeriodOf.In(year, period);
        var query = new MeasuredQuery(
            asked, minSignOff?.Value ?? SignOffLevel.Accepted, level?.Value ?? AgreementLevel.Ketua, Times.Of(asked, asOf, recordedAt));
        if (!query.Times.AreUsual(asked))
        {
            var (held, deadlines, no) = await MeasuredYear.Open(database, caller, satker, asked, query.Times, clock.GetUtcNow(), ct);
            return held is null ? no! : Found.Computed(Answer(satker, query, CapaianBelow.Alike(
                await CapaianBelow.Folded(database, caller, satker, query, held, deadlines, links, ct)), held.Policy, links));
        }

        var (visible, stamp, groups) = await database.Ask(
            caller, [Offices.NameIfVisible(satker, year.Value), Catalogue.Stamp(year.Value), CapaianBelow.Sums(satker, query)],
            async answers => (await answers.Next(Offices.Name), (await answers.Next(Catalogue.Stamp))[0], await answers.Next(CapaianBelow.Alike)), ct);
        if (visible is [])
        {
            return Problems.NotFound();
        }

        return await Catalogue.Load(database, caller, year.Value, stamp, ct) is { } catalogue
            ? Found.Computed(Answer(satker, query, groups, catalogue.Policy, links))
            : MeasuredYear.NotOpen;
    }

    private static CapaianOfAllBelow Answer(
        string satker, MeasuredQuery query, List<AlikeOffices> groups, Policy policy, Links links)
    {
        var over = groups.Select(alike => CapaianAggregate.Alike(alike.Figure, alike.Offices, alike.Overridden, policy))
            .Aggregate(CapaianAggregate.Identity, CapaianAggregate.Combine);
        return new CapaianOfAllBelow(
            satker, query.Period.Year, query.Period.Text, query.Level!.Value, query.Least, query.Times.Tree, query.Times.RecordedAt,
            over.Mean, over.Sum, over.Counted, over.Spread, over.Expected, groups.Sum(alike => alike.Reported), over.Overridden, links.OfficesBelow(satker, query));
    }
}
