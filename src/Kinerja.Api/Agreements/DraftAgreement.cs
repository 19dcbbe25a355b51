namespace Kinerja.Api;

internal static class DraftAgreement
{
    /// <summary>One line of an agreement, for the contract.</summary>
    public static readonly Agreement Shown = new(2024, "sekretaris", new DateOnly(2024, 1, 29),
        [
            new AgreementLine("2", "Terwujudnya dukungan sarana dan prasarana",
                "Persentase tersedianya sarana dan prasarana yang berfungsi dengan baik", "SP.02", new Value.Percent(100),
                [new PeriodTarget("2024-S1", new Value.Percent(60))],
                [new Executor("kul"), new Executor(Division: "Divisi Keuangan, Umum dan Logistik")]),
        ],
        [new AgreementBudget("076.01.WA", "Program Dukungan Manajemen", 2_493_817_000)]);

    public static void Map(RouteGroupBuilder agreements) => agreements.MapPost("/", Handle)
        .Describe("DraftAgreement", "Begins an agreement of a unit: a draft, that its operator or head may change.")
        .Returns<Document<Agreement>>(201).Writes().Shows(Shown);

    private static Task<IResult> Handle(string satker, Body<Agreement> body, Write write, CancellationToken ct) =>
        write.Run(satker, body.Hash, async session =>
        {
            if (await OfficeNow.Load(session, ct) is not { } office)
            {
                return Refusal.NotFound();
            }

            var agreement = body.Value;
            if (!office.Preparer(session.Actor, agreement.Unit, AgreementRules.Preparers).Accepts(out var preparer, out var refusal))
            {
                return refusal;
            }

            if (agreement.Amends is not null)
            {
                return Refusal.Broken([Fault.At("/amends", "amended-by-act")]);
            }

            if (await Check(session, agreement, office, ct) is { } broken)
            {
                return broken;
            }

            var way = SignOffTable.Agreement(
                office.Units, office.Units.Find(agreement.Unit)!, hasParentOffice: office.Parent is not null);
            var draft = session.Create(
                DocumentKinds.Agreement, Guid.CreateVersion7(session.Now).ToString(), agreement, way, "draft", preparer);
            return Reply.Created(draft, $"/v1/satker/{satker}/agreements/{draft.Id}");
        }, ct);

    /// <summary>What is impossible in the agreement, all of it; none when it can be stored.</summary>
    public static async Task<Refusal?> Check(
        DocumentSession session, Agreement agreement, OfficeNow office, CancellationToken ct)
    {
        if (await Catalogue.OfOffice(session, agreement.Year, ct) is not { } catalogue)
        {
            return Refusal.Broken([MeasuredYear.Unopened(agreement.Year)]);
        }

        var faults = AgreementRules.AtEntry(agreement, office.Satker, office.Units, catalogue.Policy, catalogue.Find).ToList();
        return faults.Count == 0 ? null : Refusal.Broken(faults);
    }
}
