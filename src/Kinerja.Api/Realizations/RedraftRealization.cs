namespace Kinerja.Api;

internal static class RedraftRealization
{
    public static void Map(RouteGroupBuilder reports) => reports.MapPut("/{id}", Handle)
        .Describe("RedraftRealization", "Replaces the content of a draft. What is submitted is changed only after its return.")
        .Returns<Document<Realization>>().Writes().Shows(DraftRealization.Shown);

    private static Task<IResult> Handle(
        string satker, string id, IfMatch seen, Body<Realization> body, Write write, CancellationToken ct) =>
        write.Run(satker, body.Hash, async session =>
        {
            if (await session.Load(DocumentKinds.Realization, id, ct) is not { } stored
                || await OfficeNow.Load(session, ct) is not { } office)
            {
                return Refusal.NotFound();
            }

            if (!office.Preparer(session.Actor, stored.Content.Unit, unit => RealizationRules.Preparers(office.Units, unit))
                .Accepts(out var preparer, out var refusal))
            {
                return refusal;
            }

            var report = body.Value;
            var sameThing = (report.Period, report.Unit) == (stored.Content.Period, stored.Content.Unit);
            if (Drafts.MayChange(stored, seen.Version, sameThing) is { } fixedNow)
            {
                return fixedNow;
            }

            var by = await MeasuredBy.Load(session, report, ct);
            if (await DraftRealization.Check(session, report, by.Catalogue, ct) is { } no)
            {
                return no;
            }

            if (!(await Citations.Fill(session, report, stored.Content, by, ct)).Accepts(out var cited, out var typed))
            {
                return typed;
            }

            var next = session.Revise(DocumentKinds.Realization, stored, stored with { Content = cited }, "redraft", preparer);
            await ResultRows.Write(session, next, by, ct);
            return Reply.Ok(next);
        }, ct);
}
