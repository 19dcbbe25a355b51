namespace Kinerja.Api;

internal static class EndHolding
{
    public static void Map(RouteGroupBuilder posts) => posts.MapPut("/{id}", Handle)
        .Describe("EndHolding", "Sets or moves the end of a posting; nothing else of it can change. The power ends that day.")
        .Returns<Document<Posting>>().Writes().Shows(AppointHolder.Shown with { Until = new DateOnly(2024, 7, 1) });

    private static Task<IResult> Handle(
        string satker, string id, IfMatch seen, Body<Posting> body, Write write, CancellationToken ct) =>
        write.Run(satker, body.Hash, async session =>
        {
            if (await session.Load(DocumentKinds.Posting, id, ct) is not { } stored)
            {
                return Refusal.NotFound();
            }

            if (await Offices.Appointing(session, ct) is not { } office)
            {
                return Refusal.NotFound();
            }

            if (!Appointments.Decide(body.Value, office, Offices.Ri, session.Actor).Accepts(out var appointer, out var refusal))
            {
                return refusal;
            }

            if (IfMatch.WhyNot(seen.Version, stored.Version) is { } stale)
            {
                return stale;
            }

            if (stored.Content with { Until = body.Value.Until } != body.Value)
            {
                return Refusal.Broken("only-the-end");
            }

            // Power can always be taken away; a posting that becomes longer must stand beside the others.
            var others = (await Offices.Postings(session, stored.Content.Post, ct)).Where(other => other != stored.Content);
            if (body.Value.Outlasts(stored.Content)
                && await AppointHolder.WhyNot(session, office, body.Value, others, ct) is { } conflict)
            {
                return conflict;
            }

            var next = session.Revise(DocumentKinds.Posting, stored, stored with { Content = body.Value }, "end", appointer);
            Offices.WritePosting(session, next);
            return Reply.Ok(next);
        }, ct);
}
