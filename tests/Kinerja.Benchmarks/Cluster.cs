using Npgsql;

namespace Kinerja.Benchmarks;

/// <summary>A database of one made country, and how its owner and the application reach it.</summary>
internal sealed record CountryDatabase(string Owner, string App);

/// <summary>The PostgreSQL server the databases are made in; <c>KINERJA_BENCH_DB</c> names it with its superuser.</summary>
internal sealed class Cluster(string superuser)
{
    private const string OwnerRole = "kinerja_owner";
    private const string AppRole = "kinerja_app";
    private readonly string password = new NpgsqlConnectionStringBuilder(superuser).Password
        ?? throw new ArgumentException("The server's connection string has no password.");

    public static Cluster FromEnvironment() => new(Options.Required("KINERJA_BENCH_DB"));

    /// <summary>An existing database by name; none when it is not there.</summary>
    public async Task<CountryDatabase?> Find(string name)
    {
        await using var source = NpgsqlDataSource.Create(superuser);
        await using var query = source.CreateCommand("select count(*) from pg_database where datname = $1");
        query.Parameters.Add(new() { Value = name });
        return (long)(await query.ExecuteScalarAsync())! == 0 ? null : Named(name);
    }

    /// <summary>An empty database; one of that name before is dropped.</summary>
    public async Task<CountryDatabase> Create(string name)
    {
        await using var source = NpgsqlDataSource.Create(superuser);
        foreach (var role in new[] { OwnerRole, AppRole })
        {
            await Execute(source, $"do $$ begin create role {role}; exception when duplicate_object then null; end $$");
            await Execute(source, $"alter role {role} login nosuperuser nobypassrls password '{password}'");
        }

        await Execute(source, $"drop database if exists {name} with (force)");
        await Execute(source, $"create database {name} owner {OwnerRole}");
        return Named(name);
    }

    private CountryDatabase Named(string name) => new(As(name, OwnerRole), As(name, AppRole));

    private string As(string database, string role) => new NpgsqlConnectionStringBuilder(superuser)
    {
        Database = database,
        Username = role,
    }.ConnectionString;

    private static async Task Execute(NpgsqlDataSource source, string sql)
    {
        await using var command = source.CreateCommand(sql);
        await command.ExecuteNonQueryAsync();
    }
}
