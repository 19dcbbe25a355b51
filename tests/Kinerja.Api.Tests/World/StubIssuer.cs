using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Kinerja.Api.Tests;

/// <summary>Another issuer: RFC 7662 introspection that says of each token what a test has it say. A token it was told
/// nothing of is an account's own name, active and for this service.</summary>
internal sealed class StubIssuer : IAsyncDisposable
{
    public const string Path = "/introspect";
    private readonly ConcurrentDictionary<string, Action<JsonObject>> told = new();
    private readonly TaskCompletionSource over = new();
    private readonly WebApplication app;
    private int questions;

    private StubIssuer(WebApplication app) => this.app = app;

    public string Url => app.Urls.First();

    /// <summary>How often it was asked.</summary>
    public int Questions => questions;

    /// <summary>What it answers instead of what it knows: a status, and a body that may never come.</summary>
    public (int Status, string? Body)? Ill { get; set; }

    /// <summary>What the answers to questions from now on wait for, made as they are when they are asked.</summary>
    public Task Held { get; set; } = Task.CompletedTask;

    public static async Task<StubIssuer> Start()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        var app = builder.Build();
        app.Urls.Add("http://127.0.0.1:0");
        var issuer = new StubIssuer(app);
        app.MapPost("/token/introspection", (Delegate)issuer.Answer);
        app.MapPost(Path, (Delegate)issuer.Answer);
        await app.StartAsync();
        return issuer;
    }

    /// <summary>Has it say something else of a token than it would.</summary>
    public void Says(string token, Action<JsonObject> change) => told[token] = change;

    public void Revokes(string token) => Says(token, answer => answer["active"] = false);

    public async ValueTask DisposeAsync()
    {
        over.TrySetResult();
        await app.DisposeAsync();
    }

    private async Task<IResult> Answer(HttpContext http)
    {
        var held = Held;
        if (Ill is { } ill)
        {
            Interlocked.Increment(ref questions);
            if (ill.Body is null)
            {
                await over.Task;
            }

            return Results.Text(ill.Body, statusCode: ill.Status);
        }

        var form = await http.Request.ReadFormAsync();
        var token = form["token"].ToString();
        var answer = new JsonObject
        {
            ["active"] = true,
            ["sub"] = token,
            ["client_id"] = "browser",
            ["iss"] = Url,
            ["aud"] = "urn:kinerja:api",
            ["scope"] = "openid kinerja",
            ["token_type"] = "Bearer",
            ["exp"] = new DateTimeOffset(2100, 1, 1, 0, 0, 0, TimeSpan.Zero).ToUnixTimeSeconds(),
        };
        if (told.TryGetValue(token, out var change))
        {
            change(answer);
        }

        Interlocked.Increment(ref questions);
        await held;
        return Results.Text(answer.ToJsonString(), "application/json");
    }
}
