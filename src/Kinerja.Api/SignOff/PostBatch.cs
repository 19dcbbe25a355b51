using System.ComponentModel.DataAnnotations;
using System.Text.Json;

namespace Kinerja.Api;

internal static class PostBatch
{
    /// <summary>The kinds of documents that acts of a batch are done upon.</summary>
    internal enum SignedKindName
    {
        Agreement,
        Realization,
        BudgetRevision,
    }

    /// <summary>Acts upon many documents.</summary>
    /// <param name="Items">The acts, done one after the other, each for itself.</param>
    internal sealed record Batch([property: Length(1, 100)] IReadOnlyList<BatchItem> Items);

    /// <summary>An act upon one document.</summary>
    /// <param name="Kind">The kind of the document.</param>
    /// <param name="Satker">The office it belongs to.</param>
    /// <param name="Id">Its name in that office.</param>
    /// <param name="Version">The version that was seen: what If-Match says for a single act.</param>
    /// <param name="Act">What is done.</param>
    /// <param name="Post">The post it is done for.</param>
    /// <param name="ContentHash">The hash of the content that was seen.</param>
    /// <param name="Reasons">Why, where the act needs it.</param>
    internal sealed record BatchItem(
        SignedKindName Kind,
        [property: StringLength(16, MinimumLength = 1)] string Satker,
        [property: StringLength(40, MinimumLength = 1)] string Id,
        [property: Range(1, int.MaxValue)] int Version,
        Act Act,
        [property: RegularExpression(PostAct.PostPattern)] string Post,
        [property: RegularExpression(PostAct.HashPattern)] string ContentHash,
        [property: Length(0, 50)] IReadOnlyList<Reason>? Reasons = null);

    /// <summary>What became of the acts, in their order.</summary>
    internal sealed record BatchAnswer(IReadOnlyList<BatchResult> Results);

    /// <summary>What became of one act.</summary>
    /// <param name="Kind">The kind of the document.</param>
    /// <param name="Satker">The office it belongs to.</param>
    /// <param name="Id">Its name in that office.</param>
    /// <param name="Status">What the single act would have answered: 200, 403, 404, 409, 412, 422.</param>
    /// <param name="Version">The version it made; after 412 the present one; null otherwise.</param>
    /// <param name="State">Where the document now stands; null when the act was refused.</param>
    /// <param name="Location">A document the act began; null when it began none.</param>
    /// <param name="Code">Why it was refused; null when it was done.</param>
    /// <param name="Detail">Why, in words.</param>
    /// <param name="Errors">Every violated rule, with pointers into what the single act's body would be, or into the document.</param>
    internal sealed record BatchResult(
        SignedKindName Kind, string Satker, string Id, int Status, int? Version, State? State, string? Location, string? Code,
        string? Detail, IReadOnlyList<ProblemError> Errors);

    public static void Map(RouteGroupBuilder v1) => v1.MapPost("/sign-offs:batch", Handle).WithTags("Sign-offs")
        .Describe("PostActs", "Does many acts, each for itself: one that is refused undoes no other. At most 100.")
        .Returns<BatchAnswer>().Writes().WithMetadata(FreshToken.Required)
        .Shows(new Batch([new BatchItem(SignedKindName.Realization, "5305", "0192f7c2-5b1e-7c60-9a55-3f1f0c8f2a11", 4, Act.Accept,
            "53.verifikator", $"sha256:{new string('0', 64)}")]));

    private static Task<IResult> Handle(HttpContext http, Body<Batch> body, Write write, CancellationToken ct)
    {
        var items = body.Value.Items;
        return write.RunEach(body.Hash, items, Upon,
            (item, session) => item.Kind switch
            {
                SignedKindName.Agreement => PostAct.Do(AgreementSignOff.Kind, session, item.Id, item.Version, Wanted(item), ct),
                SignedKindName.Realization => PostAct.Do(RealizationSignOff.Kind, session, item.Id, item.Version, Wanted(item), ct),
                SignedKindName.BudgetRevision => PostAct.Do(BudgetSignOff.Kind, session, item.Id, item.Version, Wanted(item), ct),
            },
            outcomes => Json.Bytes(new BatchAnswer([.. items.Zip(outcomes, (item, outcome) => Result(http, item, outcome))])), ct);
    }

    private static ActUpon Upon(BatchItem item)
    {
        var wanted = Wanted(item);
        return new ActUpon(item.Satker, Words.Of(item.Kind), item.Id, wanted.Act, wanted.Post, wanted.ContentHash);
    }

    private static WantedAct Wanted(BatchItem item) => PostAct.Read(item.Act, item.Post, item.ContentHash, item.Reasons);

    private static BatchResult Result(HttpContext http, BatchItem item, Decision<Reply> outcome)
    {
        if (!outcome.Accepts(out var reply, out var refusal))
        {
            var (status, detail, errors) = refusal.InWords(Language.Of(http));
            return new BatchResult(item.Kind, item.Satker, item.Id, status,
                ETag.Version(refusal.Parameters.GetValueOrDefault("version", "")), null, null, refusal.Code, detail, errors);
        }

        using var document = JsonDocument.Parse(reply.Body);
        return new BatchResult(item.Kind, item.Satker, item.Id, reply.Status, document.RootElement.GetProperty("version").GetInt32(),
            Words.Read<State>(document.RootElement.GetProperty("signOff").GetProperty("state").GetString()!),
            reply.Location is { } begun ? http.Request.PathBase + begun : null, null, null, []);
    }
}
