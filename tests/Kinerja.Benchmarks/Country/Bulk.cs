using Npgsql;

namespace Kinerja.Benchmarks;

/// <summary>Rows into their tables by binary COPY, a stream a table.</summary>
internal sealed class Bulk(NpgsqlDataSource owner) : IAsyncDisposable
{
    private readonly Dictionary<Table, (NpgsqlConnection Connection, NpgsqlBinaryImporter Importer)> streams = [];

    /// <summary>How many rows each table has got.</summary>
    public SortedDictionary<string, long> Written { get; } = new(StringComparer.Ordinal);

    public async Task Write(IEnumerable<Row> rows)
    {
        foreach (var table in rows.GroupBy(row => row.Table))
        {
            var importer = await Stream(table.Key);
            foreach (var row in table)
            {
                await importer.StartRowAsync();
                for (var i = 0; i < row.Values.Length; i++)
                {
                    await (row.Values[i] is { } value
                        ? importer.WriteAsync(value, table.Key.Columns[i].Type)
                        : importer.WriteNullAsync());
                }

                Written[table.Key.Name] = Written.GetValueOrDefault(table.Key.Name) + 1;
            }
        }
    }

    /// <summary>Commits every stream.</summary>
    public async Task Complete()
    {
        foreach (var (_, importer) in streams.Values)
        {
            await importer.CompleteAsync();
        }

        await DisposeAsync();
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var (connection, importer) in streams.Values)
        {
            await importer.DisposeAsync();
            await connection.DisposeAsync();
        }

        streams.Clear();
    }

    private async Task<NpgsqlBinaryImporter> Stream(Table table)
    {
        if (!streams.TryGetValue(table, out var stream))
        {
            var connection = await owner.OpenConnectionAsync();
            stream = (connection, await connection.BeginBinaryImportAsync(
                $"copy {table.Name} ({table.ColumnNames}) from stdin (format binary)"));
            streams.Add(table, stream);
        }

        return stream.Importer;
    }
}
