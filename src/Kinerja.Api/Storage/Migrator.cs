using System.Security.Cryptography;
using System.Text;
using Npgsql;

namespace Kinerja.Api;

/// <summary>
/// Brings the database to the shape this build expects: numbered SQL steps, each applied once, in order, in one
/// transaction under an advisory lock, so that several instances may start at the same instant. A step that was
/// applied and later changed is refused.
/// </summary>
internal static class Migrator
{
    private const long Lock = 0x4B494E45524A41; // "KINERJA"

    public static async Task Run(string owner, TextWriter log, CancellationToken ct)
    {
        await using var source = Database.ConnectOwner(owner);
        await using var connection = await source.OpenConnectionAsync(ct);
        await using var transaction = await connection.BeginTransactionAsync(ct);
        await Execute(connection, $"select pg_advisory_xact_lock({Lock})", ct);
        await Execute(connection, """
            create table if not exists schema_migration (
                name text primary key, checksum text not null, applied_at timestamptz not null default now())
            """, ct);
        var applied = await Applied(connection, ct);
        foreach (var (name, sql) in Steps())
        {
            var checksum = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(sql)));
            if (applied.TryGetValue(name, out var earlier))
            {
                if (earlier != checksum)
                {
                    throw new InvalidOperationException(
                        $"Migration {name} was applied in another form. Add a new step instead of changing an old one.");
                }

                continue;
            }

            await Execute(connection, sql, ct);
            await using var note = new NpgsqlCommand(
                "insert into schema_migration (name, checksum) values ($1, $2)", connection);
            note.Parameters.Add(new() { Value = name });
            note.Parameters.Add(new() { Value = checksum });
            await note.ExecuteNonQueryAsync(ct);
            await log.WriteLineAsync($"migration {name} applied");
        }

        await transaction.CommitAsync(ct);
    }

    private static readonly IReadOnlyList<string> Resources = [.. typeof(Migrator).Assembly.GetManifestResourceNames()
        .Where(name => name.EndsWith(".sql", StringComparison.Ordinal)).Order(StringComparer.Ordinal)];

    /// <summary>The names of the steps of this build, in order.</summary>
    public static IReadOnlyList<string> Names { get; } = [.. Resources.Select(NameOf)];

    /// <summary>The steps of this build, in order.</summary>
    public static IEnumerable<(string Name, string Sql)> Steps()
    {
        foreach (var resource in Resources)
        {
            using var reader = new StreamReader(typeof(Migrator).Assembly.GetManifestResourceStream(resource)!);
            yield return (NameOf(resource), reader.ReadToEnd());
        }
    }

    private static string NameOf(string resource) => resource[(resource.IndexOf("Migrations.", StringComparison.Ordinal) + 11)..];

    private static async Task<Dictionary<string, string>> Applied(NpgsqlConnection connection, CancellationToken ct)
    {
        await using var query = new NpgsqlCommand("select name, checksum from schema_migration", connection);
        await using var rows = await query.ExecuteReaderAsync(ct);
        var applied = new Dictionary<string, string>(StringComparer.Ordinal);
        while (await rows.ReadAsync(ct))
        {
            applied[rows.GetString(0)] = rows.GetString(1);
        }

        return applied;
    }

    private static async Task Execute(NpgsqlConnection connection, string sql, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync(ct);
    }
}
