namespace Kinerja.Api;

/// <summary>An act as it is wanted, for the trail of what was refused.</summary>
internal sealed record ActUpon(string Satker, string Kind, string Id, Act Act, Post Post, string ContentHash);

/// <summary>The trail of refused acts. It stands beside the journal, whose entries are versions of documents.</summary>
internal static class Refusals
{
    /// <summary>How many refusals of a client are written down in an hour; later ones are refused as well, and not written down.</summary>
    private const int MostInAnHour = 100;

    public static Sql Keep(ActUpon upon, Refusal refusal, DateTimeOffset now, string requestId) => new(
        "select journal_refusal($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)", upon.Satker, upon.Kind, upon.Id, Words.Of(upon.Act),
        $"{upon.Post}", upon.ContentHash, refusal.Code, now, requestId, MostInAnHour);
}
