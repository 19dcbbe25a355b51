using System.Net;
using Microsoft.Extensions.DependencyInjection;

namespace Kinerja.Api.Tests;

/// <summary>The service with names of a test's own, and receivers on this machine allowed; it tries again at once.</summary>
public sealed class WebhookApi(World world) : Api(world)
{
    private static readonly int Tries = 10;

    /// <summary>What names stand for; none for all others.</summary>
    public Dictionary<string, IPAddress[]> Names { get; } = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>How often a name was resolved.</summary>
    public int Resolved { get; private set; }

    protected override IReadOnlyList<(string Name, string Value)> Settings =>
    [
        ("Webhooks:AllowedHosts:1", "allowed.test"),
        .. Enumerable.Range(0, Tries - 1).Select(wait => ($"Webhooks:RetrySeconds:{wait}", "0")),
    ];

    protected override void Configure(IServiceCollection services) => services.AddSingleton<Resolver>((host, _) =>
    {
        Resolved++;
        return IPAddress.TryParse(host, out var literal) ? Task.FromResult<IPAddress[]>([literal])
            : Names.TryGetValue(host, out var addresses) ? Task.FromResult(addresses)
            : throw new System.Net.Sockets.SocketException((int)System.Net.Sockets.SocketError.HostNotFound);
    });

    /// <summary>A subscription of an office, and its secret.</summary>
    internal async Task<(Doc Webhook, string Secret)> Subscribed(string satker, string url, string[]? types = null, string? below = null)
    {
        var answer = (await As("00.admin-periode").Post(
            $"/v1/satker/{satker}/webhooks", new WebhookWish(url, types ?? [], below))).Is(201);
        return (Doc.Of(answer.Json["webhook"]!), (string)answer.Json["secret"]!);
    }

    /// <summary>The tries of a subscription, the latest first.</summary>
    internal async Task<List<System.Text.Json.Nodes.JsonNode>> Attempts(Doc webhook) =>
        [.. (await As("00.admin-periode").Get($"{webhook.Path}/attempts?pageSize=500")).Is(200).Json["items"]!.AsArray().Select(item => item!)];

    /// <summary>The subscription as it is now.</summary>
    internal async Task<Doc> Now(Doc webhook) => Doc.Of((await As("00.admin-periode").Get(webhook.Path)).Is(200));

    /// <summary>Asks until something holds; the dispatcher writes down how a delivery went after it was answered.</summary>
    internal static async Task Until(Func<Task<bool>> holds, TimeSpan? patience = null)
    {
        var limit = Environment.TickCount64 + (long)(patience ?? TimeSpan.FromSeconds(60)).TotalMilliseconds;
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(20));
        while (!await holds())
        {
            Assert.True(Environment.TickCount64 < limit, "it does not come to hold");
            await timer.WaitForNextTickAsync(TestContext.Current.CancellationToken);
        }
    }
}
