using System.Text.Json;
using Npgsql;

namespace Kinerja.Api;

/// <summary>Reading documents: one as its bytes, many as their columns.</summary>
internal static class Documents
{
    /// <summary>A stored body.</summary>
    public static Document<T> Read<T>(byte[] body) => JsonSerializer.Deserialize<Document<T>>(body, Json.Documents)!;

    /// <summary>One document, now or as it was held at an instant.</summary>
    public static async Task<IResult> Get<T>(
        Database database, Caller caller, DocumentKind<T> kind, string satker, string id, Instant? recordedAt, Fields fields,
        CancellationToken ct)
    {
        fields.MustBeOf(typeof(Document<T>));
        var query = recordedAt?.At is { } instant
            ? new Sql("""
                select version, body, public from document_version
                where kind = $1 and satker = $2 and id = $3 and recorded_at <= $4 order by version desc limit 1
                """, kind.Name, satker, id, instant.ToUniversalTime())
            : Present(kind.Name, satker, id);
        if (await See(database, caller, query, kind.Name, satker, id, ct) is not var (version, body))
        {
            return Problems.NotFound();
        }

        return fields.All ? new Found(body, ETag.Of(version))
            : new Found(fields.Select(body), ETag.Of(version, fields.Text));
    }

    /// <summary>One document as it is now; none when it is absent or not the caller's to see.</summary>
    public static async Task<Document<T>?> Find<T>(
        Database database, Caller caller, DocumentKind<T> kind, string satker, string id, CancellationToken ct) =>
        await Body(database, caller, kind, satker, id, ct) is { } body ? Read<T>(body) : null;

    /// <summary>One document as it was held at an instant, or as it is now.</summary>
    public static async Task<Document<T>?> Find<T>(
        Database database, Caller caller, DocumentKind<T> kind, string satker, string id, DateTimeOffset? then, CancellationToken ct) =>
        then is not { } instant ? await Find(database, caller, kind, satker, id, ct)
            : (await database.Query(caller, new Sql("""
                select body from document_version
                where kind = $1 and satker = $2 and id = $3 and recorded_at <= $4 order by version desc limit 1
                """, kind.Name, satker, id, instant), row => Read<T>(row.GetFieldValue<byte[]>(0)), ct)).FirstOrDefault();

    /// <summary>The same as it is stored, byte for byte.</summary>
    public static async Task<byte[]?> Body<T>(
        Database database, Caller caller, DocumentKind<T> kind, string satker, string id, CancellationToken ct) =>
        (await database.Query(caller, new Sql(
            "select body from document where kind = $1 and satker = $2 and id = $3", kind.Name, satker, id),
            row => row.GetFieldValue<byte[]>(0), ct)).FirstOrDefault();

    /// <summary>The same in a session, and whether everybody may read it; none when it is absent or not the caller's to see.</summary>
    public static async Task<(byte[] Body, bool IsPublic)?> Body<T>(DocumentSession session, DocumentKind<T> kind, string id, CancellationToken ct) =>
        (await session.Query(Present(kind.Name, session.Satker, id), row => (row.GetFieldValue<byte[]>(1), row.GetBoolean(2)), ct)) is [var found]
            ? found : null;

    /// <summary>Whether the office has the document for a thing, of which there is one.</summary>
    public static async Task<bool> IsTaken<T>(DocumentSession session, DocumentKind<T> kind, string slot, CancellationToken ct) =>
        (await session.Query(new Sql(
            "select exists (select from document where kind = $1 and satker = $2 and slot = $3)", kind.Name, session.Satker, slot),
            row => row.GetBoolean(0), ct))[0];

    private static Sql Present(string kind, string satker, string id) =>
        new("select version, body, public from document where kind = $1 and satker = $2 and id = $3", kind, satker, id);

    /// <summary>A version, and that the caller read it.</summary>
    private static async Task<(int Version, byte[] Body)?> See(
        Database database, Caller caller, Sql query, string kind, string satker, string id, CancellationToken ct)
    {
        var found = await database.Query(caller, query, row => (row.GetInt32(0), row.GetFieldValue<byte[]>(1), row.GetBoolean(2)), ct);
        if (found is not [var (version, body, isPublic)])
        {
            return null;
        }

        if (!isPublic)
        {
            database.Saw(caller, satker, kind, id, version);
        }

        return (version, body);
    }

    /// <summary>Which of these are documents of the session's office.</summary>
    public static async Task<IReadOnlySet<string>> Known<T>(
        DocumentSession session, DocumentKind<T> kind, IReadOnlyList<string> ids, CancellationToken ct) => ids.Count == 0
            ? new HashSet<string>()
            : (await session.Query(new Sql("select id from document where kind = $1 and satker = $2 and id = any ($3)",
                kind.Name, session.Satker, ids.ToArray()), row => row.GetString(0), ct)).ToHashSet(StringComparer.Ordinal);

    /// <summary>How many documents of a kind an office has for a year, how many were returned and how often, and how many came
    /// late; what was taken back counts as returned alone, if it was.</summary>
    public static Sql Returns(string kind, string satker, int year) => new("""
        select count(*) filter (where state <> 'revoked')::int, count(*) filter (where returns > 0)::int, coalesce(sum(returns), 0)::int,
               count(*) filter (where late and state <> 'revoked')::int
        from document where kind = $1 and satker = $2 and year = $3
        """, kind, satker, year);

    /// <summary>The documents of one kind in one office, oldest id first.</summary>
    public static Sql List(string kind, string satker, int? year, string? unit, string? period, string? state, Paging page) => new("""
        select id, version, year, unit, period, state, content_hash, created_at, recorded_at, returns, late from document
        where kind = $1 and satker = $2 and id > $3 and ($4::int is null or year = $4) and ($5::text is null or unit = $5)
          and ($6::text is null or period = $6) and ($7::text is null or state = $7)
        order by id limit $8
        """, kind, satker, page.After ?? "", year, unit, period, state, page.Size + 1);
}

/// <summary>A signed document in a list: what it is and where it stands, without its content.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Satker">The office it belongs to.</param>
/// <param name="Id">Its name in that office.</param>
/// <param name="Version">Its present version.</param>
/// <param name="Year">The year it is for.</param>
/// <param name="Unit">The unit it belongs to.</param>
/// <param name="Period">The period it is for; null where there is none.</param>
/// <param name="State">Where it stands.</param>
/// <param name="ContentHash">The hash of its content.</param>
/// <param name="CreatedAt">When it was begun.</param>
/// <param name="RecordedAt">When it last changed.</param>
/// <param name="Returns">How often it was returned.</param>
/// <param name="Late">Its last submission came after the period's due day.</param>
internal record DocumentRow(
    string Kind, string Satker, string Id, int Version, int? Year, string? Unit, string? Period, State State,
    string ContentHash, DateTimeOffset CreatedAt, DateTimeOffset RecordedAt, int Returns, bool Late)
{
    public static DocumentRow Read(string kind, string satker, NpgsqlDataReader row) => new(
        kind, satker, row.GetString(0), row.GetInt32(1), row.ValueOrNull<int>(2),
        row.TextOrNull(3), row.TextOrNull(4), Words.Read<State>(row.GetString(5)),
        row.GetString(6), row.GetFieldValue<DateTimeOffset>(7), row.GetFieldValue<DateTimeOffset>(8), row.GetInt32(9), row.GetBoolean(10));
}
