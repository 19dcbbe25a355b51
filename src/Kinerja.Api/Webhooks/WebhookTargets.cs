using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;

namespace Kinerja.Api;

/// <summary>The addresses of a host, as they are now.</summary>
internal delegate Task<IPAddress[]> Resolver(string host, CancellationToken ct);

/// <summary>
/// The one way out to targets. A host is resolved at each connection, each of its addresses is judged
/// (<see cref="Target.IsPublic"/>), and the connection goes to the very address that was judged. No proxy, no redirection, no cookie.
/// </summary>
internal sealed class WebhookTargets : IDisposable
{
    /// <summary>So many names that somebody wants to subscribe are looked up at once; deliveries have lookups of their own.</summary>
    private const int MostWished = 4;

    private readonly WebhookSettings settings;
    private readonly TimeProvider clock;
    private readonly HttpClient client;
    private readonly Lookups wished;
    private readonly Lookups sending;

    public WebhookTargets(WebhookSettings settings, Resolver resolve, TimeProvider clock)
    {
        (this.settings, this.clock) = (settings, clock);
        (wished, sending) = (new Lookups(resolve, MostWished), new Lookups(resolve, settings.Parallel));
        client = new HttpClient(new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            UseProxy = false,
            UseCookies = false,
            ConnectTimeout = settings.Timeout,
            MaxResponseHeadersLength = 16,
            MaxResponseDrainSize = 64 * 1024,
            PooledConnectionIdleTimeout = TimeSpan.FromSeconds(30),
            PooledConnectionLifetime = TimeSpan.FromMinutes(2),
            ConnectCallback = Connect,
        })
        {
            Timeout = Timeout.InfiniteTimeSpan,
        };
    }

    /// <summary>Why a URL cannot be subscribed now: its form, or where its host stands.</summary>
    public async Task<Fault?> WhyNot(string url, CancellationToken ct)
    {
        if (Target.WhyNot(url, settings.Allows) is { } fault)
        {
            return fault;
        }

        using var limit = new CancellationTokenSource(settings.Timeout, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(ct, limit.Token);
        try
        {
            await Addresses(wished, new Uri(url).IdnHost, either.Token);
            return null;
        }
        catch (TargetNotAllowed)
        {
            return Fault.At("/url", TargetNotAllowed.Code);
        }
        catch (Exception unresolved) when (unresolved is SocketException or ArgumentException
            || (unresolved is OperationCanceledException && !ct.IsCancellationRequested))
        {
            return Fault.At("/url", "target-unresolved");
        }
    }

    /// <summary>Sends a message, and says how that ended; it never throws for what a target does.</summary>
    public async Task<Tried> Post(Uri url, byte[] body, IEnumerable<(string Name, string Value)> headers)
    {
        if (Target.WhyNot(url.OriginalString, settings.Allows) is { } fault)
        {
            return new Tried(null, fault.Code);
        }

        using var request = new HttpRequestMessage(HttpMethod.Post, url) { Content = new ByteArrayContent(body) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/cloudevents+json", "utf-8");
        request.Headers.UserAgent.ParseAdd("Kinerja-Webhooks");
        foreach (var (name, value) in headers)
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }

        using var limit = new CancellationTokenSource(settings.Timeout, clock);
        try
        {
            using var answer = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, limit.Token);
            var after = answer.Headers.RetryAfter;
            return new Tried((int)answer.StatusCode, RetryAfter: after?.Delta ?? after?.Date - clock.GetUtcNow());
        }
        catch (OperationCanceledException)
        {
            return new Tried(null, "target-timeout");
        }
        catch (HttpRequestException failed)
        {
            return new Tried(null, failed.InnerException is TargetNotAllowed ? TargetNotAllowed.Code
                : failed.HttpRequestError switch
                {
                    HttpRequestError.NameResolutionError => "target-unresolved",
                    HttpRequestError.SecureConnectionError => "target-certificate",
                    HttpRequestError.ConnectionError => "target-unreachable",
                    _ => "target-no-answer",
                });
        }
    }

    public void Dispose()
    {
        client.Dispose();
        wished.Dispose();
        sending.Dispose();
    }

    private async ValueTask<Stream> Connect(SocketsHttpConnectionContext context, CancellationToken ct)
    {
        var addresses = await Addresses(sending, context.DnsEndPoint.Host, ct);
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(addresses, context.DnsEndPoint.Port, ct);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    /// <summary>The addresses of a host, when all may be targets: one that may not gives the whole name away.</summary>
    private async Task<IPAddress[]> Addresses(Lookups lookups, string host, CancellationToken ct)
    {
        var addresses = await lookups.Of(host.Trim('[', ']'), ct);
        return settings.Allows(host) || (addresses.Length > 0 && addresses.All(address => Target.IsPublic(address.GetAddressBytes())))
            ? addresses
            : throw new TargetNotAllowed(host);
    }
}

/// <summary>Looks names up, so many at once. The system's resolver heeds no token and holds a thread until it gives up: whoever asks
/// waits no longer than it wants to, and the place is free again when the resolver has ended.</summary>
internal sealed class Lookups(Resolver resolve, int most) : IDisposable
{
    private readonly SemaphoreSlim free = new(most);

    public async Task<IPAddress[]> Of(string host, CancellationToken ct)
    {
        await free.WaitAsync(ct);
        return await LookUp(host, ct).WaitAsync(ct);
    }

    public void Dispose() => free.Dispose();

    private async Task<IPAddress[]> LookUp(string host, CancellationToken ct)
    {
        try
        {
            return await resolve(host, ct);
        }
        finally
        {
            free.Release();
        }
    }
}

/// <summary>A host stands where only this service reaches.</summary>
internal sealed class TargetNotAllowed(string host) : Exception($"{host} is no target.")
{
    public const string Code = "target-not-allowed";
}
