using Npgsql;

namespace Kinerja.Api;

/// <summary>
/// Reading. Every query runs in one round trip behind the statement that says who is asking, in one implicit
/// transaction: row-level security sees the caller's posts of this instant, and nothing stays on the connection.
/// </summary>
internal sealed class Database(NpgsqlDataSource source, TimeProvider clock)
{
    public NpgsqlDataSource Source => source;

    public Catalogues Catalogues { get; } = new();

    /// <summary>Who read what, until it is written down.</summary>
    public Sights Sights { get; } = new();

    /// <summary>The pool of the application's role. Nobody waits for a lock or a statement without end: what takes too
    /// long is answered 503, and may be tried again.</summary>
    /// <summary>The database as its owner, who may take as long as it takes: to migrate, to load, to verify.</summary>
    public static NpgsqlDataSource ConnectOwner(string connection) =>
        NpgsqlDataSource.Create(new NpgsqlConnectionStringBuilder(connection) { CommandTimeout = 0 }.ConnectionString);

    public static NpgsqlDataSource Connect(string connection) => new NpgsqlDataSourceBuilder(connection)
    {
        ConnectionStringBuilder =
        {
            CommandTimeout = 40, // The server's own limit comes first, and says what it was.
            MaxAutoPrepare = 200, // Planning under row-level security costs more than most of these statements.
            AutoPrepareMinUsages = 2,
            NoResetOnClose = true, // Every setting of ours ends with its transaction: nothing stays to be reset.
            Options = "-c plan_cache_mode=force_generic_plan -c jit=off" // Compiling costs more than any of these statements.
                + " -c lock_timeout=5s -c statement_timeout=30s -c idle_in_transaction_session_timeout=60s",
        },
    }.Build();

    /// <summary>The caller was given a document.</summary>
    public void Saw(Caller caller, string satker, string kind, string id, int version) =>
        Sights.Note(caller, satker, kind, id, version, clock.GetUtcNow());

    /// <summary>Asks one question as the caller.</summary>
    public Task<List<T>> Query<T>(Caller caller, Sql sql, Func<NpgsqlDataReader, T> row, CancellationToken ct) =>
        Ask(caller, [sql], answers => answers.Next(row), ct);

    /// <summary>Asks several questions as the caller, in one round trip and upon one snapshot of each row.</summary>
    public async Task<T> Ask<T>(
        Caller caller, IReadOnlyList<Sql> questions, Func<Answers, Task<T>> read, CancellationToken ct)
    {
        await using var connection = await source.OpenConnectionAsync(ct);
        await using var batch = new NpgsqlBatch(connection) { BatchCommands = { Enter(caller, clock.GetUtcNow()).ToCommand() } };
        foreach (var question in questions)
        {
            batch.BatchCommands.Add(question.ToCommand());
        }

        await using var rows = await batch.ExecuteReaderAsync(ct);
        return await read(new Answers(rows, first: false, ct));
    }

    /// <summary>What a write of the caller would decide: the same questions in a transaction that reads only, holds nothing it reads,
    /// and is never committed.</summary>
    public async Task<T> Foresee<T>(Caller caller, string satker, Func<DocumentSession, Task<T>> decide, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        await using var connection = await source.OpenConnectionAsync(ct);
        await using var transaction = await connection.BeginTransactionAsync(ct);
        await using var batch = new NpgsqlBatch(connection, transaction)
        {
            BatchCommands = { new Sql("set transaction read only").ToCommand(), Enter(caller, now).ToCommand() },
        };
        Actor actor;
        await using (var rows = await batch.ExecuteReaderAsync(ct))
        {
            actor = await ReadActor(caller, rows, ct);
        }

        return await decide(new DocumentSession(
            connection, transaction, caller, actor, satker, now, requestId: "", Catalogues, isForeseeing: true));
    }

    /// <summary>The caller as an actor: the posts held at this instant.</summary>
    public async Task<Actor> Actor(Caller caller, CancellationToken ct)
    {
        await using var connection = await source.OpenConnectionAsync(ct);
        await using var command = new NpgsqlBatch(connection) { BatchCommands = { Enter(caller, clock.GetUtcNow()).ToCommand() } };
        await using var rows = await command.ExecuteReaderAsync(ct);
        return await ReadActor(caller, rows, ct);
    }

    public static Sql Enter(Caller caller, DateTimeOffset now) =>
        new("select satker, post, capacity from enter($1, $2)", caller.Subject, now);

    public static async Task<Actor> ReadActor(Caller caller, NpgsqlDataReader rows, CancellationToken ct)
    {
        var posts = new List<HeldPost>();
        while (await rows.ReadAsync(ct))
        {
            posts.Add(new HeldPost(
                new Post(rows.GetString(0), rows.GetString(1)), Words.Read<Capacity>(rows.GetString(2))));
        }

        return new Actor(caller.Subject, posts);
    }
}

/// <summary>The answers to several questions, in their order.</summary>
/// <param name="rows">The reader that stands on the first answer.</param>
/// <param name="first">Whether that one is the first to be read; it is skipped otherwise.</param>
/// <param name="ct">Ends the reading.</param>
internal sealed class Answers(NpgsqlDataReader rows, bool first, CancellationToken ct)
{
    private bool stands = first;

    /// <summary>The rows of the next answer.</summary>
    public async Task<List<T>> Next<T>(Func<NpgsqlDataReader, T> row)
    {
        var list = new List<T>();
        await Each(one => list.Add(row(one)));
        return list;
    }

    /// <summary>Takes the rows of the next answer as they come; none is kept.</summary>
    public async Task Each(Action<NpgsqlDataReader> take)
    {
        if (!stands)
        {
            await rows.NextResultAsync(ct);
        }

        stands = false;
        while (await rows.ReadAsync(ct))
        {
            take(rows);
        }
    }
}

/// <summary>A statement and its parameters, <c>$1</c> first.</summary>
internal sealed record Sql(string Text, params object?[] Parameters)
{
    public NpgsqlBatchCommand ToCommand()
    {
        var command = new NpgsqlBatchCommand(Text);
        foreach (var parameter in Parameters)
        {
            command.Parameters.Add(parameter as NpgsqlParameter ?? new NpgsqlParameter { Value = parameter ?? DBNull.Value });
        }

        return command;
    }

    /// <summary>A JSON parameter.</summary>
    public static NpgsqlParameter Json(byte[] utf8) =>
        new() { Value = utf8, NpgsqlDbType = NpgsqlTypes.NpgsqlDbType.Jsonb };
}
