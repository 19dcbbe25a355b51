using System.Diagnostics;
using System.Globalization;
using Npgsql;

namespace Kinerja.Benchmarks;

/// <summary>
/// What the storage of roll-ups was decided by: sums kept in every office above, against sums made when they are asked for,
/// from each office's narrow rows or from the results themselves. Statements alone, as the owner, without the service.
/// </summary>
internal sealed class RollupStorage(NpgsqlDataSource owner, int year, TextWriter log)
{
    private const int Times = 7;
    private const int Hands = 16;
    private const int Acts = 320;

    // The last round of each report that was accepted, for every line that an office promised.
    private const string FromResults = """
        select fed.indicator, count(*), count(fed.rank), sum(fed.numerator), sum(fed.denominator), sum(fed.number), sum(fed.meeting)
        from reach below join promise p on p.satker = below.satker and p.year = $2 and holds(p.valid_from, p.valid_until, $3)
        left join lateral counting_result(p.satker, p.agreement, p.line, $4, sign_off_level('accepted')) r on r.feeds is not null
        left join lateral jsonb_to_recordset(r.feeds) as fed (
            indicator text, rank numeric, numerator numeric, denominator numeric, number numeric, meeting int) on true
        where below.viewer = $1 and holds(below.valid_from, below.valid_until, $3) group by 1
        """;

    private const string FromStandings = """
        select s.indicator, count(*), count(*) filter (where gap is null), sum(s.numerator), sum(s.denominator), sum(s.number), sum(s.meeting)
        from reach below join standing s on s.satker = below.satker and s.period = $4 and s.at_least = 4
        where below.viewer = $1 and holds(below.valid_from, below.valid_until, $3) and $2 = $2 group by 1
        """;

    private const string Kept = "select * from roll_up($1, $2, $4, 4, null) where $3 = $3";

    // The same from every version ever held: bodies, the last before the instant that was accepted.
    private const string AsRecorded = """
        select count(*), count(entry.value) from reach below
        join lateral (
            select distinct on (v.id) v.body from document_version v
            where v.kind = 'realization' and v.satker = below.satker and v.year = $2 and v.recorded_at <= now()
              and v.body #>> '{content,period}' = $4 and v.body #>> '{signOff,state}' = 'accepted'
            order by v.id, v.version desc) held on true
        left join lateral jsonb_array_elements(held.body #> '{content,entries}') entry on true
        where below.viewer = $1 and holds(below.valid_from, below.valid_until, $3)
        """;

    /// <summary>Measures and prints.</summary>
    public async Task Run()
    {
        await using var connection = await owner.OpenConnectionAsync();
        await Do(connection, "set app.scope = '{00}'; set app.today = '2030-01-01'; set plan_cache_mode = force_generic_plan");
        var province = (string)(await One(
            connection, "select parent from office_parent join office using (satker) where parent <> '00' group by 1 order by count(*) desc, 1 limit 1"))!;
        await log.WriteLineAsync("roll-ups of all indicators, ms             nation   province");
        foreach (var (name, sql) in new[]
        {
            ("from results", FromResults), ("from standings", FromStandings), ("kept", Kept), ("as recorded, from versions", AsRecorded),
        })
        {
            var nation = await Median(connection, sql, Offices.Ri);
            var below = await Median(connection, sql, province);
            await log.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"  {name,-38}{nation,11:0.0}{below,11:0.0}"));
        }

        await Writes("one report's figures alone, one hand", 1, restand: false);
        await Writes("  with the sums of all above", 1, restand: true);
        await Writes(FormattableString.Invariant($"one report's figures alone, {Hands} hands"), Hands, restand: false);
        await Writes("  with the sums of all above", Hands, restand: true);
        var watch = Stopwatch.StartNew();
        await Do(connection, "begin; select rebuild_reach(); rollback");
        var same = watch.Elapsed;
        watch.Restart();
        await Do(connection, $"""
            begin;
            update office_parent set valid_until = '{year}-03-01' where satker = (
                select min(satker) from office_parent where parent = '{province}' and valid_until = 'infinity') and valid_until = 'infinity';
            select rebuild_reach();
            rollback
            """);
        await log.WriteLineAsync(string.Create(CultureInfo.InvariantCulture,
            $"the tree anew {same.TotalMilliseconds:0} ms; with an office moved out of a province {watch.ElapsedMilliseconds} ms"));
    }

    /// <summary>Changes figures of different offices and commits; with the sums, everybody changes the nation's rows.</summary>
    private async Task Writes(string name, int hands, bool restand)
    {
        var reports = new List<(string Satker, string Report, string Period)>();
        await using (var query = owner.CreateCommand($"""
            select satker, report, period from (
                select distinct on (satker) satker, report, period from result
                where period like '{year}%' and feeds is not null and round = 1 order by satker, md5(report)) chosen
            order by md5(satker) limit {Acts}
            """))
        await using (var rows = await query.ExecuteReaderAsync())
        {
            while (await rows.ReadAsync())
            {
                reports.Add((rows.GetString(0), rows.GetString(1), rows.GetString(2)));
            }
        }

        var times = new double[reports.Count];
        var watch = Stopwatch.StartNew();
        await Task.WhenAll(Enumerable.Range(0, hands).Select(async hand =>
        {
            await using var connection = await owner.OpenConnectionAsync();
            for (var i = hand; i < reports.Count; i += hands)
            {
                var (satker, report, period) = reports[i];
                var one = Stopwatch.StartNew();
                await using var batch = new NpgsqlBatch(connection);
                batch.BatchCommands.Add(new Sql("""
                    update result set feeds = jsonb_set(feeds, '{0,meeting}', to_jsonb(1 - (feeds #>> '{0,meeting}')::int))
                    where satker = $1 and report = $2 and feeds is not null
                    """, satker, report).ToCommand());
                if (restand)
                {
                    batch.BatchCommands.Add(new Sql("select restand($1, $2::text[])", satker, new[] { period }).ToCommand());
                }

                await batch.ExecuteNonQueryAsync();
                times[i] = one.Elapsed.TotalMilliseconds;
            }
        }));
        var seconds = watch.Elapsed.TotalSeconds;
        Array.Sort(times);
        await log.WriteLineAsync(string.Create(CultureInfo.InvariantCulture,
            $"{name,-40}{times.Length / seconds,8:0} /s   p50 {times[times.Length / 2]:0.0} ms   p99 {times[(int)(0.99 * times.Length)]:0.0} ms"));
    }

    private async Task<double> Median(NpgsqlConnection connection, string sql, string satker)
    {
        var times = new double[Times];
        for (var i = 0; i < Times; i++)
        {
            var watch = Stopwatch.StartNew();
            await using var batch = new NpgsqlBatch(connection)
            {
                BatchCommands = { new Sql(sql, satker, year, new DateOnly(year, 12, 31), $"{year}").ToCommand() },
                Timeout = 0,
            };
            await using var rows = await batch.ExecuteReaderAsync();
            while (await rows.ReadAsync())
            {
                // The rows travel, as they would.
            }

            times[i] = watch.Elapsed.TotalMilliseconds;
        }

        Array.Sort(times);
        return times[Times / 2];
    }

    private static async Task Do(NpgsqlConnection connection, string sql)
    {
        await using var command = new NpgsqlCommand(sql, connection) { CommandTimeout = 0 };
        await command.ExecuteNonQueryAsync();
    }

    private static async Task<object?> One(NpgsqlConnection connection, string sql)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        return await command.ExecuteScalarAsync();
    }
}
