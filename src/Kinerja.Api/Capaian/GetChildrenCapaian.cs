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
    /// <param name="Mean">The mean over the children, weighted equally; null without any.</param>
    /// <param name="Spread">How many children stand in each category.</param>
    /// <param name="Overridden">How many lines publish another figure than the computed one.</param>
    /// <param name="Coverage">How many are expected, reported and counted, and who is missing.</param>
    /// <param name="Children">Child by child; one without an agreement at this level has none, and is not expected.</param>
    internal sealed record ChildrenCapaian(
        string Satker, int Year, string Period, AgreementLevel Level, SignOffLevel MinSignOff, DateOnly Tree, decimal? Mean,
        IReadOnlyDictionary<string, int> Spread, int Overridden, Coverage Coverage, IReadOnlyList<OfficeCapaian> Children);

    public static void Map(RouteGroupBuilder capaian) => capaian.MapGet("/children", Handle)
        .Describe("GetChildrenCapaian", "Every child and every indicator in one call: what a province dashboard shows.")
        .Returns<ChildrenCapaian>().Tagged()
        .TakesMeasurement().TakesLevel().TakesMinSignOff("accepted")
        .Reads(404);

    private static async Task<IResult> Handle(
        string satker, Database database, Caller caller, Links links, TimeProvider clock, Year year, PeriodOf? period,
        OneOf<AgreementLevel>? level, OneOf<SignOffLevel>? minSignOff, CancellationToken ct)
    {
        var asked = PeriodOf.In(year, period);
        var query = new MeasuredQuery(asked, minSignOff?.Value ?? SignOffLevel.Accepted, level?.Value ?? AgreementLevel.Ketua);
        var children = new ChildLines([], []);
        var (visible, stamp) = await database.Ask(
            caller, [Offices.NameIfVisible(satker, year.Value), Catalogue.Stamp(year.Value), Measured.OfChildren(satker, query)],
            async answers =>
            {
                var found = (await answers.Next(Offices.Name), (await answers.Next(Catalogue.Stamp))[0]);
                await answers.Next(children.Add);
                return found;
            }, ct);
        if (visible is [])
        {
            return Problems.NotFound();
        }

        return await Catalogue.Load(database, caller, year.Value, stamp, ct) is { } catalogue
            ? Found.Computed(Answer(
                satker, year.Value, asked, query, children.Offices, children.Lines, catalogue, Day.Today(clock).Date, links))
            : Problems.Of(404, "year-not-open");
    }

    /// <summary>The answer from what was read.</summary>
    public static ChildrenCapaian Answer(
        string satker, int year, Period period, MeasuredQuery query, List<(string Satker, string Name)> offices,
        List<MeasuredLine> lines, Catalogue catalogue, DateOnly today, Links links)
    {
        var bySatker = lines.ToLookup(line => line.Satker);
        var children = offices.ConvertAll(office => OfficeCapaian.Of(office.Satker, office.Name, bySatker[office.Satker], period, today, links));
        var over = children
            .Select(child => CapaianAggregate.Of(
                child.Satker, [.. child.Agreements.Select(a => a.Mean)], catalogue.Policy, child.WhyNone()))
            .Aggregate(CapaianAggregate.Identity, CapaianAggregate.Combine);
        return new ChildrenCapaian(
            satker, year, period.Text, query.Level!.Value, query.Least, period.LastDay, over.Mean, over.Spread, over.Overridden,
            new Coverage(
                over.Expected, children.Count(child => child.Agreements.Any(a => a.Lines.Any(line => line.SignOff is not null))), over.Counted,
                [.. over.Uncounted.Join(children, gap => gap.Satker, child => child.Satker,
                    (gap, child) => new MissingOffice(child.Satker, child.Name, gap.State))]), children);
    }
}
