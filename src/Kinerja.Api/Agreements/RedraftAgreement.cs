namespace Kinerja.Api;

internal static class RedraftAgreement
{
    public static void Map(RouteGroupBuilder agreements) => agreements.MapPut("/{id}", Handle)
        .Describe("RedraftAgreement", "Replaces the content of a draft, of an amendment its ground too. What is signed is never edited.")
        .Returns<Document<Agreement>>().Writes().Shows(DraftAgreement.Shown);

    private static Task<IResult> Handle(
        string satker, string id, IfMatch seen, Body<Agreement> body, Write write, CancellationToken ct) =>
        write.Run(satker, body.Hash, async session =>
        {
            if (await session.Load(DocumentKinds.Agreement, id, ct) is not { } stored
                || await OfficeNow.Load(session, ct) is not { } office)
            {
                return Refusal.NotFound();
            }

            var agreement = body.Value;
            if (!office.Preparer(session.Actor, stored.Content.Unit, AgreementRules.Preparers).Accepts(out var preparer, out var refusal))
            {
                return refusal;
            }

            if (Drafts.MayChange(stored, seen.Version, (agreement.Year, agreement.Unit, agreement.Amends?.Agreement)
                == (stored.Content.Year, stored.Content.Unit, stored.Content.Amends?.Agreement))
                is { } no)
            {
                return no;
            }

            return await DraftAgreement.Check(session, agreement, office, ct) is { } broken
                ? broken
                : Reply.Ok(session.Revise(DocumentKinds.Agreement, stored, stored with { Content = agreement }, "redraft", preparer));
        }, ct);
}
