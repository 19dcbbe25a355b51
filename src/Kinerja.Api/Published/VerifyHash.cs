namespace Kinerja.Api;

internal static class VerifyHash
{
    /// <summary>What is known of a content.</summary>
    /// <param name="ContentHash">The hash that was asked for.</param>
    /// <param name="Documents">The documents that have or had this content, of those that are public or the caller's to read.</param>
    internal sealed record Verified(string ContentHash, IReadOnlyList<VerifiedDocument> Documents);

    /// <summary>A document with this content.</summary>
    /// <param name="Kind">What it is.</param>
    /// <param name="Satker">The office it belongs to.</param>
    /// <param name="Id">Its name in that office.</param>
    /// <param name="Version">The last version with this content.</param>
    /// <param name="Year">The year it is for; null where there is none.</param>
    /// <param name="State">Where that version stands on its way; null where there is none.</param>
    /// <param name="IsCurrent">Whether the document still has this content.</param>
    /// <param name="RecordedAt">The instant of that version.</param>
    /// <param name="Signatures">The acts done upon this content: which post, when.</param>
    /// <param name="Href">The document.</param>
    internal sealed record VerifiedDocument(
        string Kind, string Satker, string Id, int Version, int? Year, State? State, bool IsCurrent, DateTimeOffset RecordedAt,
        IReadOnlyList<Signature> Signatures, string Href);

    /// <summary>An act done upon a content. Persons are not named.</summary>
    /// <param name="Act">What was done.</param>
    /// <param name="Post">For which post.</param>
    /// <param name="Capacity">How the post was held.</param>
    /// <param name="At">When: the server's instant.</param>
    /// <param name="Round">In which round.</param>
    internal sealed record Signature(Act Act, string Post, Capacity Capacity, DateTimeOffset At, int Round);

    public static void Map(RouteGroupBuilder verify) => verify.MapGet("/{contentHash}", Handle)
        .Describe("VerifyHash", "Which document a content hash belongs to, and when and by which posts it was signed.")
        .Returns<Verified>().Tagged().Problems(400, 404);

    private static async Task<IResult> Handle(string contentHash, Database database, Caller caller, Links links, CancellationToken ct)
    {
        var held = await database.Query(caller, PublicDocuments.WithContent(contentHash), PublicDocuments.Content, ct);
        return held.Count == 0
            ? Problems.NotFound()
            : Found.Computed(new Verified(contentHash, [.. held.Select(one => Document(one, contentHash, links))]));
    }

    private static VerifiedDocument Document(HeldContent held, string hash, Links links)
    {
        var document = held.Document;
        return new VerifiedDocument(
            document.Kind, document.Satker, document.Id, document.Version, held.Year,
            document.SignOff?.State, held.IsCurrent, document.RecordedAt,
            [.. (document.SignOff?.Acts ?? []).Where(done => done.ContentHash == hash)
                .Select(done => new Signature(done.Act, done.Post, done.Capacity, done.At, done.Round))],
            links.Document(document.Kind, document.Satker, document.Id));
    }
}
