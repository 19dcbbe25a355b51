using Npgsql;

namespace Kinerja.Api;

/// <summary>The database cannot be brought to the shape this build expects; it was left as it is.</summary>
internal sealed class OtherSchemaException(string message) : Exception(message);

/// <summary>
/// Brings the database to the shape this build expects, in one transaction under an advisory lock, so that several instances
/// may start at the same instant: first the numbered steps that are missing, each once, in order; then, when any file of
/// functions differs from what was applied, all of them. A database of another build is refused.
/// </summary>
internal static class Migrator
{
    private const long Lock = 0x4B494E45524A41; // "KINERJA"

    /// <summary>What was applied: names with their checksums.</summary>
    public static readonly Sql Applied = new("select name, checksum from schema_migration");

    public static Task Run(string owner, TextWriter log, CancellationToken ct) => Run(owner, Schema.OfThisBuild, log, ct);

    public static async Task Run(string owner, Schema schema, TextWriter log, CancellationToken ct)
    {
        await using var source = Database.ConnectOwner(owner);
        await using var connection = await source.OpenConnectionAsync(ct);
        await using var transaction = await connection.BeginTransactionAsync(ct);
        await Execute(connection, $"select pg_advisory_xact_lock({Lock})", ct);
        await Execute(connection, """
            create table if not exists schema_migration (
                name text primary key, checksum text not null, applied_at timestamptz not null default now())
            """, ct);
        var applied = await ReadApplied(connection, ct);
        if (schema.WhyNot(applied) is { } why)
        {
            throw new OtherSchemaException(why);
        }

        foreach (var step in schema.Missing(applied))
        {
            await Apply(connection, step, ct);
            await log.WriteLineAsync($"migration {step.Name} applied");
        }

        if (schema.HasOtherFunctions(applied))
        {
            foreach (var name in applied.Keys.Where(Schema.IsFunctions))
            {
                await Execute(connection, "delete from schema_migration where name = $1", ct, name);
            }

            foreach (var file in schema.Functions)
            {
                await Apply(connection, file, ct);
            }

            await log.WriteLineAsync("functions applied");
        }

        await transaction.CommitAsync(ct);
    }

    private static async Task Apply(NpgsqlConnection connection, SqlFile file, CancellationToken ct)
    {
        await Execute(connection, file.Sql, ct);
        await Execute(connection, "insert into schema_migration (name, checksum) values ($1, $2)", ct, file.Name, file.Checksum);
    }

    private static async Task<Dictionary<string, string>> ReadApplied(NpgsqlConnection connection, CancellationToken ct)
    {
        await using var query = new NpgsqlCommand(Applied.Text, connection);
        await using var rows = await query.ExecuteReaderAsync(ct);
        var applied = new Dictionary<string, string>(StringComparer.Ordinal);
        while (await rows.ReadAsync(ct))
        {
            applied.Add(rows.GetString(0), rows.GetString(1));
        }

        return applied;
    }

    private static async Task Execute(NpgsqlConnection connection, string sql, CancellationToken ct, params string[] values)
    {
        await using var command = new NpgsqlCommand(sql, connection) { CommandTimeout = 0 }; // Others may hold the lock for long.
        foreach (var value in values)
        {
            command.Parameters.Add(new() { Value = value });
        }

        await command.ExecuteNonQueryAsync(ct);
    }
}
