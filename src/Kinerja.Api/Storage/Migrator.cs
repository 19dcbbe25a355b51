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

    /// <summary>What was applied, in its order.</summary>
    public static readonly Sql Applied = new("select name, checksum from schema_migration order by applied_at, name");

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
            await Execute(connection, step.Sql, ct);
            await Remember(connection, new AppliedFile(step.Name, step.Checksum), ct);
            await log.WriteLineAsync($"migration {step.Name} applied");
        }

        if (schema.HasOtherFunctions(applied))
        {
            foreach (var file in schema.Functions)
            {
                await Execute(connection, file.Sql, ct);
            }

            await Remember(connection, schema.MarkOfFunctions, ct);
            await log.WriteLineAsync("functions applied");
        }

        await transaction.CommitAsync(ct);
    }

    private static Task Remember(NpgsqlConnection connection, AppliedFile file, CancellationToken ct) => Execute(connection, """
        insert into schema_migration (name, checksum, applied_at) values ($1, $2, clock_timestamp())
        on conflict (name) do update set applied_at = excluded.applied_at
        """, ct, file.Name, file.Checksum);

    private static async Task<List<AppliedFile>> ReadApplied(NpgsqlConnection connection, CancellationToken ct)
    {
        await using var query = new NpgsqlCommand(Applied.Text, connection);
        await using var rows = await query.ExecuteReaderAsync(ct);
        var applied = new List<AppliedFile>();
        while (await rows.ReadAsync(ct))
        {
            applied.Add(new AppliedFile(rows.GetString(0), rows.GetString(1)));
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
