namespace Kinerja.Api;

/// <summary>When the content of a document may be replaced.</summary>
internal static class Drafts
{
    /// <summary>Only a draft, only upon the version that was seen, and only if it stays the document for the same
    /// thing.</summary>
    public static Refusal? MayChange<T>(Document<T> stored, int? seen, bool sameThing) =>
        IfMatch.WhyNot(seen, stored.Version) is { } stale ? stale
        : stored.SignOff!.State != State.Draft ? Refusal.Conflict("not-a-draft", ("state", Words.Of(stored.SignOff.State)))
        : !sameThing ? Refusal.Broken("another-document")
        : null;
}
