namespace Kinerja.Api;

internal static class DraftRevision
{
    /// <summary>A revision of one line, for the contract.</summary>
    public static readonly BudgetRevision Shown = new(
        2024, 1, new DateOnly(2024, 2, 15), 840_273_000,
        [
            new BudgetLine("076.01.CQ.6709.QGE.001.051", 840_273_000, "521211", new FundSource(FundSourceKind.RupiahMurni), 1, "dokumen"),
        ],
        "SP DIPA-076.01.2.658312/2024", Authority.KanwilDjpb, RevisionKind.PaguTetap, "Pergeseran antar-KRO.", new ExternalApproval("S-12/WPB.24/2024", new DateOnly(2024, 2, 14)));

    public static void Map(RouteGroupBuilder budgets) => budgets.MapPost("/{year:int}/revisions", Handle)
        .Describe("DraftRevision", "Begins the next state of a DIPA, whole: a draft; or takes over a state from a published document. "
            + "A number whose draft was taken back goes on with the next version.")
        .Returns<Document<BudgetRevision>>(201).Writes().Shows(Shown);

    private static Task<IResult> Handle(string satker, int year, Body<BudgetRevision> body, Write write, CancellationToken ct) =>
        write.Run(satker, body.Hash, async session =>
        {
            if (await OfficeNow.Load(session, ct) is not { } office)
            {
                return Refusal.NotFound();
            }

            var revision = body.Value;
            if (!BudgetPreparer.Of(office, session.Actor, revision.TakenOver).Accepts(out var preparer, out var refusal))
            {
                return refusal;
            }

            var id = BudgetRevision.IdOf(year, revision.Number);
            var revoked = await session.Load(DocumentKinds.BudgetRevision, id, ct) is { SignOff.State: State.Revoked } draft ? draft : null;
            var held = await BudgetYear.Load(session, year, ct);
            if (held.Chain.States.Any(state => state.Number == revision.Number))
            {
                return Refusal.Conflict("already-exists");
            }

            if (Check(revision, year, held, corrects: false) is { } broken)
            {
                return broken;
            }

            var way = revision.TakenOver is null
                ? SignOffTable.Budget(office.Units, revision.Authority, hasParentOffice: office.Parent is not null)
                : null;
            var act = way is null ? "take-over" : "draft";
            var state = revoked is null
                ? session.Create(DocumentKinds.BudgetRevision, id, revision, way, act, preparer)
                : session.Revise(DocumentKinds.BudgetRevision, revoked,
                    revoked with { Content = revision, SignOff = way is null ? null : revoked.SignOff!.Along(way) }, act, preparer);
            if (way is null)
            {
                Budgets.Hold(session, state);
                await BudgetSignOff.Supersede(session, held.Chain, state, preparer, ct);
            }

            return Reply.Created(state, BudgetRoutes.Revision(satker, state.Id));
        }, ct);

    /// <summary>What is impossible in the state, all of it; none when it can be stored.</summary>
    public static Refusal? Check(BudgetRevision revision, int year, BudgetYear held, bool corrects)
    {
        List<Fault> faults =
        [
            .. BudgetRules.AtEntry(revision, held.Chain, held.Grants),
            .. Corrections.WhyNot(revision.Correction, corrects) is { } unexplained ? [unexplained] : Array.Empty<Fault>(),
        ];
        if (revision.Year != year)
        {
            faults.Add(Fault.At("/year", "another-year", ("year", $"{year}")));
        }

        return faults.Count == 0 ? null : Refusal.Broken(faults);
    }
}
