namespace Kinerja.Api;

internal static class AppointHolder
{
    /// <summary>A posting, for the contract.</summary>
    public static readonly Posting Shown =
        new("sekretaris", "5305.sekretaris", Capacity.Definitive, "SK 1/2024", new DateOnly(2024, 1, 2));

    public static void Map(RouteGroupBuilder posts) => posts.MapPost("/", Handle)
        .Describe("AppointHolder", "Appoints a person to a post, from a day on, by a decree. The power begins that day.")
        .Returns<Document<Posting>>(201).Writes().Shows(Shown);

    private static Task<IResult> Handle(string satker, Body<Posting> body, Write write, CancellationToken ct) =>
        write.Run(satker, body.Hash, async session =>
        {
            var posting = body.Value;
            if (await Offices.Appointing(session, ct) is not { } office)
            {
                return Refusal.NotFound();
            }

            if (!Appointments.Decide(posting, office, Offices.Ri, session.Actor).Accepts(out var appointer, out var refusal))
            {
                return refusal;
            }

            if (await WhyNot(session, office, posting, await Offices.Postings(session, posting.Post, ct), ct) is { } conflict)
            {
                return conflict;
            }

            var appointed = session.Create(
                DocumentKinds.Posting, Guid.CreateVersion7(session.Now).ToString(), posting, null, "appoint", appointer);
            Offices.WritePosting(session, appointed);
            return Reply.Created(appointed, $"/v1/satker/{satker}/posts/{appointed.Id}");
        }, ct);

    /// <summary>What in the register stands against a posting.</summary>
    public static async Task<Refusal?> WhyNot(
        DocumentSession session, AppointingOffice office, Posting posting, IEnumerable<Posting> others, CancellationToken ct) =>
        Appointments.WhyNotBeside(posting, office.Satker, office.Units, others)
        ?? (Actor.IsSystemSubject(posting.Subject) && await Offices.BoundElsewhere(session, posting, ct)
            ? Refusal.Conflict("system-bound-elsewhere", ("subject", posting.Subject))
            : null);
}
