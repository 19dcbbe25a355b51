namespace Kinerja.Api;

internal static class ListCapaianBelow
{
    public static void Map(RouteGroupBuilder capaian) => capaian.MapGet("/below/offices", Handle)
        .Describe("ListCapaianBelow", "The offices below that have an agreement at a level, each with its figure or why it has none.")
        .Returns<Page<OfficeFigure>>().Tagged()
        .TakesMeasurement().TakesLevel().TakesMinSignOff("accepted").TakesTimes().Reads(403, 404);

    private static async Task<IResult> Handle(
        HttpContext http, string satker, Database database, Caller caller, Links links, TimeProvider clock, Paging paging, Year year,
        PeriodOf? period, OneOf<AgreementLevel>? level, OneOf<SignOffLevel>? minSignOff, Day? asOf, Instant? recordedAt, CancellationToken ct)
    {
        var asked = PeriodOf.In(year, period);
        var query = new MeasuredQuery(
            asked, minSignOff?.Value ?? SignOffLevel.Accepted, level?.Value ?? AgreementLevel.Ketua, Times.Of(asked, asOf, recordedAt));
        if (!query.Times.AreUsual(asked))
        {
            var (held, until, no) = await MeasuredYear.Open(database, caller, satker, asked, query.Times, clock.GetUtcNow(), ct);
            return held is null ? no! : paging.Answer(
                http,
                await CapaianBelow.Folded(database, caller, satker, query, held, until, links, ct, paging.After ?? "", paging.Size + 1),
                office => office.Satker, office => CapaianBelow.Office(office, held.Policy, query, links));
        }

        var (visible, stamp, deadlines) = await database.Ask(
            caller,
            [Offices.NameIfVisible(satker, year.Value), Catalogue.Stamp(year.Value), .. Deadlines.Ask(year.Value, clock.GetUtcNow())],
            async answers => (
                await answers.Next(Offices.Name), (await answers.Next(Catalogue.Stamp))[0], await Deadlines.Read(answers)), ct);
        if (visible is [])
        {
            return Problems.NotFound();
        }

        if (await Catalogue.Load(database, caller, year.Value, stamp, ct) is not { } catalogue)
        {
            return MeasuredYear.NotOpen;
        }

        var offices = await database.Query(
            caller, CapaianBelow.Offices(satker, query, paging), row => CapaianBelow.Office(row, catalogue.Policy, query, deadlines, links), ct);
        return paging.Answer(http, offices, office => office.Satker);
    }
}
