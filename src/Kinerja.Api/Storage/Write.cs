using System.Reflection;
using System.Text.Json;
using Microsoft.AspNetCore.Http.Metadata;
using Npgsql;

namespace Kinerja.Api;

/// <summary>An answer to a write: what a retry with the same key gets again, byte for byte.</summary>
internal sealed record Reply(int Status, byte[] Body, string? ETag = null, string? Location = null)
{
    public static Reply Created<T>(Document<T> document, string location) => new(
        201, JsonSerializer.SerializeToUtf8Bytes(document, Json.Documents), Kinerja.Api.ETag.Of(document.Version), location);

    /// <summary>An answer that is no document.</summary>
    public static Reply Computed<T>(T answer) => new(200, Json.Bytes(answer));

    public static Reply Ok<T>(Document<T> document, string? location = null) => new(
        200, JsonSerializer.SerializeToUtf8Bytes(document, Json.Documents), Kinerja.Api.ETag.Of(document.Version), location);
}

/// <summary>
/// A request that changes something: who asks, its key and the version it saw. Runs the work in one transaction and
/// makes a retry safe: key, hash of the body, status and answer are stored with the effect, kept seven days, and
/// looked up before anything else; without an effect there is no record.
/// </summary>
internal sealed class Write(
    HttpContext http, Caller caller, Database database, Sealer sealer, TimeProvider clock, string? key)
    : IEndpointParameterMetadataProvider
{
    private const int LongestKey = 255;

    public static ValueTask<Write?> BindAsync(HttpContext http)
    {
        var key = http.Request.Headers["Idempotency-Key"].ToString().Trim().Trim('"');
        if (http.Request.Method == HttpMethods.Post && key.Length == 0)
        {
            throw new BadRequest(400, [Fault.At("", "idempotency-key-required")]);
        }

        if (key.Length > LongestKey)
        {
            throw new BadRequest(400, [Fault.At("", "idempotency-key-too-long", ("limit", $"{LongestKey}"))]);
        }

        var services = http.RequestServices;
        return ValueTask.FromResult<Write?>(new Write(
            http, Caller.Of(http.User), services.GetRequiredService<Database>(), services.GetRequiredService<Sealer>(),
            services.GetRequiredService<TimeProvider>(), key.Length == 0 ? null : key));
    }

    public static void PopulateMetadata(ParameterInfo parameter, EndpointBuilder builder) =>
        builder.Metadata.Add(new TakesHeader("Idempotency-Key",
            "A key of your own for this one effect, at most 255 characters. Send it again to retry safely: the first answer is replayed.",
            "0192f7c2-5b1e-7c60-9a55-3f1f0c8f2a11", Required: true));

    /// <summary>Does the work in one transaction upon the documents of one office.</summary>
    /// <param name="satker">The office; the session writes nowhere else.</param>
    /// <param name="bodyHash">The hash of the request's body.</param>
    /// <param name="work">Loads, decides and writes; the answer, or why not.</param>
    /// <param name="ct">Ends the work before it is committed.</param>
    /// <param name="act">The act it is, if it is one: a refused one is written down, whatever it was refused for.</param>
    /// <param name="again">Why its answer is not told again, where it holds what only some may know.</param>
    public async Task<IResult> Run(
        string satker, string bodyHash, Func<DocumentSession, Task<Decision<Reply>>> work, CancellationToken ct, ActUpon? act = null,
        Func<DocumentSession, Task<Refusal?>>? again = null)
    {
        var (outcome, replayed) = await Attempt(Operation, satker, bodyHash, work, act, ct, again);
        return outcome.Accepts(out var reply, out var refusal) ? new Done(reply, replayed) : refusal.ToProblem();
    }

    /// <summary>
    /// Does several works, each in a transaction of its own, and answers for all of them together. A retry with the same
    /// key gets the same answer; when the first attempt ended midway, what it did is replayed and the rest is done.
    /// </summary>
    public async Task<IResult> RunEach<T>(
        string bodyHash, IReadOnlyList<T> items, Func<T, ActUpon> act, Func<T, DocumentSession, Task<Decision<Reply>>> work,
        Func<IReadOnlyList<Decision<Reply>>, byte[]> answer, CancellationToken ct)
    {
        if (await Earlier(bodyHash, ct) is { } earlier)
        {
            return earlier.Accepts(out var said, out var not) ? new Done(said, Replayed: true) : not.ToProblem();
        }

        var outcomes = new List<Decision<Reply>>();
        for (var i = 0; i < items.Count; i++)
        {
            var (item, upon) = (items[i], act(items[i]));
            var (outcome, _) = await Attempt($"{Operation}#{i}", upon.Satker, bodyHash, session => work(item, session), upon, ct);
            if (!outcome.Accepts(out _, out var why) && why.Code == InFlight.Code)
            {
                return InFlight.ToProblem(); // A twin is at this item: it answers, and this one may ask again.
            }

            outcomes.Add(outcome);
        }

        var whole = new Reply(200, answer(outcomes));
        var (kept, replayed) = await Attempt(
            Operation, "", bodyHash, _ => Task.FromResult<Decision<Reply>>(whole), act: null, CancellationToken.None);
        return kept.Accepts(out var reply, out var refusal) ? new Done(reply, replayed) : refusal.ToProblem();
    }

    private static readonly Refusal InFlight = Refusal.Conflict("key-in-flight");

    /// <summary>What the request's key was answered with.</summary>
    private async Task<Decision<Reply>?> Earlier(string bodyHash, CancellationToken ct)
    {
        await using var connection = await database.Source.OpenConnectionAsync(ct);
        await using var transaction = await connection.BeginTransactionAsync(ct);
        return (await Open(connection, transaction, Operation, bodyHash, clock.GetUtcNow(), ct)).Earlier;
    }

    /// <summary>Does one work and commits it; whether its answer is an earlier one. A refused act is written down, and so is
    /// whatever else was not the caller's to do.</summary>
    private async Task<(Decision<Reply> Outcome, bool Replayed)> Attempt(
        string operation, string satker, string bodyHash, Func<DocumentSession, Task<Decision<Reply>>> work, ActUpon? act,
        CancellationToken ct, Func<DocumentSession, Task<Refusal?>>? again = null)
    {
        var now = clock.GetUtcNow();
        var attempt = await Transact(operation, satker, bodyHash, now, work, again, ct);
        if (!attempt.Replayed && !attempt.Outcome.Accepts(out _, out var refusal)
            && (act is not null || refusal.Kind is RefusalKind.Forbidden or RefusalKind.NotFound))
        {
            var refused = act is not null ? Refused.Of(act) : new Refused(satker, "request", http.Request.Path.Value!, Name);
            await database.Query(caller, Refusals.Keep(refused, refusal, now, http.TraceIdentifier), _ => 0, CancellationToken.None);
            sealer.Committed();
        }

        return attempt;
    }

    private async Task<(Decision<Reply> Outcome, bool Replayed)> Transact(
        string operation, string satker, string bodyHash, DateTimeOffset now, Func<DocumentSession, Task<Decision<Reply>>> work,
        Func<DocumentSession, Task<Refusal?>>? again, CancellationToken ct)
    {
        await using var connection = await database.Source.OpenConnectionAsync(ct);
        await using var transaction = await connection.BeginTransactionAsync(ct);
        try
        {
            var (actor, earlier) = await Open(connection, transaction, operation, bodyHash, now, ct);
            if (earlier is not null && again is null)
            {
                return (earlier, Replayed: true);
            }

            var session = new DocumentSession(
                connection, transaction, caller, actor, satker, now, http.TraceIdentifier, database.Catalogues);
            if (earlier is not null)
            {
                return await again!(session) is { } no ? (no, Replayed: false) : (earlier, Replayed: true);
            }

            var decision = await work(session);
            if (!decision.Accepts(out var reply, out var refusal))
            {
                return (refusal, Replayed: false);
            }

            if (key is not null)
            {
                session.Also(Remember(operation, reply, bodyHash, now));
            }

            // From here on the caller's going away changes nothing: the effect and its record belong together.
            await session.Commit(CancellationToken.None);
            sealer.Committed();
            return (reply, Replayed: false);
        }
        catch (PostgresException taken) when (taken is
        { SqlState: PostgresErrorCodes.UniqueViolation, ConstraintName: "document_slot" or "document_pkey" })
        {
            return (Refusal.Conflict("already-exists"), Replayed: false);
        }
        catch (PostgresException foreign) when (IsBeyondReach(foreign))
        {
            return (Refusal.NotFound(), Replayed: false); // An office that is not the caller's looks like none.
        }
    }

    /// <summary>Row-level security kept a row out. A privilege that was not granted has the same SQLSTATE and is a fault of ours: only
    /// the place in PostgreSQL that raises it tells them apart, whatever the language of its messages.</summary>
    private static bool IsBeyondReach(PostgresException thrown) =>
        thrown is { SqlState: PostgresErrorCodes.InsufficientPrivilege, Routine: "ExecWithCheckOptions" };

    /// <summary>The operation, as the contract names it.</summary>
    private string Name => http.GetEndpoint()!.Metadata.GetRequiredMetadata<IEndpointNameMetadata>().EndpointName;

    /// <summary>What is asked for, however its path was written.</summary>
    private string Operation => $"{http.Request.Method} {((RouteEndpoint)http.GetEndpoint()!).RoutePattern.RawText} "
        + string.Join('/', http.Request.RouteValues.OrderBy(value => value.Key, StringComparer.Ordinal).Select(value => value.Value))
        + http.Request.QueryString;

    /// <summary>Says who is asking, and finds what this key was answered with, in one round trip.</summary>
    private async Task<(Actor Actor, Decision<Reply>? Earlier)> Open(
        NpgsqlConnection connection, NpgsqlTransaction transaction, string operation, string bodyHash, DateTimeOffset now,
        CancellationToken ct)
    {
        await using var batch = new NpgsqlBatch(connection, transaction)
        {
            BatchCommands = { Database.Enter(caller, now).ToCommand() },
        };
        if (key is not null)
        {
            batch.BatchCommands.Add(new Sql(
                "select try_lock_key($1)", $"{caller.Subject}\n{operation}\n{key}").ToCommand());
            batch.BatchCommands.Add(new Sql("""
                select body_hash, status, headers, body from idempotency where client = $1 and operation = $2 and key = $3
                """, caller.Subject, operation, key).ToCommand());
        }

        await using var rows = await batch.ExecuteReaderAsync(ct);
        var actor = await Database.ReadActor(caller, rows, ct);
        if (key is null)
        {
            return (actor, null);
        }

        await rows.NextResultAsync(ct);
        await rows.ReadAsync(ct);
        var alone = rows.GetBoolean(0);
        await rows.NextResultAsync(ct);
        if (await rows.ReadAsync(ct))
        {
            return (actor, rows.GetString(0) == bodyHash ? Recall(rows) : Refusal.Broken("key-reused"));
        }

        return (actor, alone ? null : (Decision<Reply>)InFlight);
    }

    /// <summary>Forgets the keys used before an instant, and what they were answered.</summary>
    public static Task ForgetKeys(Database database, DateTimeOffset before, CancellationToken ct) =>
        database.Query(Caller.Nobody, new Sql("select forget_keys($1)", before.ToUniversalTime()), _ => 0, ct);

    private Sql Remember(string operation, Reply reply, string bodyHash, DateTimeOffset now) => new("""
        insert into idempotency (client, operation, key, body_hash, status, headers, body, at)
        values ($1, $2, $3, $4, $5, $6, $7, $8)
        """, caller.Subject, operation, key, bodyHash, reply.Status,
        Sql.Json(JsonSerializer.SerializeToUtf8Bytes(new Dictionary<string, string?>
        {
            ["etag"] = reply.ETag,
            ["location"] = reply.Location,
        })), reply.Body, now);

    private static Reply Recall(NpgsqlDataReader row)
    {
        var headers = JsonSerializer.Deserialize<Dictionary<string, string?>>(row.GetFieldValue<byte[]>(2))!;
        return new Reply(row.GetInt32(1), row.GetFieldValue<byte[]>(3), headers["etag"], headers["location"]);
    }

    private sealed record Done(Reply Reply, bool Replayed) : IResult
    {
        public Task ExecuteAsync(HttpContext http)
        {
            http.Response.StatusCode = Reply.Status;
            http.Response.ContentType = "application/json";
            http.Response.Headers.CacheControl = "private, no-cache";
            if (Reply.ETag is not null)
            {
                http.Response.Headers.ETag = Reply.ETag;
            }

            if (Reply.Location is not null)
            {
                http.Response.Headers.Location = http.Request.PathBase + Reply.Location;
            }

            if (Replayed)
            {
                http.Response.Headers["Idempotency-Replayed"] = "true";
            }

            return http.Response.Body.WriteAsync(Reply.Body, http.RequestAborted).AsTask();
        }
    }
}
