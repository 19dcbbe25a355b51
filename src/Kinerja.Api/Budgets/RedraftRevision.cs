namespace Kinerja.Api;

internal static class RedraftRevision
{
    public static void Map(RouteGroupBuilder budgets) => budgets.MapPut("/{year:int}/revisions/{number:int}", Handle)
        .Describe("RedraftRevision", "Replaces the content of a draft, and corrects a state taken over, with the reason. What is signed is never edited.")
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

            if (!BudgetPreparer.Of(office, session.Actor, stored.Content.TakenOver).Accepts(out var preparer, out var refusal))
            {
                return refusal;
            }

            var revision = body.Value;
            var sameThing = (revision.Year, revision.Number, revision.TakenOver?.By) == (year, number, stored.Content.TakenOver?.By);
            if (Drafts.MayChange(stored, seen.Version, sameThing) is { } no)
            {
                return no;
            }

            if (DraftRevision.Check(revision, year, await BudgetYear.Load(session, year, ct), corrects: stored.SignOff is null) is { } broken)
            {
                return broken;
            }

            // Who decides it lays down its way.
            var way = stored.SignOff is { } signOff
                ? SignOffTable.Budget(signOff, stored.Content.Authority, revision.Authority, office.Units, hasParentOffice: office.Parent is not null)
                : null;
            var next = session.Revise(DocumentKinds.BudgetRevision, stored, stored with { Content = revision, SignOff = way },
                way is null ? "correct" : "redraft", preparer);
            if (way is null)
            {
                Budgets.Hold(session, next);
            }

            return Reply.Ok(next);
        }, ct);
}
