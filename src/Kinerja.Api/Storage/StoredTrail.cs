using System.Text.Json;
using Npgsql;

namespace Kinerja.Api;

/// <summary>The trail as its auditor reads it: streamed from the tables themselves, by their owner.</summary>
internal static class StoredTrail
{
    /// <summary>Shows every place of the ledger, in order, with the row it stands for.</summary>
    public static async Task Links(NpgsqlConnection connection, Action<FoundLink> take, CancellationToken ct)
    {
        await using var rows = await connection.BeginBinaryExportAsync("""
            copy (
                select l.position, l.satker, l.number, l.refused, l.hash, e.seq is not null,
                       (l.satker, l.kind, l.id, l.version, l.year, l.act, l.subject, l.post, l.content_hash, l.code, l.at)
                           is not distinct from (e.satker, e.kind, e.id, e.version, e.year, e.act, e.subject, e.post, e.content_hash, e.code, e.at),
                       coalesce(e.kind, ''), coalesce(e.id, ''), e.version, e.year, coalesce(e.act, ''), coalesce(e.subject, ''), e.post,
                       e.before_hash, e.content_hash, e.code, coalesce(e.at, l.at), coalesce(e.request_id, '')
                from ledger l left join (
                    select false as refused, seq, satker, kind, id, version, year, act, subject, post, before_hash,
                           after_hash as content_hash, null as code, at, request_id from journal
                    union all
                    select true, seq, satker, kind, id, null, null, act, subject, post, null, content_hash, code, at, request_id from refusal
                ) e on e.seq = l.seq and e.refused = l.refused
                order by l.position
            ) to stdout (format binary)
            """, ct);
        while (await rows.StartRowAsync(ct) >= 0)
        {
            var (position, satker, number) = (rows.Read<long>(), rows.Read<string>(), rows.Read<long>());
            var (refused, hash, exists, isTold) = (rows.Read<bool>(), rows.Read<byte[]>(), rows.Read<bool>(), rows.Read<bool>());
            var entry = new TrailEntry(
                position, satker, number, refused, rows.Read<string>(), rows.Read<string>(), Value<int>(rows), Value<int>(rows),
                rows.Read<string>(), rows.Read<string>(), Text(rows), Text(rows), Text(rows), Text(rows),
                new DateTimeOffset(rows.Read<DateTime>(), TimeSpan.Zero), rows.Read<string>());
            take(new FoundLink(position, satker, number, hash, exists ? entry : null, isTold));
        }
    }

    /// <summary>Shows what the versions of documents and the entries about them say of each other, where it is not the same.</summary>
    public static async Task Documents(NpgsqlConnection connection, Action<string, long, long, string> contradict, CancellationToken ct)
    {
        await using (var rows = await connection.BeginBinaryExportAsync($"""
            copy (
                select coalesce(j.satker, v.satker), coalesce(j.kind, v.kind), coalesce(j.id, v.id), coalesce(j.version, v.version),
                       coalesce(l.number, 0), coalesce(l.position, 0), j.after_hash, v.body
                from journal j full join document_version v using (satker, kind, id, version)
                left join ledger l on l.seq = j.seq and not l.refused
                where coalesce(j.kind, v.kind) <> '{Ledger.Heads}'
            ) to stdout (format binary)
            """, ct))
        {
            while (await rows.StartRowAsync(ct) >= 0)
            {
                var (satker, name) = (rows.Read<string>(), $"{rows.Read<string>()} {rows.Read<string>()} version {rows.Read<int>()}");
                var (number, position, said) = (rows.Read<long>(), rows.Read<long>(), Text(rows));
                var body = Bytes(rows);
                if (body is null)
                {
                    contradict(satker, number, position, $"{name} is not stored");
                }
                else if (said is null)
                {
                    contradict(satker, number, position, $"{name} has no entry");
                }
                else if (HashOf(body) != said)
                {
                    contradict(satker, number, position, $"{name} is stored with another content");
                }
            }
        }

        await using var present = await connection.BeginBinaryExportAsync("""
            copy (
                select d.satker, d.kind || ' ' || d.id || ' version ' || d.version, coalesce(l.number, 0), coalesce(l.position, 0)
                from document d left join document_version v using (satker, kind, id, version)
                left join journal j using (satker, kind, id, version) left join ledger l on l.seq = j.seq and not l.refused
                where d.body is distinct from v.body
            ) to stdout (format binary)
            """, ct);
        while (await present.StartRowAsync(ct) >= 0)
        {
            var (satker, name) = (present.Read<string>(), present.Read<string>());
            contradict(satker, present.Read<long>(), present.Read<long>(), $"{name} is shown otherwise than that version was stored");
        }
    }

    /// <summary>Shows the rows that have no place although their transaction ended before the last pass of the sealer; and says how
    /// many wait for the next one.</summary>
    public static async Task<long> Unsealed(NpgsqlConnection connection, Action<string, long, long, string> contradict, CancellationToken ct)
    {
        var waiting = 0L;
        await using var rows = await connection.BeginBinaryExportAsync("""
            copy (
                select e.satker, e.what, e.xid < (select l.below from ledger l order by l.position desc limit 1) from (
                    select false as refused, seq, xid, satker, act || ' of ' || kind || ' ' || id as what from journal
                    union all select true, seq, xid, satker, 'refused ' || act || ' of ' || kind || ' ' || id from refusal
                ) e
                where not exists (select 1 from ledger l where l.seq = e.seq and l.refused = e.refused)
            ) to stdout (format binary)
            """, ct);
        while (await rows.StartRowAsync(ct) >= 0)
        {
            var (satker, what, isOld) = (rows.Read<string>(), rows.Read<string>(), Value<bool>(rows) == true);
            waiting++;
            if (isOld)
            {
                contradict(satker, 0, 0, $"{what} has no place, though all of its time were given one");
            }
        }

        return waiting;
    }

    private static string HashOf(byte[] body)
    {
        // The binary form of jsonb begins with a byte for its own version.
        using var document = JsonDocument.Parse(body.AsMemory(1));
        try
        {
            return document.RootElement.TryGetProperty("content", out var content) ? ContentHash.Of(content) : "";
        }
        catch (FormatException)
        {
            return "";
        }
    }

    private static T? Value<T>(NpgsqlBinaryExporter rows)
        where T : struct
    {
        if (rows.IsNull)
        {
            rows.Skip();
            return null;
        }

        return rows.Read<T>();
    }

    private static string? Text(NpgsqlBinaryExporter rows)
    {
        if (rows.IsNull)
        {
            rows.Skip();
            return null;
        }

        return rows.Read<string>();
    }

    private static byte[]? Bytes(NpgsqlBinaryExporter rows)
    {
        if (rows.IsNull)
        {
            rows.Skip();
            return null;
        }

        return rows.Read<byte[]>(NpgsqlTypes.NpgsqlDbType.Bytea);
    }
}
