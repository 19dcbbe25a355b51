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

            var by = await MeasuredBy.Load(session, report, ct);
            if (await Check(session, report, by.Catalogue, ct) is { } no)
            {
                return no;
            }

            if (!(await Citations.Fill(session, report, before: null, by, ct)).Accepts(out var cited, out var typed))
            {
                return typed;
            }

            var way = SignOffTable.Realization(
                office.Units, office.Units.Find(report.Unit)!, hasParentOffice: office.Parent is not null);
            var draft = session.Create(
                DocumentKinds.Realization, Guid.CreateVersion7(session.Now).ToString(), cited, way, "draft", preparer);
            await ResultRows.Write(session, draft, by, ct);
            return Reply.Created(draft, $"/v1/satker/{satker}/realizations/{draft.Id}");
        }, ct);

    /// <summary>Everything that is impossible in the report; a report whose period is not open is refused.</summary>
    public static async Task<Refusal?> Check(DocumentSession session, Realization report, Catalogue? catalogue, CancellationToken ct)
    {
        List<Fault> faults = catalogue is null
            ? [MeasuredYear.Unopened(report.Year)]
            :
            [
                .. RealizationRules.AtEntry(report, catalogue.Policy, catalogue.Find),
                .. EvidenceRules.Check(
                    report, await Documents.Known(session, DocumentKinds.Evidence, EvidenceRules.Hashes(report), ct)),
            ];
        return faults.Count > 0 ? Refusal.Broken(faults) : (await PeriodNow.Load(session, report.Period, ct)).WhyNot;
    }
}
