namespace Kinerja.Api;

/// <summary>When the content of a document may be replaced.</summary>
internal static class Drafts
{
    /// <summary>Only a draft, or what nobody signs; only upon the version that was seen, and only if it stays the document for the same
    /// thing.</summary>
    public static Refusal? MayChange<T>(Document<T> stored, int? seen, bool sameThing) =>
        IfMatch.WhyNot(seen, stored.Version) is { } stale ? stale
        : stored.SignOff is { State: not State.Draft and var state } ? Refusal.Conflict("not-a-draft", ("state", Words.Of(state)))
        : !sameThing ? Refusal.Broken("another-document")
        : null;
}
