using Npgsql;

namespace Kinerja.Api.Tests;

/// <summary>
/// The last wall: plain SQL as the service's own role. The tables are those of the catalog, so that a new one without
/// protection fails; each gets a row of KPU Kabupaten Alor, and is attacked without a scope and with foreign ones. Nothing
/// is committed but that row.
/// </summary>
public sealed class WallTests(Api api) : IClassFixture<Api>
{
    private const string Own = "5305.ketua";

    /// <summary>The tree and the rules of the catalogue are public: everybody reads them.</summary>
    private static readonly string[] Public = ["office", "office_parent", "reach", "rollup_rule", "unit"];

    /// <summary>Tables that the service reads and writes through functions alone: to its role they are not there.</summary>
    private static readonly string[] BehindFunctions = ["carrying", "census", "expectation", "standing", "tally", "told", "webhook_secret"];

    /// <summary>Tables without an office or a client: read at most.</summary>
    private static readonly string[] Nobodys = ["schema_migration"];

    /// <summary>No scope at all, a person without a post, a sibling, a cousin, another province.</summary>
    private static readonly string[] Foreign = ["", "nobody", "5371.ketua", "5201.sekretaris", "52.verifikator"];

    [Fact]
    public async Task Every_table_is_under_forced_row_level_security_and_every_view_is_out_of_reach()
    {
        Assert.Equal(Nobodys, await api.Owner.Rows("""
            select relname from pg_class where relnamespace = 'public'::regnamespace and relkind in ('r', 'p')
                and not (relrowsecurity and relforcerowsecurity)
            """));
        Assert.Empty(await api.Owner.Rows("""
            select relname from pg_class where relnamespace = 'public'::regnamespace and (relkind in ('v', 'm', 'f')
                and has_table_privilege('kinerja_app', oid, 'select') or relkind in ('r', 'p') and pg_get_userbyid(relowner) = 'kinerja_app')
            """));
        Assert.Equal("False|False|False", Assert.Single(await api.Owner.Rows(
            "select rolsuper, rolbypassrls, pg_has_role('kinerja_app', 'kinerja_owner', 'member') from pg_roles where rolname = 'kinerja_app'")));
    }

    [Fact]
    public async Task No_row_of_another_office_is_seen_or_changed_and_the_own_one_is()
    {
        var tables = await Tables();
        Assert.Superset(new HashSet<string> { "document", "journal", "posting", "idempotency", "promise" }, tables.Select(t => t.Name).ToHashSet());
        foreach (var table in tables)
        {
            await api.Owner.Execute($"{table.Insert("wall")} on conflict do nothing");
            var before = await api.Owner.Rows(table.Rows);
            Assert.NotEmpty(before);

            foreach (var foreign in Foreign)
            {
                if (!Public.Contains(table.Name))
                {
                    Assert.True(await Tries(foreign, table.See) is null or 0, $"{table.Name} is seen by '{foreign}'");
                }

                foreach (var attack in new[] { table.Update, table.Delete, table.Insert("wall2") })
                {
                    Assert.True(await Tries(foreign, attack) is null or 0, $"'{foreign}' may: {attack}");
                }
            }

            Assert.Equal(before, await api.Owner.Rows(table.Rows));
            foreach (var (privilege, act) in new[]
            {
                ("select", table.See), ("update", table.Update), ("delete", table.Delete), ("insert", table.Insert("wall2")),
            })
            {
                var granted = await IsGranted(table.Name, privilege);
                Assert.True(privilege != "select" || granted != BehindFunctions.Contains(table.Name), $"{table.Name} is read: {granted}");
                Assert.True((await Tries(Own, act) == 1) == granted, $"granted {granted}: {act}");
            }
        }
    }

    [Fact]
    public async Task What_stands_behind_functions_has_no_privilege_and_the_functions_tell_who_sees_the_office()
    {
        foreach (var table in BehindFunctions)
        {
            foreach (var privilege in new[] { "select", "insert", "update", "delete", "truncate", "references", "trigger" })
            {
                Assert.False(await IsGranted(table, privilege), $"{privilege} on {table}");
            }
        }

        foreach (var read in new[]
        {
            "select count(*) from roll_up('5305', 2024, '2024', 4, 'AK.01')",
            "select count(*) from uncounted('5305', 2024, '2024', 4, 'AK.01', 0)",
        })
        {
            foreach (var foreign in Foreign)
            {
                Assert.True(await Tries(foreign, read) is null or 0, $"'{foreign}' is told: {read}");
            }

            foreach (var above in new[] { Own, "53.verifikator", "00.inspektur" })
            {
                Assert.True(await Tries(above, read) == 1, $"'{above}' is not told: {read}");
            }
        }

        foreach (var inner in new[] { "extremes('5305', '2024', 'AK.01', 4, 'descendants', true, null)", "brought('5305', array['2024'])" })
        {
            Assert.True(await Tries("5371.ketua", $"select count(*) from {inner}") is null or 0, $"{inner} tells a sibling");
        }

        Assert.Null(await Tries(Own, "select 1 from rebuild_rollups()"));
    }

    [Fact]
    public async Task No_function_is_everybodys_and_later_ones_are_not_either()
    {
        const string of = "select proname from pg_proc where pronamespace = 'public'::regnamespace and";
        await api.Owner.Execute("create function made_later() returns int language sql as 'select 1'");

        Assert.Empty(await api.Owner.Rows($"{of} has_function_privilege('public', oid, 'execute')"));
        Assert.Equal(["protect", "rebuild_rollups"], await api.Owner.Rows($"{of} not has_function_privilege('kinerja_app', oid, 'execute') order by 1"));
        Assert.Equal(["1"], await api.App.Rows("select made_later()"));
    }

    [Theory]
    [InlineData("2019-12-31 15:59:59Z", false)]
    [InlineData("2019-12-31 16:00:00Z", true)]
    public async Task A_post_opens_with_the_day_of_its_own_office(string instant, bool opens) => Assert.Equal(
        opens ? ["5305|ketua"] : [], await api.Owner.Rows($"select satker, post from enter('{Own}', timestamptz '{instant}') where post = 'ketua'"));

    private async Task<bool> IsGranted(string table, string privilege) =>
        (await api.Owner.Rows($"select has_table_privilege('kinerja_app', '{table}', '{privilege}')")).Single() == "True";

    /// <summary>How many rows a statement touches as somebody, in a transaction that is rolled back; none when it is refused.</summary>
    private async Task<int?> Tries(string subject, string sql)
    {
        await using var connection = await api.App.OpenConnectionAsync(TestContext.Current.CancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(TestContext.Current.CancellationToken);
        try
        {
            if (subject.Length > 0)
            {
                await using var enter = new NpgsqlCommand($"select enter('{subject}', now())", connection, transaction);
                await enter.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
            }

            await using var command = new NpgsqlCommand(sql, connection, transaction);
            return sql.StartsWith("select", StringComparison.Ordinal)
                ? (int)(long)(await command.ExecuteScalarAsync(TestContext.Current.CancellationToken))!
                : await command.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
        }
        catch (PostgresException refused) when (refused.SqlState is PostgresErrorCodes.InsufficientPrivilege
            or PostgresErrorCodes.UndefinedObject or PostgresErrorCodes.InvalidDatetimeFormat) // no setting says who asks
        {
            return null;
        }
        catch (PostgresException key) when (key.SqlState == PostgresErrorCodes.UniqueViolation)
        {
            return 1; // Past the wall: the table's own key spoke.
        }
    }

    private async Task<List<Table>> Tables() => [.. (await api.Owner.Rows("""
        select c.table_name, c.column_name, c.data_type,
            exists (select 1 from information_schema.key_column_usage k join information_schema.table_constraints t using (constraint_name)
                where t.constraint_type = 'PRIMARY KEY' and k.table_schema = 'public' and k.table_name = c.table_name
                    and k.column_name = c.column_name),
            c.is_nullable = 'YES' or c.column_default is not null, c.is_identity = 'YES'
        from information_schema.columns c join information_schema.tables t using (table_schema, table_name)
        where c.table_schema = 'public' and t.table_type = 'BASE TABLE' order by 1, c.ordinal_position
        """)).Select(row => row.Split('|')).Where(row => !Nobodys.Contains(row[0])).GroupBy(row => row[0])
        .Select(table => new Table(table.Key, [.. table.Select(row => new Column(row[1], row[2], row[3] == "True", row[4] == "True", row[5] == "True"))]))];

    private sealed record Column(string Name, string Type, bool IsKey, bool IsOptional, bool IsIdentity)
    {
        /// <summary>A value of Alor's row.</summary>
        public string Value(string mark) => Name switch
        {
            "satker" or "viewer" => "'5305'",
            "client" or "subject" => $"'{Own}'",
            _ => Type switch
            {
                "text" => $"'{mark}'",
                "integer" or "bigint" or "smallint" or "numeric" => "2024",
                "boolean" => "false",
                "date" => "date '2001-02-03'",
                "timestamp with time zone" => "timestamptz '2001-02-03Z'",
                "jsonb" => "'{}'",
                "bytea" => "''",
                "uuid" => $"md5('{mark}')::uuid",
                "xid8" => "'2024'",
                "ARRAY" => "'{}'",
                _ => throw new ArgumentException($"A value for {Type} is missing."),
            },
        };
    }

    private sealed record Table(string Name, IReadOnlyList<Column> Columns)
    {
        public string Rows => $"select * from {Name} where {Which}";

        public string See => $"select count(*) from {Name} where {Which}";

        public string Update => $"update {Name} set {Owned} = {Owned} where {Which}";

        public string Delete => $"delete from {Name} where {Which}";

        private string Owned => Columns.FirstOrDefault(column => column.Name is "satker" or "client")?.Name
            ?? throw new InvalidOperationException($"{Name} belongs to no office and no client.");

        /// <summary>Alor's row: by its key, or by what was written when the key is the database's own.</summary>
        private string Which => string.Join(" and ", Columns
            .Where(column => Columns.Any(key => key is { IsKey: true, IsIdentity: false }) ? column.IsKey : Given(column) && column.Type == "text")
            .Select(column => $"{column.Name} = {column.Value("wall")}"));

        public string Insert(string mark) =>
            $"insert into {Name} ({string.Join(", ", Columns.Where(Given).Select(column => column.Name))}) "
            + $"values ({string.Join(", ", Columns.Where(Given).Select(column => column.Value(mark)))})";

        private static bool Given(Column column) => column is { IsOptional: false, IsIdentity: false };
    }
}
