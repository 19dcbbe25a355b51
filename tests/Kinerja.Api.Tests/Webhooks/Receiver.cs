using System.Collections.Concurrent;
using System.Net;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Text.Json.Nodes;
using System.Threading.Channels;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Kinerja.Api.Tests;

/// <summary>A target of webhooks: keeps all that comes, and answers as a test has it.</summary>
internal sealed class Receiver : IAsyncDisposable
{
    private readonly Channel<Message> messages = Channel.CreateUnbounded<Message>();
    private readonly WebApplication app;

    private Receiver(WebApplication app) => this.app = app;

    /// <summary>A request that came.</summary>
    internal sealed record Message(string Path, IReadOnlyDictionary<string, string> Headers, string Body, int Status)
    {
        public string Id => Headers["webhook-id"];

        public JsonNode Event => JsonNode.Parse(Body)!;

        public JsonNode Data => Event["data"]!;

        public int Version => (int)Data["version"]!;
    }

    public string Url => $"{app.Urls.First()}/kinerja";

    public int Port => new Uri(app.Urls.First()).Port;

    /// <summary>What it answers; 204 when a test says nothing else.</summary>
    public Func<Message, int> Answers { get; set; } = _ => 204;

    /// <summary>A header of its answers.</summary>
    public (string Name, string Value)? Header { get; set; }

    /// <summary>All that came, in the order in which it was answered.</summary>
    public ConcurrentQueue<Message> All { get; } = [];

    /// <summary>Starts it, with TLS by a certificate where there is one.</summary>
    public static async Task<Receiver> Start(X509Certificate2? certificate = null)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseKestrelHttpsConfiguration().ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0, listen =>
        {
            if (certificate is not null)
            {
                listen.UseHttps(certificate);
            }
        }));
        var app = builder.Build();
        var receiver = new Receiver(app);
        app.MapFallback((Delegate)receiver.Take);
        await app.StartAsync();
        return receiver;
    }

    /// <summary>The next that comes, whatever it was answered.</summary>
    public async Task<Message> Next()
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        limit.CancelAfter(TimeSpan.FromSeconds(60));
        return await messages.Reader.ReadAsync(limit.Token);
    }

    /// <summary>The next so many.</summary>
    public async Task<List<Message>> Next(int count)
    {
        var list = new List<Message>();
        while (list.Count < count)
        {
            list.Add(await Next());
        }

        return list;
    }

    public ValueTask DisposeAsync() => app.DisposeAsync();

    private async Task<IResult> Take(HttpContext http)
    {
        using var reader = new StreamReader(http.Request.Body, Encoding.UTF8);
        var message = new Message(
            http.Request.Path, http.Request.Headers.ToDictionary(one => one.Key.ToLowerInvariant(), one => one.Value.ToString(), StringComparer.Ordinal),
            await reader.ReadToEndAsync(), 0);
        message = message with { Status = Answers(message) };
        if (Header is var (name, value))
        {
            http.Response.Headers[name] = value;
        }

        All.Enqueue(message);
        messages.Writer.TryWrite(message);
        return Results.StatusCode(message.Status);
    }
}
