using Npgsql;

namespace Kinerja.Api;

/// <summary>What an act needs to know beside its document, in one question.</summary>
/// <param name="Parent">The office above today; none for RI.</param>
/// <param name="Holders">Who holds the posts of the office, and the verifikator's of the office above.</param>
/// <param name="Period">The window of the document's period.</param>
internal sealed record Hands(string? Parent, IReadOnlyList<Holder> Holders, PeriodNow Period)
{
    /// <summary>For the decision of an act: neither do the caller's postings end nor does the period close before it is
    /// committed; where it is foreseen only, nothing is held.</summary>
    public static async Task<Hands> Load(DocumentSession session, string? period, CancellationToken ct) => Read(await session.Query(
        Select(session.Satker, period, session.Now, locked: !session.IsForeseeing), row => Row(session.Satker, row), ct));

    private static Sql Select(string satker, string? period, DateTimeOffset now, bool locked) => new("""
        select h.parent, h.satker, h.post, h.subject, h.capacity, h.decree, w.body, w.today
        from hands($1, $3, $4) h left join period_window($2, $1, $3, $4) w on $2 is not null
        """, satker, new NpgsqlParameter<string?> { TypedValue = period, NpgsqlDbType = NpgsqlTypes.NpgsqlDbType.Text }, now, locked);

    private static (string? Parent, Holder? Holder, PeriodNow Period) Row(string satker, NpgsqlDataReader row) => (
        row.TextOrNull(0),
        row.IsDBNull(1) ? null : new Holder(
            new Post(row.GetString(1), row.GetString(2)), row.GetString(3), Words.Read<Capacity>(row.GetString(4)),
            row.TextOrNull(5)),
        PeriodNow.Read(satker, row, 6));

    private static Hands Read(List<(string? Parent, Holder? Holder, PeriodNow Period)> rows) =>
        new(rows[0].Parent, [.. rows.Select(row => row.Holder).OfType<Holder>()], rows[0].Period);
}
