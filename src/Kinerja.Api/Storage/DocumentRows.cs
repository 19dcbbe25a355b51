using System.Text.Json;

namespace Kinerja.Api;

/// <summary>Who did what, for which post, by which request: what the journal keeps of a change.</summary>
internal sealed record Trail(string Act, string Subject, Post? Post, string RequestId);

/// <summary>The rows one change of a document leaves: the document as it is now, the version, the journal entry.</summary>
internal sealed record DocumentRows(Row Document, Row Version, Row Journal)
{
    public static readonly Table Documents = new("document", """
        kind text, satker text, id text, version int, slot text, year int, unit text, period text, state text,
        awaiting text, public boolean, content_hash text, recorded_at timestamptz, body jsonb, returns int, late boolean,
        created_at timestamptz
        """);

    public static readonly Table Versions = new("document_version", """
        kind text, satker text, id text, version int, year int, public boolean, recorded_at timestamptz,
        body jsonb
        """);

    public static readonly Table Trails = new("journal", """
        satker text, kind text, id text, version int, year int, act text, subject text, post text,
        before_hash text, after_hash text, at timestamptz, request_id text
        """);

    /// <summary>The version that follows, with the hash of its content.</summary>
    public static Document<T> Next<T>(Document<T>? before, Document<T> next, DateTimeOffset now) => next with
    {
        Version = (before?.Version ?? 0) + 1,
        RecordedAt = now,
        ContentHash = ContentHash.Of(JsonSerializer.SerializeToElement(next.Content, Json.Documents)),
    };

    /// <summary>The rows of a version; the document's <c>created_at</c> holds for the first version alone.</summary>
    public static DocumentRows Of<T>(DocumentKind<T> kind, Document<T>? before, Document<T> next, Trail trail)
    {
        var body = JsonSerializer.SerializeToUtf8Bytes(next, Json.Documents);
        var columns = kind.Columns(next);
        return new DocumentRows(
            new Row(Documents, kind.Name, next.Satker, next.Id, next.Version, columns.Slot, columns.Year, columns.Unit,
                columns.Period, columns.State, Awaiting(next.SignOff), columns.Public, next.ContentHash, next.RecordedAt, body,
                columns.Returns, columns.Late, next.RecordedAt),
            new Row(Versions, kind.Name, next.Satker, next.Id, next.Version, columns.Year, columns.Public, next.RecordedAt, body),
            new Row(Trails, next.Satker, kind.Name, next.Id, next.Version, columns.Year, trail.Act, trail.Subject,
                trail.Post?.ToString(), before?.ContentHash, next.ContentHash, next.RecordedAt, trail.RequestId));
    }

    /// <summary>Replaces the document that was loaded, and no other version of it.</summary>
    public Sql Replace(int loaded) => new("""
        update document set version = $4, slot = $5, year = $6, unit = $7, period = $8, state = $9, awaiting = $10,
                            public = $11, content_hash = $12, recorded_at = $13, body = $14, returns = $15, late = $16
        where kind = $1 and satker = $2 and id = $3 and version = $17 returning version as written
        """, [.. Document.Parameters.SkipLast(1), loaded]);

    /// <summary>Whose act a document waits for, as the to-do list of a post finds it.</summary>
    private static string? Awaiting(SignOff? way) =>
        way?.Next is not { } step ? null : step.AtParent ? $"parent.{step.Post}" : step.Post;
}
