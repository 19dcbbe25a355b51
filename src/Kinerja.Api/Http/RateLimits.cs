using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Runtime.CompilerServices;

namespace Kinerja.Api;

/// <summary>
/// How many requests a minute are answered: for one client (the subject of its token, or its address), and upon one
/// satker (the one in the path or in the query). Counted in this instance, in whole minutes, whatever is asked for unless its
/// endpoint is <see cref="Unlimited"/>; every answer says what is left [draft-ietf-httpapi-ratelimit-headers]. 0 in the
/// configuration means without a limit.
/// </summary>
internal sealed class RateLimits(IConfiguration configuration, TimeProvider clock)
{
    private const int Minute = 60;
    private const int LongestSatker = 16;
    private readonly Quota client = new("client", configuration.GetValue("RateLimits:Client", 60_000));
    private readonly Quota satker = new("satker", configuration.GetValue("RateLimits:Satker", 600_000));

    public static Task Guard(HttpContext http, RequestDelegate next) =>
        http.GetEndpoint()?.Metadata.GetMetadata<Unlimited>() is null || http.Features.Get<Taken>() is not null
        ? http.RequestServices.GetRequiredService<RateLimits>().Count(http, next)
        : next(http);

    /// <summary>Whether a client may have the issuer asked about its token: what that costs is taken before, from the address while
    /// nothing is known of the token.</summary>
    public bool MayAsk(HttpContext http, Caller known)
    {
        var taken = Take(http, known, Now().Window);
        http.Features.Set(taken);
        return taken.Left is not < 0;
    }

    private Task Count(HttpContext http, RequestDelegate next)
    {
        var (window, wait) = Now();
        var leftToClient = Take(http, Caller.Of(http.User), window).Left;
        var leftToSatker = leftToClient is not < 0 && SatkerOf(http.Request) is { Length: > 0 and <= LongestSatker } code
            ? satker.Take(code, window)
            : null;
        Tell(http, client.Say(leftToClient, wait), satker.Say(leftToSatker, wait));
        if (leftToClient is not < 0 && leftToSatker is not < 0)
        {
            return next(http);
        }

        http.Response.Headers.RetryAfter = $"{wait}";
        return Problems.Write(http, 429, "too-many-requests");
    }

    /// <summary>Takes one of a client's, unless it was taken for this request already, or there was none.</summary>
    private Taken Take(HttpContext http, Caller caller, long window)
    {
        var key = caller == Caller.Nobody ? AddressOf(http) : caller.Subject;
        return http.Features.Get<Taken>() is { } taken && (taken.Client == key || taken.Left < 0)
            ? taken
            : new Taken(key, client.Take(key, window));
    }

    private (long Window, int Wait) Now()
    {
        var seconds = clock.GetUtcNow().ToUnixTimeSeconds();
        return (seconds / Minute, (int)(Minute - (seconds % Minute)));
    }

    /// <summary>Whoever has an IPv6 address has the whole /64 about it (RFC 6177), so that is counted as one.</summary>
    private static string AddressOf(HttpContext http)
    {
        var address = http.Connection.RemoteIpAddress;
        if (address is not { AddressFamily: AddressFamily.InterNetworkV6, IsIPv4MappedToIPv6: false })
        {
            return $"@{(address?.IsIPv4MappedToIPv6 == true ? address.MapToIPv4() : address)}";
        }

        Span<byte> bytes = stackalloc byte[16];
        address.TryWriteBytes(bytes, out _);
        bytes[8..].Clear();
        return $"@{new IPAddress(bytes)}/64";
    }

    /// <summary>The office asked about.</summary>
    private static string? SatkerOf(HttpRequest request) => request.RouteValues["satker"] as string
        ?? (request.QueryString.HasValue ? request.Query["satker"] : default(string?));

    /// <summary>Set last: an answer made from an exception begins with empty headers.</summary>
    private void Tell(HttpContext http, string? ofClient, string? ofSatker)
    {
        var (left, policy) = (ofClient, ofSatker) switch
        {
            (null, null) => (null, null),
            (_, null) => (ofClient, client.Policy),
            (null, _) => (ofSatker, satker.Policy),
            _ => ($"{ofClient}, {ofSatker}", $"{client.Policy}, {satker.Policy}"),
        };
        if (left is not null)
        {
            http.Response.OnStarting(static state =>
            {
                var (response, left, policy) = ((HttpResponse, string, string))state;
                response.Headers["RateLimit"] = left;
                response.Headers["RateLimit-Policy"] = policy;
                return Task.CompletedTask;
            }, (http.Response, left, policy!));
        }
    }

    /// <summary>One was taken, and so many were left to whom it was taken from.</summary>
    private sealed record Taken(string Client, int? Left);

    /// <summary>A number of requests a minute for each of many.</summary>
    private sealed class Quota(string name, int most)
    {
        private Window window = new(0);

        public string Policy { get; } = $"\"{name}\";q={most};w={Minute}";

        /// <summary>Takes one; what is left then, negative when there was none, null without a limit.</summary>
        public int? Take(string key, long now)
        {
            if (most == 0)
            {
                return null;
            }

            var current = window;
            if (current.Number < now)
            {
                var next = new Window(now);
                current = Interlocked.CompareExchange(ref window, next, current) == current ? next : window;
            }

            return most - Interlocked.Increment(ref current.Taken.GetOrAdd(key, static _ => new StrongBox<int>()).Value);
        }

        public string? Say(int? left, int wait) => left is { } some ? $"\"{name}\";r={Math.Max(some, 0)};t={wait}" : null;
    }

    /// <summary>What was taken in one minute; the next minute begins with nothing.</summary>
    private sealed record Window(long Number)
    {
        public ConcurrentDictionary<string, StrongBox<int>> Taken { get; } = new(StringComparer.Ordinal);
    }
}

/// <summary>Marks an endpoint that whoever watches over the service asks as often as it likes, without a token.</summary>
internal sealed record Unlimited
{
    public static readonly Unlimited Mark = new();
}
