using Npgsql;

namespace Kinerja.Api;

/// <summary>The office above today, and who holds the posts of an office and the verifikator's above it.</summary>
internal sealed record Hands(string? Parent, IReadOnlyList<Holder> Holders)
{
    /// <summary>For the decision of an act: the caller's postings do not end before it is committed.</summary>
    public static async Task<Hands> Load(DocumentSession session, CancellationToken ct) => Read(await session.Query(
        Select(session.Satker, session.Now, locked: true), Row, ct));

    /// <inheritdoc cref="Load(DocumentSession, CancellationToken)"/>
    public static async Task<Hands> Load(
        Database database, Caller caller, string satker, DateTimeOffset now, CancellationToken ct) =>
        Read(await database.Query(caller, Select(satker, now, locked: false), Row, ct));

    private static Sql Select(string satker, DateTimeOffset now, bool locked) =>
        new("select parent, satker, post, subject, capacity from hands($1, $2, $3)", satker, now, locked);

    private static (string? Parent, Holder? Holder) Row(NpgsqlDataReader row) => (
        row.IsDBNull(0) ? null : row.GetString(0),
        row.IsDBNull(1) ? null : new Holder(
            new Post(row.GetString(1), row.GetString(2)), row.GetString(3), Words.Read<Capacity>(row.GetString(4))));

    private static Hands Read(List<(string? Parent, Holder? Holder)> rows) =>
        new(rows[0].Parent, [.. rows.Select(row => row.Holder).OfType<Holder>()]);
}
