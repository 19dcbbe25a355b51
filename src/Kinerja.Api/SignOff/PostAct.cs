using System.ComponentModel.DataAnnotations;

namespace Kinerja.Api;

internal static class PostAct
{
    /// <summary>An act: what, for which post, upon which content.</summary>
    /// <param name="Act">What is done.</param>
    /// <param name="Post">The post it is done for: 5305.sekretaris. It must be held at this moment.</param>
    /// <param name="ContentHash">The hash of the content that was seen: sha256 over its canonical form.</param>
    /// <param name="Reasons">Required to return: why, at which place, until when.</param>
    internal sealed record WantedActBody(
        Act Act,
        [property: RegularExpression(@"^[0-9A-Za-z]{1,16}\.[a-z][a-z0-9-]{0,39}$")] string Post,
        [property: RegularExpression("^sha256:[0-9a-f]{64}$")] string ContentHash,
        [property: Length(0, 50)] IReadOnlyList<Reason>? Reasons = null);

    public static void Map<T>(RouteGroupBuilder documents, SignedKind<T> kind) => documents
        .MapPost("/{id}/sign-offs", (string satker, string id, IfMatch seen, Body<WantedActBody> body, Write write, CancellationToken ct) =>
            Handle(kind, satker, id, seen, body, write, ct))
        .Describe($"PostActOn{kind.Name}", "Does an act: submit, verify, approve, accept, sign, countersign or return.")
        .Returns<Document<T>>().Writes().WithMetadata(FreshToken.Required)
        .Shows(new WantedActBody(Act.Return, "5305.sekretaris", $"sha256:{new string('0', 64)}",
            [new Reason("bukti-kurang", "Lampirkan bukti dukung.", "/content/entries/0", new DateOnly(2025, 1, 31))]));

    private static Task<IResult> Handle<T>(
        SignedKind<T> kind, string satker, string id, IfMatch seen, Body<WantedActBody> body, Write write, CancellationToken ct) =>
        write.Run(satker, body.Hash, async session =>
        {
            if (await session.Load(kind.Kind, id, ct) is not { } stored)
            {
                return Refusal.NotFound();
            }

            if (stored.Version != seen.Version)
            {
                return Refusal.Stale(stored.Version);
            }

            var subject = new SignOffSubject(satker, await Offices.Parent(session, ct), stored.ContentHash, stored.SignOff!);
            var wanted = Read(body.Value);
            if (!SignOffDecider.Decide(subject, wanted, session.Actor, session.Now).Accepts(out var way, out var refusal))
            {
                return refusal;
            }

            if (await kind.Before(session, stored, wanted.Act, ct) is { } faults)
            {
                return faults;
            }

            var next = session.Revise(kind.Kind, stored, stored with { SignOff = way }, Words.Of(wanted.Act), wanted.Post);
            await kind.After(session, next, ct);
            return Reply.Ok(next);
        }, ct);

    private static WantedAct Read(WantedActBody body)
    {
        var dot = body.Post.IndexOf('.', StringComparison.Ordinal);
        return new WantedAct(
            body.Act, new Post(body.Post[..dot], body.Post[(dot + 1)..]), body.ContentHash, body.Reasons ?? []);
    }
}
