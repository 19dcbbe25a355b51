using System.Text.Json;

namespace Kinerja.Api;

/// <summary>Read model: the lines of agreements in force.</summary>
internal static class Promises
{
    public static readonly Table Table = new("promise", """
        satker text, agreement text, line text, sort int, year int, unit text, level text, indicator text,
        wording text, target jsonb, period_targets jsonb, valid_from date, counts_as text
        """);

    /// <summary>Writes the lines of an agreement in force.</summary>
    public static void Write(DocumentSession session, Document<Agreement> agreement, AgreementLevel level, Catalogue catalogue) =>
        session.Also([.. Rows(agreement, level, catalogue)]);

    /// <summary>The rows of an agreement in force, from its own date on.</summary>
    public static IEnumerable<Row> Rows(Document<Agreement> agreement, AgreementLevel level, Catalogue catalogue) =>
        agreement.Content.Lines.Select((line, sort) => new Row(Table,
            agreement.Satker, agreement.Id, line.No, sort, agreement.Content.Year, agreement.Content.Unit, Words.Of(level),
            line.Indicator, line.Wording, Body(line.Target), PeriodTargets(line), agreement.Content.Date,
            catalogue.CountsAs(line.Indicator)));

    // By period, as SQL looks them up; none where only the year's target is stated.
    private static byte[]? PeriodTargets(AgreementLine line) => line.PeriodTargets is { Count: > 0 } targets
        ? Body(targets.ToDictionary(part => part.Period, part => part.Target, StringComparer.Ordinal))
        : null;

    private static byte[] Body<T>(T value) => JsonSerializer.SerializeToUtf8Bytes(value, Json.Documents);

    /// <summary>The agreements of the unit and year that bind on an agreement's date or later; nobody submits a report of the unit
    /// meanwhile.</summary>
    public static Task<List<ReplacedAgreement>> Replaced(DocumentSession session, Document<Agreement> agreement, CancellationToken ct) =>
        session.Ask(
            [
                HoldUnitYear(session.Satker, agreement.Content.Year, agreement.Content.Unit),
                new Sql("""
                    select p.valid_from, last_submitted(p.satker, p.agreement)
                    from (select distinct satker, agreement, valid_from from promise
                          where satker = $1 and year = $2 and unit = $3 and agreement <> $4
                            and valid_from < valid_until and valid_until > $5) p
                    """, session.Satker, agreement.Content.Year, agreement.Content.Unit, agreement.Id, agreement.Content.Date),
            ],
            async answers =>
            {
                await answers.Next(_ => 0);
                return await answers.Next(row => new ReplacedAgreement(
                    row.GetFieldValue<DateOnly>(0), row.IsDBNull(1) ? null : Period.Parse(row.GetString(1))));
            }, ct);

    /// <summary>From its own date on the agreement stands in the place of every other of its unit and year.</summary>
    public static void Replace(DocumentSession session, Document<Agreement> agreement) => session.Also(new Sql("""
        update promise set valid_until = greatest(valid_from, $5), replaced_at = $6,
            revoked_until = case when valid_until < 'infinity' then valid_until end
        where satker = $1 and year = $2 and unit = $3 and agreement <> $4 and valid_until > $5
        """, session.Satker, agreement.Content.Year, agreement.Content.Unit, agreement.Id, agreement.Content.Date, session.Now));

    /// <summary>From today at its office on the agreement is measured against no more; what was submitted against it stays.</summary>
    public static void Revoke(DocumentSession session, Document<Agreement> agreement)
    {
        session.Also(HoldUnitYear(session.Satker, agreement.Content.Year, agreement.Content.Unit));
        session.Also(new Sql("""
            update promise p set valid_until = greatest(
                p.valid_from, ($3 at time zone o.zone)::date, last_day(last_submitted(p.satker, p.agreement)) + 1)
            from office o where o.satker = p.satker and p.satker = $1 and p.agreement = $2
            """, session.Satker, agreement.Id, session.Now));
    }

    /// <summary>What binds a unit in a year, and what it submits against that, changes one after the other.</summary>
    public static Sql HoldUnitYear(string satker, int year, string unit) => new("select lock_unit_year($1, $2, $3)", satker, year, unit);

    /// <summary>What follows for figures and roll-ups, once what a unit promised for a year has been written or ended.</summary>
    public static async Task Follow(DocumentSession session, Agreement agreement, CancellationToken ct)
    {
        await Accumulations.Renew(session, agreement.Year, agreement.Unit, ct);
        KeptRollups.Restand(session, agreement.Year);
    }

    /// <summary>The agreements in force of an office for a year.</summary>
    public static Sql AllInForce(string satker, int year) => new("""
        select body from document where kind = 'agreement' and satker = $1 and year = $2 and state = 'in-force' order by unit
        """, satker, year);

    /// <summary>The agreement a report is measured against: its unit's, in force on the last day of its period.</summary>
    public static Sql InForce(string satker, Realization report) => new("""
        select body from document where kind = 'agreement' and satker = $1 and id = (
            select agreement from promise where satker = $1 and year = $2 and unit = $3
                and holds(valid_from, valid_until, $4) order by valid_from desc limit 1)
        """, satker, report.Year, report.Unit, Period.Parse(report.Period)?.LastDay);
}

/// <summary>What a report is measured by: the catalogue of its year, the agreement in force, the units of its office.</summary>
/// <param name="Catalogue">None when RI has not opened the year.</param>
/// <param name="Agreement">None when no agreement binds the unit on the period's last day.</param>
/// <param name="Units">The units of the office.</param>
internal sealed record MeasuredBy(Catalogue? Catalogue, Document<Agreement>? Agreement, Units Units)
{
    public static Task<MeasuredBy> Load(DocumentSession session, Realization report, CancellationToken ct) =>
        session.Once($"{report.Period}/{report.Unit}", () => Read(session, report, ct));

    private static async Task<MeasuredBy> Read(DocumentSession session, Realization report, CancellationToken ct)
    {
        var (stamp, local, agreement, units) = await session.Ask(
            [
                Promises.HoldUnitYear(session.Satker, report.Year, report.Unit), // The agreement stays until this is committed.
                Kinerja.Api.Catalogue.Hold(report.Year), LocalIndicators.Of(session.Satker, report.Year),
                Promises.InForce(session.Satker, report), Offices.Units(session.Satker),
            ],
            async answers =>
            {
                await answers.Next(_ => 0);
                return (
                    (await answers.Next(Kinerja.Api.Catalogue.Stamp))[0],
                    await answers.Next(LocalIndicators.Read),
                    (await answers.Next(row => Documents.Read<Agreement>(row.GetFieldValue<byte[]>(0)))).FirstOrDefault(),
                    new Units(await answers.Next(Offices.Unit)));
            }, ct);
        return new MeasuredBy((await Kinerja.Api.Catalogue.Load(session, report.Year, stamp, ct))?.With(local), agreement, units);
    }
}
