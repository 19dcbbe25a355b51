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
        left join result r on r.satker = p.satker and r.agreement = p.agreement and r.line = p.line and r.period = $2
            and ($3 < 0 or not r.taken_over) and r.round = (
                select l.round from reached l where l.satker = p.satker and l.report = r.report and l.level >= greatest($3, 0)
                order by l.version desc limit 1)
        left join lateral (
            select h.version, h.level, h.content_hash, exists (
                select 1 from reached n where n.satker = r.satker and n.report = r.report and n.round > r.round) as newer
            from reached h where h.satker = r.satker and h.report = r.report and h.round = r.round order by h.level desc limit 1
        ) c on true
        """;

    private const string Columns = """
        o.satker, o.name, p.agreement, p.unit, p.line, p.indicator, p.wording, p.target,
        p.level, r.report, r.round, c.version, c.content_hash, c.level, c.newer, r.realization, r.carried_from, r.taken_over, r.figure
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
            join promise p on p.satker = o.satker and p.year = $4 and p.level = $6 and p.valid_from <= $5 and $5 < p.valid_until
            {Results} where o.satker = $1 order by p.unit, p.agreement, p.sort
            """, satker, period.Text, (int)SignOffLevel.TakenOver, period.Year, period.LastDay, Words.Of(level)));
        await Answer(http, new GetCapaian.OwnCapaian(period.Year, period.Text, level, SignOffLevel.TakenOver,
            OfficeCapaian.Of(satker, lines[0].SatkerName, lines, period, Today, links)));
    }

    private static async Task Children(TwinHost host, HttpContext http, string satker, Period period, AgreementLevel level)
    {
        var (offices, lines) = await Lines(host, host.Subject(http), new Sql($"""
            select {Columns} from office_parent child join office o on o.satker = child.satker
            left join promise p on p.satker = o.satker and p.year = $4 and p.level = $6 and p.valid_from <= $5 and $5 < p.valid_until
            {Results} where child.parent = $1 and child.valid_from <= $5 and $5 < child.valid_until
            order by o.satker, p.unit, p.agreement, p.sort
            """, satker, period.Text, (int)SignOffLevel.Accepted, period.Year, period.LastDay, Words.Of(level)));
        await Answer(http, GetChildrenCapaian.Answer(satker, period.Year, period,
            new MeasuredQuery(period, SignOffLevel.Accepted, level), [.. offices.Distinct()], lines,
            await CatalogueOf(host, http, period.Year), Today, links));
    }

    private static async Task Rollup(TwinHost host, HttpContext http, string satker, Period period)
    {
        var known = await CatalogueOf(host, http, period.Year);
        var rolled = known.Indicators.Values.Where(one => one.Rollup is not null).OrderBy(one => one.Code, StringComparer.Ordinal).ToList();
        var rules = rolled.ConvertAll(one => one.Rollup!);
        var read = await host.Ask(host.Subject(http), new Sql($"""
            select {Columns}, rule.ordinal::int
            from unnest($6::text[], $7::text[], $8::text[], $9::boolean[], $10::text[]) with ordinality
                as rule (source, level, reach, self, levels, ordinal)
            cross join lateral population($1, rule.reach, rule.self, string_to_array(rule.levels, ','), $5) chosen
            join office o on o.satker = chosen.satker
            left join promise p on p.satker = o.satker and p.year = $4 and p.level = rule.level and p.indicator = rule.source
                and p.valid_from <= $5 and $5 < p.valid_until
            {Results}
            union all
            select o.satker, o.name, p.agreement, p.unit, p.line, p.indicator, p.wording, p.target,
                p.level, null, null, null, null, null, null, null, null, null, null, 0
            from promise p join office o on o.satker = p.satker
            where p.satker = $1 and p.year = $4 and p.valid_from <= $5 and $5 < p.valid_until
            order by 20, 1, 4, 3, 5
            """, satker, period.Text, (int)SignOffLevel.Accepted, period.Year, period.LastDay,
            rules.ConvertAll(rule => rule.Source), rules.ConvertAll(rule => Words.Of(rule.SourceLevel)),
            rules.ConvertAll(rule => Words.Of(rule.Population.Reach)), rules.ConvertAll(rule => rule.Population.Self),
            rules.ConvertAll(rule => rule.Population.Levels is { } levels ? string.Join(',', levels.Select(Words.Of)) : null)), async rows =>
            {
                var all = new List<(int Rule, (string, string) Office, MeasuredLine? Line)>();
                while (await rows.ReadAsync())
                {
                    all.Add((rows.GetInt32(19), (rows.GetString(0), rows.GetString(1)), Line(rows)));
                }

                return all.ToLookup(row => row.Rule);
            });
        var own = read[0].Select(row => row.Line!).ToList();
        await Answer(http, new GetRollup.Rollups(satker, period.Year, period.Text, [.. rolled
            .Select((one, i) => (one, Rows: read[i + 1].ToList()))
            .Where(item => item.Rows.Exists(row => row.Office.Item1 != satker))
            .Select(item => GetRollup.Roll(item.one, known, [.. item.Rows.Select(row => row.Office).Distinct()],
                [.. item.Rows.Select(row => row.Line).OfType<MeasuredLine>()], own, period, SignOffLevel.Accepted, byChild: false, Today, links))]));
    }

    private static DateOnly Today => Day.Today(TimeProvider.System).Date;

    private static Task Answer<T>(HttpContext http, T answer) => TwinHost.Answer(http, Json.Bytes(answer), "\"computed\"");

    private static async Task<Catalogue> CatalogueOf(TwinHost host, HttpContext http, int year) =>
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
                if (Line(rows) is { } line)
                {
                    lines.Add(line);
                }
            }

            return (offices, lines);
        });

    private static MeasuredLine? Line(NpgsqlDataReader row) => row.IsDBNull(2) ? null : new(
        row.GetString(0), row.GetString(1), row.GetString(2), row.GetString(3), Words.Read<AgreementLevel>(row.GetString(8)),
        row.GetString(4), row.GetString(5), row.GetString(6), Body<Value>(row, 7),
        row.IsDBNull(9) || row.IsDBNull(11) ? null : new MeasuredResult(
            row.GetString(9), row.GetInt32(10), row.GetInt32(11), row.GetString(12),
            row.GetBoolean(17) ? SignOffLevel.TakenOver : (SignOffLevel)row.GetInt32(13), row.GetBoolean(14),
            Body<Value>(row, 15), row.IsDBNull(16) ? null : row.GetInt32(16), row.GetBoolean(17), Body<Capaian>(row, 18)));

    private static T Body<T>(NpgsqlDataReader row, int column) =>
        JsonSerializer.Deserialize<T>(row.GetFieldValue<byte[]>(column), Json.Documents)!;
}
