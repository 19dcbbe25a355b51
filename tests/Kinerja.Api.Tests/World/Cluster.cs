using System.Globalization;
using System.Security.Cryptography;
using Npgsql;

namespace Kinerja.Api.Tests;

/// <summary>
/// The PostgreSQL of a run: a private one, or the one that <c>KINERJA_TEST_DB</c> names by a superuser's connection
/// string (a server for tests: the passwords of the service's two roles are set anew). None is a failure.
/// </summary>
public sealed class Cluster : IAsyncDisposable
{
    private readonly string password = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16));
    private readonly string prefix = $"kinerja_{Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(4))}";
    private readonly SemaphoreSlim cloning = new(1, 1);
    private string? folder;
    private NpgsqlConnectionStringBuilder superuser = [];
    private int clones;

    public async Task Start()
    {
        if (Environment.GetEnvironmentVariable("KINERJA_TEST_DB") is { Length: > 0 } named)
        {
            superuser = new NpgsqlConnectionStringBuilder(named);
        }
        else
        {
            folder = Directory.CreateTempSubdirectory("kinerja-").FullName;
            await Postgres("start", "0", "--fast");
            superuser = new NpgsqlConnectionStringBuilder((await Postgres("url")).Trim());
        }

        foreach (var role in new[] { "kinerja_owner", "kinerja_app" })
        {
            await Execute(Superuser("postgres"), $"""
                do $$ begin
                    if not exists (select from pg_roles where rolname = '{role}') then create role {role}; end if;
                end $$;
                alter role {role} login nosuperuser nocreatedb nocreaterole nobypassrls password '{password}'
                """);
        }
    }

    public string Superuser(string database) => For(database, superuser.Username!, superuser.Password!);

    /// <summary>The owner of the tables: it migrates, and sees every row.</summary>
    public string Owner(string database) => For(database, "kinerja_owner", password);

    /// <summary>The role the service runs as.</summary>
    public string App(string database) => For(database, "kinerja_app", password);

    /// <summary>A database's address for programs that are not .NET.</summary>
    public string Url(string database) => string.Create(CultureInfo.InvariantCulture,
        $"postgres://{Uri.EscapeDataString(superuser.Username!)}:{Uri.EscapeDataString(superuser.Password ?? "")}@{superuser.Host}:{superuser.Port}/{database}");

    public async Task<string> Create(string name)
    {
        await Execute(Superuser("postgres"), $"create database {prefix}_{name} owner kinerja_owner");
        return $"{prefix}_{name}";
    }

    /// <summary>A database of one's own, with everything the template holds.</summary>
    public async Task<string> Clone(string template)
    {
        await cloning.WaitAsync(); // PostgreSQL copies a template for one at a time.
        try
        {
            var name = $"{prefix}_{++clones}";
            await Execute(Superuser("postgres"), $"create database {name} template {template} owner kinerja_owner");
            return name;
        }
        finally
        {
            cloning.Release();
        }
    }

    public async ValueTask DisposeAsync()
    {
        cloning.Dispose();
        NpgsqlConnection.ClearAllPools();
        if (folder is not null)
        {
            await Postgres("remove");
            Directory.Delete(folder, recursive: true);
            return;
        }

        await using var source = NpgsqlDataSource.Create(Superuser("postgres"));
        var databases = await source.Rows($"select datname from pg_database where datname like '{prefix}\\_%'");
        foreach (var database in databases)
        {
            await Execute(Superuser("postgres"), $"drop database {database} with (force)");
        }
    }

    private static async Task Execute(string connection, string sql)
    {
        await using var source = NpgsqlDataSource.Create(connection);
        await source.Execute(sql);
    }

    private string For(string database, string user, string word) => new NpgsqlConnectionStringBuilder(superuser.ConnectionString)
    {
        Database = database,
        Username = user,
        Password = word,
        MaxPoolSize = 20,
        // What a test sees of a database that is away is an answer, not a long wait.
        Timeout = 5,
    }.ConnectionString;

    private Task<string> Postgres(string act, params string[] more) =>
        Shell.Run("bash", ["deploy/lib/postgres.sh", act, Path.Combine(folder!, "pg"), .. more]);
}

/// <summary>Plain SQL, for what no caller of the API can see.</summary>
internal static class PlainSql
{
    public static async Task<int> Execute(this NpgsqlDataSource source, string sql)
    {
        await using var command = source.CreateCommand(sql);
        return await command.ExecuteNonQueryAsync();
    }

    /// <summary>Every row, its columns joined by a bar.</summary>
    public static async Task<List<string>> Rows(this NpgsqlDataSource source, string sql)
    {
        await using var command = source.CreateCommand(sql);
        await using var rows = await command.ExecuteReaderAsync();
        var list = new List<string>();
        while (await rows.ReadAsync())
        {
            list.Add(string.Join('|', Enumerable.Range(0, rows.FieldCount)
                .Select(column => Convert.ToString(rows.GetValue(column), CultureInfo.InvariantCulture))));
        }

        return list;
    }

    public static async Task<long> Count(this NpgsqlDataSource source, string from)
    {
        await using var command = source.CreateCommand($"select count(*) from {from}");
        return (long)(await command.ExecuteScalarAsync())!;
    }
}
