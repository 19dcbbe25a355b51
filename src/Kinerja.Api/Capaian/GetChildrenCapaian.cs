namespace Kinerja.Api;

internal static class GetChildrenCapaian
{
    /// <summary>The results of every child, in one call.</summary>
    /// <param name="Satker">The office above.</param>
    /// <param name="Year">The year of measurement.</param>
    /// <param name="Period">The period.</param>
    /// <param name="Level">The agreement level; levels are never mixed.</param>
    /// <param name="MinSignOff">The least level the results have been signed for.</param>
    /// <param name="Tree">The day whose tree was used.</param>
    /// <param name="RecordedAt">The instant whose knowledge was used; null for now.</param>
    /// <param name="Mean">The mean over the children, weighted equally; null without any.</param>
    /// <param name="Spread">How many children stand in each category.</param>
    /// <param name="Overridden">How many lines publish another figure than the computed one.</param>
    /// <param name="Coverage">How many are expected, reported and counted, and who is missing.</param>
    /// <param name="Children">Child by child; one without an agreement at this level has none, and is not expected.</param>
    internal sealed record ChildrenCapaian(
        string Satker, int Year, string Period, AgreementLevel Level, SignOffLevel MinSignOff, DateOnly Tree, DateTimeOffset? RecordedAt,
        decimal? Mean, IReadOnlyDictionary<string, int> Spread, int Overridden, Coverage Coverage, IReadOnlyList<OfficeCapaian> Children);

    public static void Map(RouteGroupBuilder capaian) => capaian.MapGet("/children", Handle)
        .Describe("GetChildrenCapaian", "Every child and every indicator in one call: what a province dashboard shows.")
        .Returns<ChildrenCapaian>().Tagged()
        .TakesMeasurement().TakesLevel().TakesMinSignOff("accepted").TakesTimes().Reads(404);

    private static async Task<IResult> Handle(
        string satker, Database database, Caller caller, Links links, TimeProvider clock, Year year, PeriodOf? period,
        OneOf<AgreementLevel>? level, OneOf<SignOffLevel>? minSignOff, Day? asOf, Instant? recordedAt, CancellationToken ct)
    {
        var asked = PeriodOf.In(year, period);
        var query = new MeasuredQuery(
            asked, minSignOff?.Value ?? SignOffLevel.Accepted, level?.Value ?? AgreementLevel.Ketua, Times.Of(asked, asOf, recordedAt));
        return query.Times.AreUsual(asked)
            ? await Now(satker, database, caller, links, clock, query, ct)
            : await Then(satker, database, caller, links, clock, query, ct);
    }

    /// <summary>As it is now, in one round trip.</summary>
    private static async Task<IResult> Now(
        string satker, Database database, Caller caller, Links links, TimeProvider clock, MeasuredQuery query, CancellationToken ct)
    {
        var year = query.Period.Year;
        var children = new ChildLines([], []);
        var (visible, stamp, deadlines) = await database.Ask(
            caller,
            [
                Offices.NameIfVisible(satker, year), Catalogue.Stamp(year), .. Deadlines.Ask(year, clock.GetUtcNow()),
                Measured.OfChildren(satker, query),
            ],
            async answers =>
            {
                var found = (await answers.Next(Offices.Name), (await answers.Next(Catalogue.Stamp))[0], await Deadlines.Read(answers));
                await answers.Next(row => children.Add(row, Measured.Line));
                return found;
            }, ct);
        if (visible is [])
        {
            return Problems.NotFound();
        }

        return await Catalogue.Load(database, caller, year, stamp, ct) is { } catalogue
            ? Found.Computed(Answer(satker, query, children.Offices, children.Lines, catalogue, deadlines, links))
            : MeasuredYear.NotOpen;
    }

    /// <summary>By the tree of another day, or as it was held at an instant.</summary>
    private static async Task<IResult> Then(
        string satker, Database database, Caller caller, Links links, TimeProvider clock, MeasuredQuery query, CancellationToken ct)
    {
        var (catalogue, deadlines, no) = await MeasuredYear.Open(database, caller, satker, query.Period, query.Times, clock.GetUtcNow(), ct);
        if (catalogue is null)
        {
            return no!;
        }

        var children = await Measured.OfOffices(database, caller, Measured.OfChildren(satker, query), query, catalogue, ct);
        return Found.Computed(Answer(satker, query, children.Offices, children.Lines, catalogue, deadlines, links));
    }

    /// <summary>The answer from what was read.</summary>
    public static ChildrenCapaian Answer(
        string satker, MeasuredQuery query, List<(string Satker, string Name)> offices,
        List<MeasuredLine> lines, Catalogue catalogue, Deadlines deadlines, Links links)
    {
        var bySatker = lines.ToLookup(line => line.Satker);
        var children = offices.ConvertAll(office => OfficeCapaian.Of(office.Satker, office.Name, bySatker[office.Satker], query, deadlines, links));
        var over = children
            .Select(child => CapaianAggregate.Of(
                child.Satker, [.. child.Agreements.Select(a => a.Mean)], catalogue.Policy, child.WhyNone()))
            .Aggregate(CapaianAggregate.Identity, CapaianAggregate.Combine);
        return new ChildrenCapaian(
            satker, query.Period.Year, query.Period.Text, query.Level!.Value, query.Least, query.Times.Tree, query.Times.RecordedAt,
            over.Mean, over.Spread, over.Overridden,
            new Coverage(
                over.Expected, children.Count(child => child.HasReport()), over.Counted,
                [.. over.Uncounted.Join(children, gap => gap.Satker, child => child.Satker,
                    (gap, child) => new MissingOffice(child.Satker, child.Name, gap.State))]), children);
    }
}
