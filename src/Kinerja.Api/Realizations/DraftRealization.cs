namespace Kinerja.Api;

internal static class DraftRealization
{
    /// <summary>One entry of a report, for the contract.</summary>
    public static readonly Realization Shown = new(2024, "2024", "sekretaris",
        [new RealizationEntry("2", "SP.02", new Value.Percent(70.45m, 124, 176), Supporting: "Pemeliharaan berkala.")]);

    public static void Map(RouteGroupBuilder reports) => reports.MapPost("/", Handle)
        .Describe("DraftRealization", "Begins the report of a unit for a period: a draft, that its operator or head may change.")
        .Returns<Document<Realization>>(201).Writes().Shows(Shown);

    private static Task<IResult> Handle(string satker, Body<Realization> body, Write write, CancellationToken ct) =>
        write.Run(satker, body.Hash, async session =>
        {
            if (await OfficeNow.Load(session, ct) is not { } office)
            {
                return Refusal.NotFound();
            }

            var report = body.Value;
            if (!office.Preparer(session.Actor, report.Unit, unit => RealizationRules.Preparers(office.Units, unit))
                .Accepts(out var preparer, out var refusal))
            {
                return refusal;
            }

            if (!(await Check(session, report, ct)).Accepts(out var catalogue, out refusal))
            {
                return refusal;
            }

            var way = SignOffTable.Realization(
                office.Units, office.Units.Find(report.Unit)!, hasParentOffice: office.Parent is not null);
            var draft = session.Create(
                DocumentKinds.Realization, Guid.CreateVersion7(session.Now).ToString(), report, way, "draft", preparer);
            ResultRows.Write(session, draft, await Promises.InForce(session, report, ct), office.Units, catalogue);
            return Reply.Created(draft, $"/v1/satker/{satker}/realizations/{draft.Id}");
        }, ct);

    /// <summary>The catalogue of the report's year, or everything that is impossible in the report; a report whose period
    /// is not open is refused.</summary>
    public static async Task<Decision<Catalogue>> Check(DocumentSession session, Realization report, CancellationToken ct)
    {
        if (await Catalogue.Load(session, report.Year, ct) is not { } catalogue)
        {
            return Refusal.Broken([Fault.At("/year", "year-not-open", ("year", $"{report.Year}"))]);
        }

        var faults = RealizationRules.AtEntry(report, catalogue.Policy, catalogue.Find).ToList();
        return faults.Count > 0 ? Refusal.Broken(faults)
            : (await PeriodNow.Load(session, report.Period, ct)).WhyNot is { } closed ? closed
            : catalogue;
    }
}
