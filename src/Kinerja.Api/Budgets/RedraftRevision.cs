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

            // Who decides it has laid down its way.
            var revision = body.Value;
            var sameThing = (revision.Year, revision.Number, revision.Authority == Authority.Kpa, revision.TakenOver)
                == (year, number, stored.Content.Authority == Authority.Kpa, null);
            if (Drafts.MayChange(stored, seen.Version, sameThing) is { } no)
            {
                return no;
            }

            return DraftRevision.Check(revision, year, await BudgetYear.Load(session, year, ct)) is { } broken
                ? broken
                : Reply.Ok(session.Revise(DocumentKinds.BudgetRevision, stored, stored with { Content = revision }, "redraft", preparer));
        }, ct);
}
