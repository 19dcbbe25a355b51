namespace Kinerja.Api;

/// <summary>An entry of the trail.</summary>
/// <param name="Position">Its place among all entries.</param>
/// <param name="Satker">The office in whose chain it stands.</param>
/// <param name="Number">Its place in that chain.</param>
/// <param name="Kind">The kind of the document; <c>request</c> where a request that is no act was refused.</param>
/// <param name="Id">The document's name in its office; the path of such a request.</param>
/// <param name="Act">What was done, or refused: the operation of such a request.</param>
/// <param name="Subject">The account that did it.</param>
/// <param name="Post">The post it acted for; null for the installation, and for such a request.</param>
/// <param name="At">When.</param>
/// <param name="Refused">It was refused, and changed nothing.</param>
/// <param name="Code">Why it was refused; null for a change.</param>
/// <param name="ContentHash">The content since then; of a refused act the content it was for; null of another refused request.</param>
/// <param name="Before">The version before; null for a document's first, and for a refused act.</param>
/// <param name="After">The version it made; null for a refused act.</param>
/// <param name="RequestId">The request: the Kinerja-Request-Id of its answer.</param>
/// <param name="Hash">The hash of its link in the chain, in hexadecimal digits.</param>
/// <param name="Link">The entry, with what it changed.</param>
internal sealed record AuditEntry(
    long Position, string Satker, long Number, string Kind, string Id, string Act, string Subject, string? Post, DateTimeOffset At,
    bool Refused, string? Code, string? ContentHash, AuditVersion? Before, AuditVersion? After, string RequestId, string Hash, string Link)
{
    public static AuditEntry Of(SealedEntry given, Links links)
    {
        var entry = given.Entry;
        return new AuditEntry(
            entry.Position, entry.Satker, entry.Number, entry.Kind, entry.Id, entry.Act, entry.Subject, entry.Post, entry.At, entry.Refused,
            entry.Code, entry.ContentHash,
            given.BeforeAt is { } earlier && entry.BeforeHash is not null
                ? new AuditVersion(entry.Version!.Value - 1, entry.BeforeHash, Version(entry, links, earlier)) : null,
            entry.Version is { } version ? new AuditVersion(version, entry.ContentHash!, Version(entry, links, entry.At)) : null,
            entry.RequestId, Convert.ToHexStringLower(given.Hash), $"{links.Root}/v1/audit/{entry.Position}");
    }

    private static string Version(TrailEntry entry, Links links, DateTimeOffset at) =>
        links.Version(entry.Kind, entry.Satker, entry.Id, entry.Year, at);
}

/// <summary>A version of a document.</summary>
/// <param name="Version">Its number.</param>
/// <param name="ContentHash">The hash of its content.</param>
/// <param name="Link">The document as it was held then.</param>
internal sealed record AuditVersion(int Version, string ContentHash, string Link);
