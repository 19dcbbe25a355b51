using System.Text.Json;

namespace Kinerja.Api;

/// <summary>Read model: the lines of agreements in force.</summary>
internal static class Promises
{
    public static readonly Table Table = new("promise", """
        satker text, agreement text, line text, sort int, year int, unit text, level text, indicator text,
        wording text, target jsonb, valid_from date
        """);

    public static void Write(DocumentSession session, Document<Agreement> agreement, AgreementLevel level)
    {
        foreach (var row in Rows(agreement, level))
        {
            session.Also(row.Insert());
        }
    }

    /// <summary>The rows of an agreement in force, from its own date on.</summary>
    public static IEnumerable<Row> Rows(Document<Agreement> agreement, AgreementLevel level) =>
        agreement.Content.Lines.Select((line, sort) => new Row(Table,
            agreement.Satker, agreement.Id, line.No, sort, agreement.Content.Year, agreement.Content.Unit, Words.Of(level),
            line.Indicator, line.Wording, JsonSerializer.SerializeToUtf8Bytes(line.Target, Json.Documents), agreement.Content.Date));

    /// <summary>From this day on the agreement is measured against no more; without a day, from today at its office.</summary>
    public static void End(DocumentSession session, string agreement, DateOnly? from) => session.Also(new Sql("""
        update promise p set valid_until = greatest(p.valid_from, coalesce($3, ($4 at time zone o.zone)::date))
        from office o where o.satker = p.satker and p.satker = $1 and p.agreement = $2
        """, session.Satker, agreement, new Npgsql.NpgsqlParameter<DateOnly?>
    {
        TypedValue = from,
        NpgsqlDbType = NpgsqlTypes.NpgsqlDbType.Date,
    }, session.Now));

    /// <summary>The agreement a report is measured against: its unit's, in force on the last day of its period.</summary>
    public static async Task<Document<Agreement>?> InForce(DocumentSession session, Realization report, CancellationToken ct)
    {
        var bodies = await session.Query(new Sql("""
            select body from document where kind = 'agreement' and satker = $1 and id = (
                select agreement from promise where satker = $1 and year = $2 and unit = $3
                    and valid_from <= $4 and $4 < valid_until order by valid_from desc limit 1)
            """, session.Satker, report.Year, report.Unit, Period.Parse(report.Period)!.LastDay), row => row.GetFieldValue<byte[]>(0), ct);
        return bodies.Count == 0 ? null : Documents.Read<Agreement>(bodies[0]);
    }
}
