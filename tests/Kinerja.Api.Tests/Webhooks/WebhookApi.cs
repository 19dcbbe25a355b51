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
}
