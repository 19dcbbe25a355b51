using System.Diagnostics;
using System.Globalization;
using Npgsql;

namespace Kinerja.Benchmarks;

/// <summary>Makes a country in an empty database.</summary>
internal static class Generator
{
    // Row-level security is forced on the owner too, and COPY cannot go through it.
    private static readonly Table[] Tables =
    [
        Offices.Table, Offices.UnitTable, Offices.ParentTable, Offices.PostingTable, DocumentRows.Documents, DocumentRows.Versions,
        DocumentRows.Trails, Promises.Table, ResultRows.Results, ResultRows.Levels, Accumulations.Table, KeptRollups.Rules,
        Budgets.StateTable, Budgets.PartTable, Budgets.SpentTable,
    ];

    public static async Task Run(string owner, Country country, TextWriter log)
    {
        await Migrator.Run(owner, TextWriter.Null, CancellationToken.None);
        await using var source = NpgsqlDataSource.Create(owner);
        var watch = Stopwatch.StartNew();
        var written = new SortedDictionary<string, long>(StringComparer.Ordinal);
        await Force(source, "no force");
        await Load(source, written, Foundation(country));
        await Execute(source, "select rebuild_reach()");
        await Load(source, written, country.Offices.Chunk(8).Select(offices => Work(country, offices)));
        await Force(source, "force");
        await Execute(source, "analyze");
        await Execute(source, "select rebuild_rollups()");
        await Execute(source, $"select seal({int.MaxValue}, true)");
        var loaded = watch.Elapsed;
        await Execute(source, "vacuum analyze");
        await Report(source, log, country, written, loaded, watch.Elapsed);
    }

    private static IEnumerable<IReadOnlyList<Row>> Foundation(Country country)
    {
        // The offices first and alone: units, parents and postings refer to them.
        yield return [.. country.Offices.Select(Offices.Of)];
        var ledger = new Ledger(country);
        ledger.Open();
        yield return ledger.Rows;
        foreach (var offices in country.Offices.Chunk(100))
        {
            ledger = new Ledger(country);
            foreach (var office in offices)
            {
                ledger.Found(office);
            }

            yield return [.. ledger.Rows.Where(row => row.Table != Offices.Table)];
        }
    }

    private static List<Row> Work(Country country, Office[] offices)
    {
        var made = new List<Row>[offices.Length];
        Parallel.For(0, offices.Length, i =>
        {
            var ledger = new Ledger(country);
            ledger.Work(offices[i]);
            made[i] = [.. ledger.Rows];
        });
        return [.. made.SelectMany(rows => rows)];
    }

    private static async Task Load(
        NpgsqlDataSource source, SortedDictionary<string, long> written, IEnumerable<IReadOnlyList<Row>> chunks)
    {
        await using var bulk = new Bulk(source);
        using var next = chunks.GetEnumerator();
        var making = Task.Run(() => next.MoveNext() ? next.Current : null);
        for (var first = true; await making is { } chunk; first = false)
        {
            // The next rows are made while these travel; the first ones are referred to by all later.
            making = Task.Run(() => next.MoveNext() ? next.Current : null);
            await bulk.Write(chunk);
            if (first)
            {
                await bulk.Complete();
            }
        }

        await bulk.Complete();
        foreach (var (table, rows) in bulk.Written)
        {
            written[table] = written.GetValueOrDefault(table) + rows;
        }
    }

    private static async Task Force(NpgsqlDataSource source, string force)
    {
        foreach (var table in Tables)
        {
            await Execute(source, $"alter table {table.Name} {force} row level security");
        }
    }

    private static async Task Report(
        NpgsqlDataSource source, TextWriter log, Country country, SortedDictionary<string, long> written, TimeSpan loaded, TimeSpan all)
    {
        var total = written.Values.Sum();
        await log.WriteLineAsync(string.Create(CultureInfo.InvariantCulture,
            $"{country.Offices.Count} offices: {total} rows in {loaded.TotalSeconds:0.0} s ({total / loaded.TotalSeconds:0} rows/s), with vacuum {all.TotalSeconds:0.0} s"));
        foreach (var (table, rows) in written)
        {
            await using var size = source.CreateCommand($"select pg_total_relation_size('{table}')");
            var bytes = (long)(await size.ExecuteScalarAsync())!;
            await log.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"  {table,-18}{rows,10} rows{bytes / 1e6,10:0.0} MB"));
        }
    }

    private static async Task Execute(NpgsqlDataSource source, string sql)
    {
        await using var command = source.CreateCommand(sql);
        command.CommandTimeout = 0;
        await command.ExecuteNonQueryAsync();
    }
}
