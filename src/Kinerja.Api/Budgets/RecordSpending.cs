namespace Kinerja.Api;

internal static class RecordSpending
{
    /// <summary>One amount, for the contract.</summary>
    public static readonly Spending Shown = new(2024, "2024-B02",
        [new SpendingEntry("076.01.CQ.6709.QGE.001.051", 12_500_000, "521211", new FundSource(FundSourceKind.RupiahMurni))]);

    public static void Map(RouteGroupBuilder budgets) => budgets.MapPost("/{year:int}/realizations", Handle)
        .Describe("RecordSpending", "States what was spent in a period by SP2D, line by line; a correction states its reason. Never changed afterwards.")
        .Returns<Document<Spending>>(201).Writes().Shows(Shown);

    private static Task<IResult> Handle(string satker, int year, Body<Spending> body, Write write, CancellationToken ct) =>
        write.Run(satker, body.Hash, async session =>
        {
            if (await OfficeNow.Load(session, ct) is not { } office)
            {
                return Refusal.NotFound();
            }

            var spending = body.Value;
            if (!BudgetPreparer.Of(office, session.Actor, spending.TakenOver).Accepts(out var preparer, out var refusal))
            {
                return refusal;
            }

            var held = await BudgetYear.Load(session, year, ct);
            var faults = SpendingRules.AtEntry(spending, held.Spendings, held.Grants).ToList();
            if (spending.Year != year)
            {
                faults.Add(Fault.At("/year", "another-year", ("year", $"{year}")));
            }

            if (faults.Count > 0)
            {
                return Refusal.Broken(faults);
            }

            var stated = session.Create(
                DocumentKinds.Spending, Guid.CreateVersion7(session.Now).ToString(), spending, null, "state", preparer);
            session.Also(Budgets.Rows(stated));
            return Reply.Created(stated, $"/v1/satker/{satker}/budgets/{year}/realizations/{stated.Id}");
        }, ct);
}
