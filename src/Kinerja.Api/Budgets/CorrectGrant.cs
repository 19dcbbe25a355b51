namespace Kinerja.Api;

internal static class CorrectGrant
{
    public static void Map(RouteGroupBuilder grants) => grants.MapPut("/{id}", Handle)
        .Describe("CorrectGrant", "States a grant once more, with the reason; its NPHD stays, and so does the version before.")
        .Returns<Document<Grant>>().Writes()
        .Shows(new Grant("12/NPHD/2023", new DateOnly(2023, 11, 9), 27_500_000_000, "Pemerintah Kabupaten Alor", Correction: "Salah ketik."));

    private static Task<IResult> Handle(
        string satker, string id, IfMatch seen, Body<Grant> body, Write write, CancellationToken ct) =>
        write.Run(satker, body.Hash, async session =>
        {
            if (await session.Load(DocumentKinds.Grant, id, ct) is not { } stored || await OfficeNow.Load(session, ct) is not { } office)
            {
                return Refusal.NotFound();
            }

            if (!BudgetPreparer.Of(office, session.Actor, stored.Content.TakenOver).Accepts(out var preparer, out var refusal))
            {
                return refusal;
            }

            var grant = body.Value;
            var sameThing = (grant.Nphd, grant.TakenOver?.By) == (stored.Content.Nphd, stored.Content.TakenOver?.By);
            if (Drafts.MayChange(stored, seen.Version, sameThing) is { } no)
            {
                return no;
            }

            return Corrections.WhyNot(grant.Correction, corrects: true) is { } fault
                ? Refusal.Broken([fault])
                : Reply.Ok(session.Revise(DocumentKinds.Grant, stored, stored with { Content = grant }, "correct", preparer));
        }, ct);
}
