using System.Collections.Concurrent;

namespace Kinerja.Api;

/// <summary>Who read which version of a document on a day.</summary>
/// <param name="Satker">The office it belongs to.</param>
/// <param name="Kind">What it is.</param>
/// <param name="Id">Its name in that office.</param>
/// <param name="Version">The version that was read.</param>
/// <param name="Subject">The account that read it.</param>
/// <param name="Day">The day, at the national office.</param>
/// <param name="First">When it was first read that day.</param>
/// <param name="Last">When it was last read that day.</param>
/// <param name="Times">How often.</param>
internal sealed record SightRow(
    string Satker, string Kind, string Id, int Version, string Subject, DateOnly Day, DateTimeOffset First, DateTimeOffset Last, long Times);

/// <summary>
/// Notes who read what: in memory while a request is answered, in the database a moment later, in one statement for all. What a
/// process that is killed had not written yet is lost; a reading is no change.
/// </summary>
internal sealed class Sights
{
    /// <summary>How many sights are kept in memory while the database is away; nobody can read a document meanwhile.</summary>
    private const int Most = 100_000;

    private ConcurrentDictionary<Key, Sight> noted = new();

    /// <summary>A caller was given a document.</summary>
    public void Note(Caller caller, string satker, string kind, string id, int version, DateTimeOffset now)
    {
        if (caller != Caller.Nobody)
        {
            noted.AddOrUpdate(new Key(satker, kind, id, caller.Subject, version), static (_, at) => new Sight(at, at, 1),
                static (_, sight, at) => sight with { Last = at, Times = sight.Times + 1 }, now);
        }
    }

    /// <summary>Writes what was noted since the last time; when that fails, it is noted again.</summary>
    public async Task Flush(Database database, CancellationToken ct)
    {
        if (noted.IsEmpty)
        {
            return;
        }

        var taken = Interlocked.Exchange(ref noted, new());
        var rows = taken.ToArray(); // A request that still holds the old one may be missed: it was reading, not writing.
        try
        {
            await database.Query(Caller.Nobody, new Sql("select note_sights($1, $2, $3, $4, $5, $6, $7, $8)",
                rows.Select(row => row.Key.Satker).ToArray(), rows.Select(row => row.Key.Kind).ToArray(),
                rows.Select(row => row.Key.Id).ToArray(), rows.Select(row => row.Key.Subject).ToArray(),
                rows.Select(row => row.Key.Version).ToArray(), rows.Select(row => row.Value.First.ToUniversalTime()).ToArray(),
                rows.Select(row => row.Value.Last.ToUniversalTime()).ToArray(), rows.Select(row => row.Value.Times).ToArray()), _ => 0, ct);
        }
        catch (Npgsql.NpgsqlException)
        {
            foreach (var (key, sight) in rows.Take(Most))
            {
                noted.AddOrUpdate(key, sight, (_, later) => new Sight(sight.First, later.Last, sight.Times + later.Times));
            }

            throw;
        }
    }

    /// <summary>Who read the documents of an office; the key is where a page goes on.</summary>
    public static Task<List<(string Key, SightRow Sight)>> List(
        Database database, Caller caller, string satker, string? kind, string? id, Paging page, CancellationToken ct) =>
        database.Query(caller, new Sql("""
            select key, kind, id, version, subject, day, first_at, last_at, times
            from (select *, concat_ws(chr(31), kind, id, subject, lpad(version::text, 10, '0'), day) collate "C" as key from sight
                  where satker = $1 and ($2::text is null or kind = $2) and ($3::text is null or id = $3)) s
            where key > $4 order by key limit $5
            """, satker, kind, id, page.After ?? "", page.Size + 1), row => (row.GetString(0), new SightRow(
                satker, row.GetString(1), row.GetString(2), row.GetInt32(3), row.GetString(4), row.GetFieldValue<DateOnly>(5),
                row.GetFieldValue<DateTimeOffset>(6), row.GetFieldValue<DateTimeOffset>(7), row.GetInt64(8))), ct);

    private sealed record Key(string Satker, string Kind, string Id, string Subject, int Version);

    private sealed record Sight(DateTimeOffset First, DateTimeOffset Last, long Times);
}
