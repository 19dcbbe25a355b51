namespace Kinerja.Api;

/// <summary>An act as it is wanted, for the trail of what was refused.</summary>
internal sealed record ActUpon(string Satker, string Kind, string Id, Act Act, Post Post, string ContentHash);

/// <summary>What is written down of a refused request.</summary>
/// <param name="Satker">The office it was upon.</param>
/// <param name="Kind">The kind of the document an act was upon; <c>request</c> of every other.</param>
/// <param name="Id">The document an act was upon; the path of every other request.</param>
/// <param name="Act">The act; the operation, as the contract names it, of every other request.</param>
/// <param name="Post">The post an act was for.</param>
/// <param name="ContentHash">The content an act was for.</param>
internal sealed record Refused(string Satker, string Kind, string Id, string Act, string? Post = null, string? ContentHash = null)
{
    public static Refused Of(ActUpon upon) =>
        new(upon.Satker, upon.Kind, upon.Id, Words.Of(upon.Act), $"{upon.Post}", upon.ContentHash);
}

/// <summary>The trail of what was refused: every act, and every other write that was not the caller's to make. It stands beside the
/// journal, whose entries are versions of documents; an office that does not exist has none.</summary>
internal static class Refusals
{
    /// <summary>How many refusals of a client are written down in an hour; later ones are refused as well, and not written down.</summary>
    private const int MostInAnHour = 100;

    public static Sql Keep(Refused what, Refusal why, DateTimeOffset now, string requestId) => new(
        "select journal_refusal($1, $2, $3, $4, $5::text, $6::text, $7, $8, $9, $10)", what.Satker, what.Kind, what.Id, what.Act,
        what.Post, what.ContentHash, why.Code, now, requestId, MostInAnHour);
}
