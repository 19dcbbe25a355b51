using System.Text.Json;
using Npgsql;

namespace Kinerja.Api;

/// <summary>The last version of a document with a content.</summary>
/// <param name="Document">That version.</param>
/// <param name="Year">The year the document is for.</param>
/// <param name="IsCurrent">Whether the document still has the content.</param>
internal sealed record HeldContent(Document<JsonElement> Document, int? Year, bool IsCurrent);

/// <summary>A document that anyone may read, as its columns tell it.</summary>
internal sealed record PublicDocument(
    string Kind, string Satker, string Id, int Version, int? Year, string State, string ContentHash, DateTimeOffset RecordedAt);

/// <summary>Reading documents across kinds and offices: what is public, and what has a content.</summary>
internal static class PublicDocuments
{
    private const char Between = '\n';

    /// <summary>What anyone may read, in the order of kind, office and name.</summary>
    public static Sql List(string? kind, string? satker, int? year, Paging page)
    {
        var after = (page.After ?? "").Split(Between);
        return new Sql("""
            select kind, satker, id, version, year, state, content_hash, recorded_at from document
            where public and (kind, satker, id) > ($1, $2, $3) and ($4::text is null or kind = $4)
              and ($5::text is null or satker = $5) and ($6::int is null or year = $6)
            order by kind, satker, id limit $7
            """, after[0], after.ElementAtOrDefault(1) ?? "", after.ElementAtOrDefault(2) ?? "", kind, satker, year, page.Size + 1);
    }

    public static PublicDocument Row(NpgsqlDataReader row) => new(
        row.GetString(0), row.GetString(1), row.GetString(2), row.GetInt32(3), row.ValueOrNull<int>(4),
        row.GetString(5), row.GetString(6), row.GetFieldValue<DateTimeOffset>(7));

    /// <summary>Where the next page begins.</summary>
    public static string Key(PublicDocument row) => string.Join(Between, row.Kind, row.Satker, row.Id);

    /// <summary>The documents that have or had a content, the last such version of each; not more than a hundred.</summary>
    public static Sql WithContent(string hash) => new("""
        select distinct on (v.kind, v.satker, v.id) v.body, v.year, d.content_hash = $1
        from document_version v join document d on d.kind = v.kind and d.satker = v.satker and d.id = v.id
        where v.content_hash = $1 order by v.kind, v.satker, v.id, v.version desc limit 100
        """, hash);

    public static HeldContent Content(NpgsqlDataReader row) => new(
        Documents.Read<JsonElement>(row.GetFieldValue<byte[]>(0)), row.ValueOrNull<int>(1), row.GetBoolean(2));
}
