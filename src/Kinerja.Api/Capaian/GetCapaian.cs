namespace Kinerja.Api;

internal static class GetCapaian
{
    /// <summary>An office's own results.</summary>
    /// <param name="Year">The year of measurement.</param>
    /// <param name="Period">The period.</param>
    /// <param name="Level">The agreement level; levels are never mixed.</param>
    /// <param name="MinSignOff">The least level the results have been signed for.</param>
    /// <param name="RecordedAt">The instant whose knowledge was used; null for now.</param>
    /// <param name="Office">The office with its agreements.</param>
    internal sealed record OwnCapaian(int Year, string Period, AgreementLevel Level, SignOffLevel MinSignOff, DateTimeOffset? RecordedAt,
        OfficeCapaian Office);

    public static void Map(RouteGroupBuilder capaian) => capaian.MapGet("/", Handle)
        .Describe("GetCapaian", "Own results: target, realization, capaian and category of each line, with the way to their reasons.")
        .Returns<OwnCapaian>().Tagged()
        .TakesMeasurement().TakesLevel().TakesMinSignOff("taken-over").TakesRecordedAt().Reads(404);

    private static async Task<IResult> Handle(
        string satker, Database database, Caller caller, Links links, TimeProvider clock, Year year, PeriodOf? period,
        OneOf<AgreementLevel>? level, OneOf<SignOffLevel>? minSignOff, Instant? recordedAt, CancellationToken ct)
    {
        var asked = PeriodOf.In(year, period);
        var query = new MeasuredQuery(
            asked, minSignOff?.Value ?? SignOffLevel.TakenOver, level?.Value ?? AgreementLevel.Ketua,
            Times.Of(asked, asOf: null, recordedAt));
        var isNow = query.Times.RecordedAt is null;
        var (names, lines) = await database.Ask(
            caller,
            [
                Offices.NameIfVisible(satker, year.Value),
                .. isNow ? (IEnumerable<Sql>)[Measured.OfOffice(satker, query)] : [],
            ],
            async answers => (await answers.Next(Offices.Name), isNow ? await answers.Next(Measured.Line) : []), ct);
        if (!isNow)
        {
            lines = await Measured.OfOffice(database, caller, satker, query, ct);
        }

        if (names is not [var name])
        {
            return Problems.NotFound();
        }

        // Where everything is reported, nobody asks until when it was due.
        var deadlines = lines.Exists(line => line.Result is not { Accumulated: null or { Missing.Count: 0 } })
            ? await Deadlines.Load(database, caller, year.Value, year.Value, clock.GetUtcNow(), ct)
            : Deadlines.NotAsked;
        var office = OfficeCapaian.Of(satker, name, lines, query, deadlines, links);
        if (lines.Exists(line => line.Result?.Derivation is not null))
        {
            office = Beside(office, await Citations.Judged(database, caller, satker, asked, query.Times, ct));
        }

        if (query.Times.RecordedAt is null && lines.Exists(line => line.Result?.Given is not null))
        {
            office = Beside(office, await Citations.GivenNow(database, caller, satker, asked, lines, ct));
        }

        return Found.Computed(new OwnCapaian(year.Value, asked.Text, query.Level!.Value, query.Least, query.Times.RecordedAt, office));
    }

    /// <summary>Beside each derived result what the same lines give now.</summary>
    private static OfficeCapaian Beside(OfficeCapaian office, List<JudgedLine> judged) =>
        Each(office, (_, line) => line with { Derived = line.Derived?.With(judged) });

    /// <summary>Beside each given result what the roll-up gives now.</summary>
    private static OfficeCapaian Beside(OfficeCapaian office, IReadOnlyDictionary<(string Agreement, string Line), GivenFigure> now) =>
        Each(office, (agreement, line) => line with { Given = line.Given?.With(now.GetValueOrDefault((agreement, line.Line))) });

    private static OfficeCapaian Each(OfficeCapaian office, Func<string, CapaianRow, CapaianRow> change) => office with
    {
        Agreements = [.. office.Agreements.Select(agreement => agreement with
        {
            Lines = [.. agreement.Lines.Select(line => change(agreement.Agreement, line))],
        })],
    };
}
