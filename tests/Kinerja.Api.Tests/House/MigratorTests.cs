using Microsoft.Extensions.Configuration;
using Npgsql;

namespace Kinerja.Api.Tests;

/// <summary>Bringing a database to the shape of a build.</summary>
public sealed class MigratorTests(World world, Api api) : IClassFixture<Api>
{
    private static readonly Schema Small = new(
        [new SqlFile("0001_a.sql", "create table a (n int)")], [Answering(1), new SqlFile("functions/02_b.sql", Function("b", "select a()"))]);

    [Fact]
    public async Task Instances_that_start_at_once_apply_everything_once()
    {
        await using var database = await Database("at_once");

        var logs = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Migrate(database, Schema.OfThisBuild)));

        Assert.Single(logs, log => log.EndsWith("functions applied\n", StringComparison.Ordinal));
        Assert.Equal(3, logs.Count(log => log.Length == 0));
        Assert.Equal([.. Schema.OfThisBuild.Steps.Select(file => file.Name), Schema.OfThisBuild.MarkOfFunctions.Name],
            await database.Rows("select name from schema_migration order by applied_at"));
    }

    [Fact]
    public async Task Functions_are_applied_again_when_one_has_changed_and_left_alone_otherwise()
    {
        await using var database = await Database("functions");
        Assert.Equal("migration 0001_a.sql applied\nfunctions applied\n", await Migrate(database, Small));
        var made = await Made(database);

        Assert.Empty(await Migrate(database, Small));
        Assert.Equal(made, await Made(database));

        Assert.Equal("functions applied\n", await Migrate(database, Small with { Functions = [Answering(2), Small.Functions[1]] }));
        Assert.Equal(["2"], await database.Rows("select b()"));
        Assert.NotEqual(made, await Made(database));

        Assert.Equal("functions applied\n", await Migrate(database, Small));
        Assert.Equal(["1"], await database.Rows("select b()"));
        Assert.Empty(await Migrate(database, Small));
    }

    [Fact]
    public async Task A_new_step_comes_before_the_functions_that_need_it()
    {
        await using var database = await Database("step");
        await Migrate(database, Small);
        var next = new Schema(
            [.. Small.Steps, new SqlFile("0002_c.sql", "drop function a cascade; create table c (n int)")],
            [new SqlFile("functions/01_a.sql", "create or replace function a() returns bigint language sql as $$ select count(*) from c $$")]);

        Assert.Equal("migration 0002_c.sql applied\nfunctions applied\n", await Migrate(database, next));
        Assert.Equal(["0"], await database.Rows("select a()"));
    }

    [Fact]
    public async Task A_step_that_was_applied_in_another_form_is_refused()
    {
        await using var database = await Database("changed");
        await Migrate(database, Small);
        var changed = new Schema([Small.Steps[0] with { Name = "0000_new.sql" }, new SqlFile("0001_a.sql", "create table b (n int)")], [Answering(2)]);

        var refused = await Assert.ThrowsAsync<OtherSchemaException>(() => Migrate(database, changed));

        Assert.StartsWith("Step 0001_a.sql was applied in another form.", refused.Message, StringComparison.Ordinal);
        Assert.Equal(["1"], await database.Rows("select a()"));
    }

    [Fact]
    public async Task What_fails_leaves_the_database_as_it_was()
    {
        await using var database = await Database("broken");
        await Migrate(database, Small);
        var broken = Small with { Functions = [Answering(2), new SqlFile("functions/02_b.sql", Function("b", "select nothing()"))] };

        await Assert.ThrowsAsync<PostgresException>(() => Migrate(database, broken));

        Assert.Equal(["1"], await database.Rows("select b()"));
        Assert.Empty(await Migrate(database, Small));
    }

    [Fact]
    public async Task The_verb_refuses_a_database_of_another_build_and_says_so()
    {
        await using var database = await Database("foreign");
        await Migrate(database, Small);
        var configuration = new ConfigurationBuilder()
            .AddInMemoryCollection([new("ConnectionStrings:Owner", database.ConnectionString)]).Build();
        await using var log = new StringWriter();

        Assert.Equal(1, await Verbs.Run("migrate", [], configuration, log));

        Assert.StartsWith("This database was made by another build", log.ToString(), StringComparison.Ordinal);
        Assert.Contains("0001_a.sql", log.ToString(), StringComparison.Ordinal);
        Assert.Equal(Small.Steps.Count + 1, await database.Count("schema_migration"));
    }

    [Theory]
    [InlineData("delete from schema_migration where name like 'functions/%'", 503)]
    [InlineData("delete from schema_migration where name = '0001_wall.sql'", 503)]
    [InlineData("update schema_migration set checksum = checksum || '0' where name = '0001_wall.sql'", 503)]
    [InlineData("insert into schema_migration (name, checksum) values ('9999_later.sql', '0')", 200)]
    [InlineData("insert into schema_migration (name, checksum) values ('functions/later', '0')", 200)]
    public async Task A_service_is_ready_upon_its_own_shape_and_a_later_one(string sql, int status)
    {
        (await api.Nobody().Get("/health/ready")).Is(200);
        await api.Owner.Execute("create table applied as table schema_migration");

        Assert.Equal(1, await api.Owner.Execute(sql));
        (await api.Nobody().Get("/health/ready")).Is(status);

        await api.Owner.Execute("delete from schema_migration; insert into schema_migration table applied; drop table applied");
        (await api.Nobody().Get("/health/ready")).Is(200);
    }

    private static SqlFile Answering(int one) => new("functions/01_a.sql", Function("a", $"select {one}"));

    private static string Function(string name, string body) => $"create or replace function {name}() returns int language sql as $$ {body} $$";

    private async Task<NpgsqlDataSource> Database(string name) => NpgsqlDataSource.Create(
        new NpgsqlConnectionStringBuilder(world.Cluster.Owner(await world.Cluster.Create($"migrator_{name}"))) { PersistSecurityInfo = true });

    private static async Task<string> Migrate(NpgsqlDataSource database, Schema schema)
    {
        await using var log = new StringWriter { NewLine = "\n" };
        await Migrator.Run(database.ConnectionString, schema, log, TestContext.Current.CancellationToken);
        return log.ToString();
    }

    /// <summary>By which transactions the functions were made.</summary>
    private static Task<List<string>> Made(NpgsqlDataSource database) => database.Rows("select xmin from pg_proc where proname in ('a', 'b')");
}
