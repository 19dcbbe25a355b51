namespace Kinerja.Api;

internal static class RedraftRevision
{
    public static void Map(RouteGroupBuilder budgets) => budgets.MapPut("/{year:int}/revisions/{number:int}", Handle)
        .Describe("RedraftRevision", "Replaces the content of a draft. A state that is held is never edited, only superseded.")
        .Returns<Document<BudgetRevision>>().Writes().Shows(DraftRevision.Shown);

    private static Task<IResult> Handle(
        string satker, int year, int number, IfMatch seen, Body<BudgetRevision> body, Write write, CancellationToken ct) =>
        write.Run(satker, body.Hash, async session =>
        {
            if (await session.Load(DocumentKinds.BudgetRevision, BudgetRevision.IdOf(year, number), ct) is not { } stored
                || await OfficeNow.Load(session, ct) is not { } office)
            {
                return Refusal.NotFound();
            }

            if (!BudgetPreparer.Of(office, session.Actor, takenOver: null).Accepts(out var preparer, out var refusal))
            {
                return refusal;
            }

            if (stored.SignOff is null)
            {
                return Refusal.Conflict("not-a-draft", ("state", "taken-over"));
            }

            var revision = body.Value;
            if (Drafts.MayChange(stored, seen.Version, (revision.Year, revision.Number, revision.TakenOver) == (year, number, null)) is { } no)
            {
                return no;
            }

            if (DraftRevision.Check(revision, year, await BudgetYear.Load(session, year, ct)) is { } broken)
            {
                return broken;
            }

            // Who decides it lays down its way.
            var way = SignOffTable.Budget(
                stored.SignOff, stored.Content.Authority, revision.Authority, office.Units, hasParentOffice: office.Parent is not null);
            return Reply.Ok(session.Revise(
                DocumentKinds.BudgetRevision, stored, stored with { Content = revision, SignOff = way }, "redraft", preparer));
        }, ct);
}
