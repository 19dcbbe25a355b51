namespace Kinerja.Api;

internal static class GetCapaianYears
{
    /// <summary>One indicator of an office in some years.</summary>
    /// <param name="Satker">The office.</param>
    /// <param name="Indicator">The indicator.</param>
    /// <param name="Level">The agreement level; levels are never mixed.</param>
    /// <param name="MinSignOff">The least level the results have been signed for.</param>
    /// <param name="RecordedAt">The instant whose knowledge was used; null for now.</param>
    /// <param name="Years">Year by year.</param>
    internal sealed record CapaianOfYears(
        string Satker, string Indicator, AgreementLevel Level, SignOffLevel MinSignOff, DateTimeOffset? RecordedAt,
        IReadOnlyList<YearOfCapaian> Years);

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
        .TakesYears().TakesLevel().TakesMinSignOff("taken-over").TakesRecordedAt().Reads(404);

    private static async Task<IResult> Handle(
        string satker, string? indicator, Database database, Caller caller, Links links, TimeProvider clock, Year from, Year to,
        OneOf<AgreementLevel>? level, OneOf<SignOffLevel>? minSignOff, Instant? recordedAt, CancellationToken ct)
    {
        if (indicator is not { Length: > 0 })
        {
            throw new BadRequest(400, [Fault.At("", "missing-parameter", ("parameter", "indicator"), ("expected", "SP.02"))]);
        }

        var (at, least, years) = (level?.Value ?? AgreementLevel.Ketua, minSignOff?.Value ?? SignOffLevel.TakenOver, YearSpan.Of(from, to));
        var then = recordedAt?.At.ToUniversalTime();
        var queries = years.Select(year => Period.Parse($"{year}")!)
            .Select(year => new MeasuredQuery(year, least, at, new Times(year.LastDay, then))).ToList();
        var deadlines = await Deadlines.Load(database, caller, years[0], years[^1], clock.GetUtcNow(), ct);
        var read = then is null
            ? await Now(satker, database, caller, queries, ct)
            : await Then(satker, database, caller, queries, then.Value, ct);
        if (!read.Exists(year => year.IsVisible))
        {
            return Problems.NotFound();
        }

        return Found.Computed(new CapaianOfYears(satker, indicator, at, least, then,
        [
            .. queries.Zip(read, YearDefinition.Of(read.Select(year => year.Catalogue), indicator)).Select(one => new YearOfCapaian(
                one.First.Period.Year, one.Third,
                [
                    .. one.Second.Lines.Where(line => line.Indicator == indicator || one.Second.Catalogue?.CountsAs(line.Indicator) == indicator)
                        .Select(line => CapaianRow.Of(line, one.First, deadlines, links)),
                ])),
        ]));
    }

    /// <summary>As it is now: one round trip, and the catalogues that have changed.</summary>
    private static async Task<List<(bool IsVisible, Catalogue? Catalogue, List<MeasuredLine> Lines)>> Now(
        string satker, Database database, Caller caller, List<MeasuredQuery> queries, CancellationToken ct)
    {
        var read = await database.Ask(
            caller,
            [.. queries.SelectMany(query => (Sql[])[
                Offices.NameIfVisible(satker, query.Period.Year), Catalogue.Stamp(query.Period.Year), Measured.OfOffice(satker, query),
                LocalIndicators.Of(satker, query.Period.Year)])],
            async answers =>
            {
                var found = new List<(bool IsVisible, (long, long) Stamp, List<MeasuredLine> Lines, List<LocalIndicator> Local)>();
                foreach (var _ in queries)
                {
                    found.Add((
                        (await answers.Next(Offices.Name)).Count > 0, (await answers.Next(Catalogue.Stamp))[0],
                        await answers.Next(Measured.Line), await answers.Next(LocalIndicators.Read)));
                }

                return found;
            }, ct);
        var years = new List<(bool, Catalogue?, List<MeasuredLine>)>();
        foreach (var (query, (isVisible, stamp, lines, local)) in queries.Zip(read))
        {
            years.Add((isVisible, (await Catalogue.Load(database, caller, query.Period.Year, stamp, ct))?.With(local), lines));
        }

        return years;
    }

    /// <summary>As it was held at an instant: five years at most, one after another.</summary>
    private static async Task<List<(bool IsVisible, Catalogue? Catalogue, List<MeasuredLine> Lines)>> Then(
        string satker, Database database, Caller caller, List<MeasuredQuery> queries, DateTimeOffset then, CancellationToken ct)
    {
        var years = new List<(bool, Catalogue?, List<MeasuredLine>)>();
        foreach (var query in queries)
        {
            years.Add((
                (await database.Query(caller, Offices.NameIfVisible(satker, query.Period.Year), Offices.Name, ct)).Count > 0,
                await Catalogue.OfOffice(database, caller, satker, query.Period.Year, then, ct),
                await Measured.OfOffice(database, caller, satker, query, ct)));
        }

        return years;
    }
}
