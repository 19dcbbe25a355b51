using System.Collections.Concurrent;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace Kinerja.Benchmarks;

/// <summary>
/// The bare twin: what the API's hot endpoints would cost with nothing around them. Minimal API and Npgsql, one statement
/// an endpoint behind the same row policy, the same bytes out; no pipeline, no checks, no problem details. It is a yardstick
/// and never a service: it believes every token.
/// </summary>
internal sealed class TwinHost(NpgsqlDataSource source)
{
    private readonly ConcurrentDictionary<string, string> tokens = new(StringComparer.Ordinal);

    public static async Task Run()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.AddServerHeader = false);
        await using var source = Database.Connect(Options.Required("ConnectionStrings__App"));
        var host = new TwinHost(source);
        using var issuer = new HttpClient { BaseAddress = new Uri(Options.Required("Identity__Issuer")) };
        var app = builder.Build();
        app.MapGet("/health/ready", () => "ok");
        TwinDocuments.Map(app, host);
        TwinMeasures.Map(app, host);
        TwinMoney.Map(app, host);
        TwinActs.Map(app, host, issuer);
        await app.RunAsync();
    }

    /// <summary>Whose token it is: looked up, and always good.</summary>
    public string Subject(HttpContext http)
    {
        var token = http.Request.Headers.Authorization.ToString();
        return tokens.GetOrAdd(token, text => text[(text.IndexOf('.', StringComparison.Ordinal) + 1)..]);
    }

    /// <summary>Runs one statement as a person, in one round trip and one implicit transaction.</summary>
    public async Task<T> Ask<T>(string subject, Sql sql, Func<NpgsqlDataReader, Task<T>> read)
    {
        await using var connection = await source.OpenConnectionAsync();
        await using var batch = Batch(connection, subject, [sql]);
        await using var rows = await batch.ExecuteReaderAsync();
        await rows.NextResultAsync();
        return await read(rows);
    }

    /// <summary>The same with several statements.</summary>
    public async Task<T> Ask<T>(string subject, IReadOnlyList<Sql> statements, Func<Answers, Task<T>> read)
    {
        await using var connection = await source.OpenConnectionAsync();
        await using var batch = Batch(connection, subject, statements);
        await using var rows = await batch.ExecuteReaderAsync();
        return await read(new Answers(rows, first: false, CancellationToken.None));
    }

    /// <summary>The connection of a transaction of several round trips.</summary>
    public ValueTask<NpgsqlConnection> Connect() => source.OpenConnectionAsync();

    /// <summary>A round trip of a transaction; the first says whose it is.</summary>
    public static async Task<T> Ask<T>(
        NpgsqlConnection connection, string? subject, IReadOnlyList<Sql> statements, Func<Answers, Task<T>> read)
    {
        await using var batch = Batch(connection, subject, statements);
        await using var rows = await batch.ExecuteReaderAsync();
        return await read(new Answers(rows, first: subject is null, CancellationToken.None));
    }

    private static NpgsqlBatch Batch(NpgsqlConnection connection, string? subject, IReadOnlyList<Sql> statements)
    {
        var batch = new NpgsqlBatch(connection);
        if (subject is not null)
        {
            batch.BatchCommands.Add(new Sql("select satker, post, capacity from enter($1, $2)", subject, DateTimeOffset.UtcNow).ToCommand());
        }

        foreach (var statement in statements)
        {
            batch.BatchCommands.Add(statement.ToCommand());
        }

        return batch;
    }

    public static Task Answer(HttpContext http, byte[] body, string tag)
    {
        http.Response.ContentType = "application/json";
        http.Response.ContentLength = body.Length;
        http.Response.Headers.ETag = tag;
        return http.Response.Body.WriteAsync(body).AsTask();
    }
}
