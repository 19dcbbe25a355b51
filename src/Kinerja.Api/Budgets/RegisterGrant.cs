namespace Kinerja.Api;

internal static class RegisterGrant
{
    public static void Map(RouteGroupBuilder grants) => grants.MapPost("/", Handle)
        .Describe("RegisterGrant", "Registers a grant by its NPHD: a budget line of that source needs it.")
        .Returns<Document<Grant>>(201).Writes()
        .Shows(new Grant("12/NPHD/2023", new DateOnly(2023, 11, 9), 27_000_000_000, "Pemerintah Kabupaten Alor"));

    private static Task<IResult> Handle(string satker, Body<Grant> body, Write write, CancellationToken ct) =>
        write.Run(satker, body.Hash, async session =>
        {
            if (await OfficeNow.Load(session, ct) is not { } office)
            {
                return Refusal.NotFound();
            }

            if (!BudgetPreparer.Of(office, session.Actor, body.Value.TakenOver).Accepts(out var preparer, out var refusal))
            {
                return refusal;
            }

            if (Corrections.WhyNot(body.Value.Correction, corrects: false) is { } fault)
            {
                return Refusal.Broken([fault]);
            }

            var grant = session.Create(
                DocumentKinds.Grant, Guid.CreateVersion7(session.Now).ToString(), body.Value, null, "register", preparer);
            return Reply.Created(grant, $"/v1/satker/{satker}/grants/{grant.Id}");
        }, ct);
}
