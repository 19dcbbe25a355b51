namespace Kinerja.Api;

internal static class GetCapaianYears
{
    /// <summary>One indicator of an office in some years.</summary>
    /// <param name="Satker">The office.</param>
    /// <param name="Indicator">The indicator.</param>
    /// <param name="Level">The agreement level; levels are never mixed.</param>
    /// <param name="MinSignOff">The least level the results have been signed for.</param>
    /// <param name="Years">Year by year.</param>
    internal sealed record CapaianOfYears(
        string Satker, string Indicator, AgreementLevel Level, SignOffLevel MinSignOff, IReadOnlyList<YearOfCapaian> Years);

    /// <summary>One year.</summary>
    /// <param name="Year">The year.</param>
    /// <param name="Definition">The indicator as its catalogue defines it; null when it does not.</param>
    /// <param name="Lines">The office's lines that stand for it, or for an own one that is mapped to it; none when no agreement in
    /// force has any.</param>
    internal sealed record YearOfCapaian(int Year, YearDefinition? Definition, IReadOnlyList<CapaianRow> Lines);

    public static void Map(RouteGroupBuilder capaian) => capaian.MapGet("/years", Handle)
        .Describe("GetCapaianYears", "Years side by side: target, realization and capaian of one indicator, and what changed in its definition.")
        .Returns<CapaianOfYears>().Tagged()
        .Takes("indicator", "The indicator.", "SP.02", required: true)
        .TakesYears().TakesLevel().TakesMinSignOff("taken-over").Reads(404);

    private static async Task<IResult> Handle(
        string satker, string? indicator, Database database, Caller caller, Links links, TimeProvider clock, Year from, Year to,
        OneOf<AgreementLevel>? level, OneOf<SignOffLevel>? minSignOff, CancellationToken ct)
    {
        if (indicator is not { Length: > 0 })
        {
            throw new BadRequest(400, [Fault.At("", "missing-parameter", ("parameter", "indicator"), ("expected", "SP.02"))]);
        }

        var (at, least, years) = (level?.Value ?? AgreementLevel.Ketua, minSignOff?.Value ?? SignOffLevel.TakenOver, YearSpan.Of(from, to));
        var queries = years.Select(year => new MeasuredQuery(Period.Parse($"{year}")!, least, at)).ToList();
        var (deadlines, read) = await database.Ask(
            caller,
            [.. Deadlines.Ask(years[0], years[^1], clock.GetUtcNow()), .. queries.SelectMany(query => (Sql[])[
                Offices.NameIfVisible(satker, query.Period.Year), Catalogue.Stamp(query.Period.Year), Measured.OfOffice(satker, query),
                LocalIndicators.Of(satker, query.Period.Year)])],
            async answers =>
            {
                var deadlines = await Deadlines.Read(answers);
                var found = new List<(bool IsVisible, (long, long) Stamp, List<MeasuredLine> Lines, List<LocalIndicator> Local)>();
                foreach (var _ in queries)
                {
                    found.Add((
                        (await answers.Next(Offices.Name)).Count > 0, (await answers.Next(Catalogue.Stamp))[0],
                        await answers.Next(Measured.Line), await answers.Next(LocalIndicators.Read)));
                }

                return (deadlines, found);
            }, ct);
        if (!read.Exists(year => year.IsVisible))
        {
            return Problems.NotFound();
        }

        var catalogues = new List<Catalogue?>();
        foreach (var (query, (_, stamp, _, local)) in queries.Zip(read))
        {
            catalogues.Add((await Catalogue.Load(database, caller, query.Period.Year, stamp, ct))?.With(local));
        }

        return Found.Computed(new CapaianOfYears(satker, indicator, at, least,
        [
            .. queries.Zip(read, catalogues).Zip(YearDefinition.Of(catalogues, indicator)).Select(one => new YearOfCapaian(
                one.First.First.Period.Year, one.Second,
                [
                    .. one.First.Second.Lines.Where(line => line.Indicator == indicator || one.First.Third?.CountsAs(line.Indicator) == indicator)
                        .Select(line => CapaianRow.Of(line, one.First.First, deadlines, links)),
                ])),
        ]));
    }
}
