using Npgsql;

namespace Kinerja.Api;

/// <summary>A change as the feed tells it.</summary>
internal sealed record SealedChange(
    string Satker, long Number, string Kind, string Id, int Version, int? Year, string Act, string? Post, string ContentHash,
    DateTimeOffset At);

/// <summary>A part of the feed that was looked through.</summary>
/// <param name="Changes">What the caller may read of it.</param>
/// <param name="Next">How far it goes.</param>
/// <param name="IsLast">Nothing follows yet.</param>
/// <param name="IsExpired">What follows the position asked for is not kept, or never was.</param>
internal sealed record FeedWindow(IReadOnlyList<SealedChange> Changes, long Next, bool IsLast, bool IsExpired);

/// <summary>An entry as the trail shows it, with the hash of its link and the instant of the version before.</summary>
internal sealed record SealedEntry(TrailEntry Entry, byte[] Hash, DateTimeOffset? BeforeAt);

/// <summary>The end of an office's chain.</summary>
internal sealed record ChainHead(string Satker, long Number, long Position, byte[] Hash);

/// <summary>What the trail is asked for; null is anything.</summary>
internal sealed record TrailQuery(
    string? Satker = null, string? Kind = null, string? Id = null, string? Subject = null, string? Post = null,
    DateTimeOffset? From = null, DateTimeOffset? To = null, bool? Refused = null);

/// <summary>The journal and the refusals in one order, chained per office: see <c>Functions/14_trail.sql</c>.</summary>
internal static class Ledger
{
    /// <summary>Where the feed ends, as a position to begin at.</summary>
    public const long End = -1;

    /// <summary>The kind of the entries that say which heads were exported.</summary>
    public const string Heads = "trail";

    /// <summary>How many entries are looked through at once for what a caller may read.</summary>
    private const int Window = 5_000;

    private const string Entry = """
        select l.position, l.satker, l.number, l.refused, l.kind, l.id, l.version, l.year, l.act, l.subject, l.post, j.before_hash,
               l.content_hash, l.code, l.at, coalesce(j.request_id, r.request_id), l.hash, b.at
        """;

    // Only what the caller may read of the journal and of the refusals: that is more than what the feed tells of public documents.
    private const string FromTrail = """
        from ledger l
        left join journal j on not l.refused and j.seq = l.seq
        left join refusal r on l.refused and r.seq = l.seq
        left join journal b on b.satker = l.satker and b.kind = l.kind and b.id = l.id and b.version = l.version - 1
        where (j.seq is not null or r.seq is not null)
        """;

    /// <summary>Seals what was committed, and asks where the ledger ends: two statements, the second sees what the first did.</summary>
    public static IReadOnlyList<Sql> Seal(int most, bool wait) =>
        [new("select seal($1, $2)", most, wait), new("select ledger_head()")];

    /// <summary>The changes after a position that the caller may read, as far as one look goes.</summary>
    /// <param name="database">Asked as the caller.</param>
    /// <param name="caller">Who asks.</param>
    /// <param name="after">The position; none for the oldest that is kept.</param>
    /// <param name="kept">Since when changes are kept.</param>
    /// <param name="satker">Only this office and what is below it.</param>
    /// <param name="most">How many changes at most.</param>
    /// <param name="ct">Ends the asking.</param>
    public static async Task<FeedWindow> Changes(
        Database database, Caller caller, long? after, DateTimeOffset kept, string? satker, int most, CancellationToken ct)
    {
        var (next, isLast, isExpired) = (0L, false, false);
        var rows = await database.Query(caller, new Sql("""
            select w.until, w.until = w.head, w.expired,
                   l.position, l.satker, l.number, l.kind, l.id, l.version, l.year, l.act, l.post, l.content_hash, l.at
            from ledger_window($1, $2, $3) w
            left join lateral (
                select * from ledger l
                where not w.expired and l.position > w.start and l.position <= w.until and not l.refused
                  and ($4::text is null or stands_below($4, l.satker, l.year))
                order by l.position limit $5
            ) l on true
            order by l.position
            """, after, kept.ToUniversalTime(), Window, satker, most), row =>
        {
            (next, isLast, isExpired) = (row.GetInt64(0), row.GetBoolean(1), row.GetBoolean(2));
            return row.IsDBNull(3) ? ((long, SealedChange)?)null : (row.GetInt64(3), new SealedChange(
                row.GetString(4), row.GetInt64(5), row.GetString(6), row.GetString(7), row.GetInt32(8), row.ValueOrNull<int>(9), row.GetString(10),
                row.TextOrNull(11), row.GetString(12), row.GetFieldValue<DateTimeOffset>(13)));
        }, ct);
        var changes = rows.Where(row => row is not null).Select(row => row!.Value).ToList();
        // A full page ends at its last change; what follows was not looked at.
        return changes.Count == most
            ? new FeedWindow([.. changes.Select(row => row.Item2)], changes[^1].Item1, IsLast: false, isExpired)
            : new FeedWindow([.. changes.Select(row => row.Item2)], next, isLast, isExpired);
    }

    /// <summary>Entries of the trail, the latest first.</summary>
    public static Task<List<SealedEntry>> Entries(
        Database database, Caller caller, TrailQuery query, long? before, int most, CancellationToken ct)
    {
        // Only what is asked for stands in the statement, so that each is planned for its own indexes.
        List<object?> values = [];
        string And(string condition, object? value)
        {
            if (value is null)
            {
                return "";
            }

            values.Add(value);
            return $" and {condition} ${values.Count}";
        }

        var where = And("l.position <", before) + And("l.satker =", query.Satker) + And("l.kind =", query.Kind) + And("l.id =", query.Id)
            + And("l.subject =", query.Subject) + And("l.post =", query.Post) + And("l.at >=", query.From?.ToUniversalTime())
            + And("l.at <", query.To?.ToUniversalTime()) + And("l.refused =", query.Refused);
        // Along one chain both orders are the same, and its own index has it.
        var order = query.Satker is null ? "l.position" : "l.number";
        values.Add(most);
        return database.Query(caller, new Sql(
            $"{Entry} {FromTrail} {where} order by {order} desc limit ${values.Count}", [.. values]), ReadEntry, ct);
    }

    /// <summary>One entry, the hash before it, and the bodies of the version before and of the one it made, as far as the caller
    /// may read them; who reads what is not public is noted.</summary>
    public static async Task<(SealedEntry Entry, byte[]? Previous, byte[]? Before, byte[]? After)?> Find(
        Database database, Caller caller, long position, CancellationToken ct)
    {
        var found = await database.Query(caller, new Sql($"""
            {Entry}, p.hash, v.body, w.body, l.public
            {FromTrail.Replace("where", """
            left join ledger p on p.satker = l.satker and p.number = l.number - 1
            left join document_version v on v.kind = l.kind and v.satker = l.satker and v.id = l.id and v.version = l.version - 1
            left join document_version w on w.kind = l.kind and w.satker = l.satker and w.id = l.id and w.version = l.version
            where
            """, StringComparison.Ordinal)} and l.position = $1
            """, position), row => (ReadEntry(row), row.BytesOrNull(18), row.BytesOrNull(19), row.BytesOrNull(20),
                row.GetBoolean(21)), ct);
        if (found is not [var (sealedEntry, previous, before, after, isPublic)])
        {
            return null;
        }

        if (!isPublic && after is not null && sealedEntry.Entry is { Version: { } version } entry)
        {
            database.Saw(caller, entry.Satker, entry.Kind, entry.Id, version);
        }

        return (sealedEntry, previous, before, after);
    }

    /// <summary>The end of an office's chain; none when the office is not the caller's to see.</summary>
    public static async Task<ChainHead?> Head(Database database, Caller caller, string satker, CancellationToken ct) =>
        (await database.Query(caller, new Sql("select satker, number, position, hash from chain_head($1)", satker), ReadHead, ct))
        .FirstOrDefault();

    /// <summary>Where the ledger ends, and the ends of all chains that grew after a position by more than exports.</summary>
    public static Task<(long Position, List<ChainHead> Heads)> HeadsSince(Database database, long position, CancellationToken ct) =>
        database.Ask(Caller.Nobody, [new("select ledger_head()"), new("select satker, number, position, hash from chain_heads($1)", position)],
            async answers => ((await answers.Next(row => row.GetInt64(0)))[0], await answers.Next(ReadHead)), ct);

    /// <summary>Writes into the journal that heads were exported, by the hash of what was.</summary>
    public static Task NoteExport(Database database, string hash, DateTimeOffset at, CancellationToken ct) =>
        database.Query(Caller.Nobody, new Sql("select note_export($1, $2)", hash, at), _ => 0, ct);

    private static SealedEntry ReadEntry(NpgsqlDataReader row) => new(
        new TrailEntry(row.GetInt64(0), row.GetString(1), row.GetInt64(2), row.GetBoolean(3), row.GetString(4), row.GetString(5),
            row.ValueOrNull<int>(6), row.ValueOrNull<int>(7), row.GetString(8), row.GetString(9), row.TextOrNull(10), row.TextOrNull(11),
            row.TextOrNull(12), row.TextOrNull(13), row.GetFieldValue<DateTimeOffset>(14), row.GetString(15)),
        row.GetFieldValue<byte[]>(16), row.ValueOrNull<DateTimeOffset>(17));

    private static ChainHead ReadHead(NpgsqlDataReader row) =>
        new(row.GetString(0), row.GetInt64(1), row.GetInt64(2), row.GetFieldValue<byte[]>(3));
}
