using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Npgsql;

namespace Kinerja.Benchmarks;

/// <summary>
/// Own capaian, the children's, and the roll-up, each from one statement over the narrow rows. The shapes of the answers
/// and what turns lines into them are the API's own, so that the bytes are the same; the statements, and holding a year's
/// catalogue in memory, are the twin's.
/// </summary>
internal static class TwinMeasures
{
    // After the lines promised (p): the last round at the level asked for ($3), and how far that round came.
    private const string Results = """
        left join lateral counting_result(p.satker, p.agreement, p.line, $2, $3) r on true
        left join lateral (
            select h.version, h.level, h.content_hash, exists (
                select 1 from reached n where n.satker = r.satker and n.report = r.report and n.round > r.round) as newer
            from reached h where h.satker = r.satker and h.report = r.report and h.round = r.round order by h.level desc limit 1
        ) c on true
        left join accumulated a on r.report is null and a.satker = p.satker and a.agreement = p.agreement and a.line = p.line
            and a.period = $2 and $3 between a.lowest and a.highest
        """;

    private const string Columns = """
        o.satker, o.name, p.agreement, p.unit, p.line, p.indicator, p.wording, coalesce(p.period_targets -> $2, p.target),
        p.level, r.report, r.round, c.version, c.content_hash, c.level, c.newer, coalesce(r.realization, a.realization),
        coalesce(r.carried_from, a.carried_from), coalesce(r.taken_over, a.taken_over), coalesce(r.figure, a.figure), a.made,
        r.proposed, r.derivation, r.given
        """;

    private static readonly Links links = new("");

    private static Catalogue? catalogue;

    public static void Map(WebApplication app, TwinHost host)
    {
        app.MapGet("/v1/satker/{satker}/capaian", (HttpContext http, string satker, int year, string level) =>
            Own(host, http, satker, Period.Parse($"{year}")!, Words.Read<AgreementLevel>(level)));
        app.MapGet("/v1/satker/{satker}/capaian/children", (HttpContext http, string satker, int year, string level) =>
            Children(host, http, satker, Period.Parse($"{year}")!, Words.Read<AgreementLevel>(level)));
        app.MapGet("/v1/satker/{satker}/rollup", (HttpContext http, string satker, int year) =>
            Rollup(host, http, satker, Period.Parse($"{year}")!));
    }

    private static async Task Own(TwinHost host, HttpContext http, string satker, Period period, AgreementLevel level)
    {
        var (_, lines) = await Lines(host, host.Subject(http), new Sql($"""
            select {Columns} from office o
            join promise p on p.satker = o.satker and p.year = $4 and p.level = $6 and holds(p.valid_from, p.valid_until, $5)
            {Results} where o.satker = $1 order by p.unit, p.agreement, p.sort
            """, satker, period.Text, (int)SignOffLevel.TakenOver, period.Year, period.LastDay, Words.Of(level)));
        await Answer(http, new GetCapaian.OwnCapaian(period.Year, period.Text, level, SignOffLevel.TakenOver, RecordedAt: null,
            OfficeCapaian.Of(
                satker, lines[0].SatkerName, lines, new MeasuredQuery(period, SignOffLevel.TakenOver, level), Due, links)));
    }

    private static async Task Children(TwinHost host, HttpContext http, string satker, Period period, AgreementLevel level)
    {
        var (offices, lines) = await Lines(host, host.Subject(http), new Sql($"""
            select {Columns} from office_parent child join office o on o.satker = child.satker
            left join promise p on p.satker = o.satker and p.year = $4 and p.level = $6 and holds(p.valid_from, p.valid_until, $5)
            {Results} where child.parent = $1 and holds(child.valid_from, child.valid_until, $5)
            order by o.satker, p.unit, p.agreement, p.sort
            """, satker, period.Text, (int)SignOffLevel.Accepted, period.Year, period.LastDay, Words.Of(level)));
        await Answer(http, GetChildrenCapaian.Answer(satker,
            new MeasuredQuery(period, SignOffLevel.Accepted, level), [.. offices.Distinct()], lines,
            await CatalogueOf(host, http, period.Year), Due, links));
    }

    private static async Task Rollup(TwinHost host, HttpContext http, string satker, Period period)
    {
        var read = await host.Ask(
            host.Subject(http), KeptRollups.Ask(satker, period, SignOffLevel.Accepted, indicator: null), KeptRollups.Read);
        var known = await CatalogueOf(host, http, period.Year);
        await Answer(http, GetRollup.Answer(
            new RollupQuestion(satker, period, SignOffLevel.Accepted, new Times(period.LastDay, null), Due, known, links), read, leaves: null));
    }

    /// <summary>Without windows: a year is due until its end.</summary>
    private static Deadlines Due { get; } = new(
        new Dictionary<string, PeriodWindow>(), Day.Today(TimeProvider.System).Date, new Dictionary<string, DateOnly>());

    private static Task Answer<T>(HttpContext http, T answer) => TwinHost.Answer(http, Json.Bytes(answer), "\"computed\"");

    /// <summary>The catalogue of a year, read once.</summary>
    public static async Task<Catalogue> CatalogueOf(TwinHost host, HttpContext http, int year) =>
        catalogue ??= await host.Ask(host.Subject(http), new Sql(
            "select kind, body from document where satker = '00' and kind in ('indicator', 'policy') and year = $1", year), async rows =>
            {
                var (policy, indicators) = ((Policy?)null, new Dictionary<string, Indicator>(StringComparer.Ordinal));
                while (await rows.ReadAsync())
                {
                    if (rows.GetString(0) == DocumentKinds.Policy.Name)
                    {
                        policy = Body<Document<Policy>>(rows, 1).Content;
                    }
                    else
                    {
                        var indicator = Body<Document<Indicator>>(rows, 1).Content;
                        indicators.Add(indicator.Code, indicator);
                    }
                }

                return new Catalogue(policy!, indicators);
            });

    private static Task<(List<(string Satker, string Name)> Offices, List<MeasuredLine> Lines)> Lines(
        TwinHost host, string subject, Sql sql) => host.Ask(subject, sql, async rows =>
        {
            var (offices, lines) = (new List<(string, string)>(), new List<MeasuredLine>());
            while (await rows.ReadAsync())
            {
                offices.Add((rows.GetString(0), rows.GetString(1)));
                if (!rows.IsDBNull(2))
                {
                    lines.Add(Measured.Line(rows));
                }
            }

            return (offices, lines);
        });

    private static T Body<T>(NpgsqlDataReader row, int column) =>
        JsonSerializer.Deserialize<T>(row.GetFieldValue<byte[]>(column), Json.Documents)!;
}
