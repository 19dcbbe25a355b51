using System.Data;
using Npgsql;

namespace Kinerja.Api;

/// <summary>
/// One transaction of one caller upon one office's documents. Reads lock what they read; every change bumps the
/// version, keeps the earlier one, and leaves its journal entry; read models and the answer to a retry are written
/// with it, in two round trips. Nothing stays before <see cref="Commit"/>.
/// </summary>
internal sealed class DocumentSession(
    NpgsqlConnection connection, NpgsqlTransaction transaction, Caller caller, Actor actor, string satker,
    DateTimeOffset now, string requestId, Catalogues catalogues, bool isForeseeing = false)
{
    private readonly List<Sql> writes = [];
    private readonly Dictionary<string, object> known = new(StringComparer.Ordinal);

    /// <summary>The caller, with the posts held at the instant of this transaction.</summary>
    public Actor Actor => actor;

    /// <summary>The office this session may write to.</summary>
    public string Satker => satker;

    public Catalogues Catalogues => catalogues;

    /// <summary>Nothing will be committed: what is read is not held (<see cref="Database.Foresee"/>).</summary>
    public bool IsForeseeing => isForeseeing;

    /// <summary>The server's instant of this transaction: the time of every act in it.</summary>
    public DateTimeOffset Now => now;

    /// <summary>The same upon the version that the caller saw: absent is not found, another version is stale.</summary>
    public async Task<Decision<Document<T>>> LoadSeen<T>(DocumentKind<T> kind, string id, int? seen, CancellationToken ct) =>
        await Load(kind, id, ct) is not { } stored ? Refusal.NotFound()
        : IfMatch.WhyNot(seen, stored.Version) is { } stale ? stale
        : stored;

    /// <summary>A document for update; none when it is absent or not the caller's to see. What a former parent may
    /// read and not write is loaded without the lock, so that it is refused by the rules, as its sign-offs tell.</summary>
    public async Task<Document<T>?> Load<T>(DocumentKind<T> kind, string id, CancellationToken ct)
    {
        const string select = "select body from document where kind = $1 and satker = $2 and id = $3";
        var bodies = isForeseeing ? [] : await Query(
            new Sql($"{select} for update", kind.Name, satker, id), rows => rows.GetFieldValue<byte[]>(0), ct);
        if (bodies.Count == 0)
        {
            bodies = await Query(new Sql(select, kind.Name, satker, id), rows => rows.GetFieldValue<byte[]>(0), ct);
        }

        return bodies.Count == 0 ? null : Documents.Read<T>(bodies[0]);
    }

    /// <summary>What is needed before and after a decision, and does not change between, is read once.</summary>
    /// <param name="name">What it is.</param>
    /// <param name="read">Reads it.</param>
    public async Task<T> Once<T>(string name, Func<Task<T>> read)
        where T : class
    {
        if (!known.TryGetValue(name, out var value))
        {
            known.Add(name, value = await read());
        }

        return (T)value;
    }

    /// <summary>Reads within the transaction.</summary>
    public Task<List<T>> Query<T>(Sql sql, Func<NpgsqlDataReader, T> row, CancellationToken ct) =>
        Ask([sql], answers => answers.Next(row), ct);

    /// <summary>Asks several questions within the transaction, in one round trip.</summary>
    public async Task<T> Ask<T>(IReadOnlyList<Sql> questions, Func<Answers, Task<T>> read, CancellationToken ct)
    {
        await using var batch = Batch(questions);
        await using var rows = await batch.ExecuteReaderAsync(ct);
        return await read(new Answers(rows, first: true, ct));
    }

    /// <summary>Sends what was written so far, and asks what is seen after it, in one round trip.</summary>
    public async Task<T> SendAndAsk<T>(IReadOnlyList<Sql> questions, Func<Answers, Task<T>> read, CancellationToken ct)
    {
        await using var batch = Batch([.. writes, new Sql("select 1 as asked"), .. questions]);
        writes.Clear();
        await using var rows = await batch.ExecuteReaderAsync(ct);
        await CheckWritten(rows, ct);
        return await read(new Answers(rows, first: false, ct));
    }

    /// <summary>Writes the first version of a document.</summary>
    public Document<T> Create<T>(DocumentKind<T> kind, string id, T content, SignOff? signOff, string act, Post? post) =>
        Write(kind, before: null, new Document<T>(kind.Name, satker, id, 0, now, "", signOff, content), act, post);

    /// <summary>Writes the next version of a document that was loaded in this session.</summary>
    public Document<T> Revise<T>(DocumentKind<T> kind, Document<T> loaded, Document<T> next, string act, Post? post) =>
        Write(kind, loaded, next, act, post);

    /// <summary>Writes to a read model, in the same transaction.</summary>
    public void Also(Sql sql) => writes.Add(sql);

    /// <summary>Writes rows of one table to a read model, in one statement.</summary>
    public void Also(IReadOnlyList<Row> rows)
    {
        if (rows.Count > 0)
        {
            writes.Add(Row.Insert(rows));
        }
    }

    /// <summary>Sends everything that was written, and commits.</summary>
    public async Task Commit(CancellationToken ct)
    {
        if (writes.Count > 0)
        {
            await using var batch = Batch(writes);
            writes.Clear();
            await using var results = await batch.ExecuteReaderAsync(ct);
            await CheckWritten(results, ct);
        }

        await transaction.CommitAsync(ct);
    }

    private NpgsqlBatch Batch(IReadOnlyList<Sql> statements)
    {
        var batch = new NpgsqlBatch(connection, transaction);
        foreach (var statement in statements)
        {
            batch.BatchCommands.Add(statement.ToCommand());
        }

        return batch;
    }

    /// <summary>Passes over what the writes answer, up to the questions behind them.</summary>
    private static async Task CheckWritten(NpgsqlDataReader results, CancellationToken ct)
    {
        do
        {
            switch (results.FieldCount == 1 ? results.GetName(0) : "")
            {
                case "asked":
                    return;

                // A document that changed under our lock cannot be; a write that hit nothing is a defect, not a no.
                case "written" when !await results.ReadAsync(ct):
                    throw new DBConcurrencyException("A document was not where it was loaded from.");
            }
        }
        while (await results.NextResultAsync(ct));
    }

    private Document<T> Write<T>(DocumentKind<T> kind, Document<T>? before, Document<T> next, string act, Post? post)
    {
        if (satker.Length == 0 || next.Satker != satker || (before ?? next).Satker != satker || (before ?? next).Id != next.Id)
        {
            throw new InvalidOperationException($"A session of {satker} was asked to write a document of {next.Satker}.");
        }

        next = DocumentRows.Next(before, next, now);
        var rows = DocumentRows.Of(kind, before, next, new Trail(act, caller.Subject, post, requestId));
        writes.Add(before is null ? rows.Document.Insert("returning version as written") : rows.Replace(before.Version));
        writes.Add(rows.Version.Insert());
        writes.Add(rows.Journal.Insert());
        return next;
    }
}
