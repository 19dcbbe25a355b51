using System.ComponentModel.DataAnnotations;

namespace Kinerja.Api;

internal static class PostAct
{
    public const string PostPattern = @"^[0-9A-Za-z]{1,16}\.[a-z][a-z0-9-]{0,39}$";
    public const string HashPattern = "^sha256:[0-9a-f]{64}$";

    /// <summary>An act: what, for which post, upon which content.</summary>
    /// <param name="Act">What is done.</param>
    /// <param name="Post">The post it is done for: 5305.sekretaris. It must be held at this moment.</param>
    /// <param name="ContentHash">The hash of the content that was seen: sha256 over its canonical form.</param>
    /// <param name="Reasons">Required to return, revoke (a draft too), amend and comment: why, at which place, until when. The code of an
    /// amendment's only reason is its ground: change-of-official, change-of-strategy or change-of-priority.</param>
    internal sealed record WantedActBody(
        Act Act,
        [property: RegularExpression(PostPattern)] string Post,
        [property: RegularExpression(HashPattern)] string ContentHash,
        [property: Length(0, 50)] IReadOnlyList<Reason>? Reasons = null);

    public static void Map<T>(RouteGroupBuilder documents, SignedKind<T> kind) => Describe(kind, documents.MapPost("/{id}/sign-offs",
        (string satker, string id, IfMatch seen, Body<WantedActBody> body, Write write, CancellationToken ct) =>
            Handle(kind, satker, id, seen, body, write, ct)));

    public static Task<IResult> Handle<T>(
        SignedKind<T> kind, string satker, string id, IfMatch seen, Body<WantedActBody> body, Write write, CancellationToken ct)
    {
        var wanted = Read(body.Value.Act, body.Value.Post, body.Value.ContentHash, body.Value.Reasons);
        return write.Run(satker, body.Hash, session => Do(kind, session, id, seen.Version, wanted, ct), ct,
            new ActUpon(satker, kind.Kind.Name, id, wanted.Act, wanted.Post, wanted.ContentHash));
    }

    /// <summary>The contract of an act upon a kind, wherever it is mapped.</summary>
    public static RouteHandlerBuilder Describe<T>(SignedKind<T> kind, RouteHandlerBuilder route) => route
        .Describe($"PostActOn{kind.Name}", "Does an act upon the document; sign-offs tell which acts are lawful where it stands.")
        .Returns<Document<T>>().Writes().WithMetadata(FreshToken.Required)
        .Shows(new WantedActBody(Act.Return, "5305.sekretaris", $"sha256:{new string('0', 64)}",
            [new Reason("bukti-kurang", "Lampirkan bukti dukung.", "/content/entries/0", new DateOnly(2025, 1, 31))]));

    /// <summary>The act with its post taken apart.</summary>
    public static WantedAct Read(Act act, string post, string contentHash, IReadOnlyList<Reason>? reasons)
    {
        var dot = post.IndexOf('.', StringComparison.Ordinal);
        return new WantedAct(act, new Post(post[..dot], post[(dot + 1)..]), contentHash, reasons ?? []);
    }

    /// <summary>One act in a transaction: loads, decides, writes the version that follows.</summary>
    public static async Task<Decision<Reply>> Do<T>(
        SignedKind<T> kind, DocumentSession session, string id, int? seen, WantedAct wanted, CancellationToken ct)
    {
        if (await session.Load(kind.Kind, id, ct) is not { SignOff: { } signOff } stored)
        {
            return Refusal.NotFound();
        }

        if (IfMatch.WhyNot(seen, stored.Version) is { } stale)
        {
            return stale;
        }

        var (parent, holders, period) = await Hands.Load(session, kind.Period(stored.Content), ct);
        var subject = new SignOffSubject(stored.Satker, parent, stored.ContentHash, signOff, holders);
        if (!(await Decide(kind, session, stored, subject, period, wanted, ct)).Accepts(out var way, out var refusal))
        {
            return refusal;
        }

        var next = session.Revise(kind.Kind, stored, stored with { SignOff = way }, Words.Of(wanted.Act), wanted.Post);
        return Reply.Ok(next, await kind.After(session, next, wanted, ct));
    }

    /// <summary>The way with the act done, or why not: the period's lock, the rules of signing, the document's own faults. The act and
    /// its foretelling (<see cref="GetSignOffs"/>) are decided here alike.</summary>
    public static async Task<Decision<SignOff>> Decide<T>(
        SignedKind<T> kind, DocumentSession session, Document<T> stored, SignOffSubject subject, PeriodNow period, WantedAct wanted,
        CancellationToken ct)
    {
        if (period.WhyNot is { } closed)
        {
            return closed;
        }

        wanted = wanted with { Late = period.IsLate };
        return !SignOffDecider.Decide(subject, wanted, session.Actor, session.Now).Accepts(out var way, out var refusal) ? refusal
            : await kind.Before(session, stored, way, wanted, ct) is { } no ? no
            : way;
    }
}
