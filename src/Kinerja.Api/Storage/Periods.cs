using Npgsql;

namespace Kinerja.Api;

/// <summary>The window of a document's period, and the day at its office. Documents without a period have none.</summary>
internal sealed record PeriodNow(string Satker, PeriodWindow? Window, DateOnly Today)
{
    /// <summary>Why nothing may be done now.</summary>
    public Refusal? WhyNot => Window?.WhyNot(Satker, Today);

    public bool IsLocked => Window?.IsLocked(Satker, Today) == true;

    /// <summary>What is submitted now comes late.</summary>
    public bool IsLate => Today > Window?.Due;

    /// <summary>For a write: nobody closes the period before it is committed.</summary>
    public static async Task<PeriodNow> Load(DocumentSession session, string period, CancellationToken ct) =>
        (await session.Query(
            new Sql("select body, today from period_window($1, $2, $3, true)", period, session.Satker, session.Now),
            row => Read(session.Satker, row, 0), ct))[0];

    /// <summary>From the columns body and today; without a body there is no window.</summary>
    public static PeriodNow Read(string satker, NpgsqlDataReader row, int column) => new(
        satker, row.IsDBNull(column) ? null : Documents.Read<PeriodWindow>(row.GetFieldValue<byte[]>(column)).Content,
        row.IsDBNull(column + 1) ? DateOnly.MinValue : row.GetFieldValue<DateOnly>(column + 1));
}

/// <summary>The windows of periods, as documents of RI.</summary>
internal static class Periods
{
    /// <summary>A window to be opened, changed or closed; no act upon a report of the period is under way meanwhile.</summary>
    public static async Task<Document<PeriodWindow>?> Load(DocumentSession session, int year, string period, CancellationToken ct)
    {
        if (Period.Parse(period)?.Year != year)
        {
            return null;
        }

        await session.Query(new Sql("select lock_period($1)", period), _ => 0, ct);
        return await session.Load(DocumentKinds.Period, period, ct);
    }

    /// <summary>The windows of a year.</summary>
    public static Task<List<Document<PeriodWindow>>> List(
        Database database, Caller caller, int year, Paging page, CancellationToken ct) =>
        database.Query(caller, new Sql("""
            select body from document where kind = 'period' and satker = $1 and year = $2 and id > $3 order by id limit $4
            """, Offices.Ri, year, page.After ?? "", page.Size + 1), row => Documents.Read<PeriodWindow>(row.GetFieldValue<byte[]>(0)), ct);

    /// <summary>Which of these are no offices.</summary>
    public static Task<List<string>> Unknown(DocumentSession session, IEnumerable<string> offices, CancellationToken ct) =>
        session.Query(new Sql("""
            select named from unnest($1::text[]) named where not exists (select from office where satker = named) order by named
            """, [offices.ToArray()]), row => row.GetString(0), ct);

    /// <summary>Whether this person has ever approved a report of RI for the period.</summary>
    public static Task<bool> HasApproved(DocumentSession session, string period, CancellationToken ct) => Any(session, """
        select from journal j join document d on (d.kind, d.satker, d.id) = (j.kind, j.satker, j.id)
        where j.kind = 'realization' and j.satker = $1 and j.act = 'approve' and j.subject = $2 and d.period = $3
        """, period, ct);

    /// <summary>Whether this person has ever closed the period.</summary>
    public static Task<bool> HasClosed(DocumentSession session, string period, CancellationToken ct) => Any(session, """
        select from journal j where j.kind = 'period' and j.satker = $1 and j.act = 'close' and j.subject = $2 and j.id = $3
        """, period, ct);

    private static async Task<bool> Any(DocumentSession session, string rows, string period, CancellationToken ct) =>
        (await session.Query(new Sql($"select exists ({rows})", Offices.Ri, session.Actor.Subject, period), row => row.GetBoolean(0), ct))[0];
}
