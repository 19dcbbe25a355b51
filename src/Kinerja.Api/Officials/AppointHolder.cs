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
            if (!(await MayAppoint(session, posting, ct)).Accepts(out var appointer, out var refusal))
            {
                return refusal;
            }

            var units = await Offices.Units(session, satker, ct);
            if (Appointments.WhyNotBeside(posting, satker, units!, await Offices.Postings(session, posting.Post, ct)) is { } held)
            {
                return held;
            }

            var appointed = session.Create(
                DocumentKinds.Posting, Guid.CreateVersion7(session.Now).ToString(), posting, null, "appoint", appointer);
            Offices.WritePosting(session, appointed);
            return Reply.Created(appointed, $"/v1/satker/{satker}/posts/{appointed.Id}");
        }, ct);

    /// <summary>The post for which the caller appoints, and ends what was appointed.</summary>
    public static async Task<Decision<Post>> MayAppoint(DocumentSession session, Posting posting, CancellationToken ct)
    {
        if (await Offices.Units(session, session.Satker, ct) is not { } units)
        {
            return Refusal.NotFound();
        }

        var parent = await Offices.Parent(session, ct);
        var parentUnits = parent is null ? null : await Offices.Units(session, parent, ct);
        return Appointments.Decide(posting, session.Satker, units, parent, parentUnits, Offices.Ri, session.Actor);
    }
}
