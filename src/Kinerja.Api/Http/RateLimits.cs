using System.Collections.Concurrent;
using System.Runtime.CompilerServices;

namespace Kinerja.Api;

/// <summary>
/// How many requests a minute are answered: for one client (the subject of its token, or its address), and upon one
/// satker (the one in the path). Counted in this instance, in whole minutes; every answer says what is left
/// [draft-ietf-httpapi-ratelimit-headers]. 0 in the configuration means without a limit.
/// </summary>
internal sealed class RateLimits(IConfiguration configuration, TimeProvider clock)
{
    private const int Minute = 60;
    private const int LongestSatker = 16;
    private readonly Quota client = new("client", configuration.GetValue("RateLimits:Client", 60_000));
    private readonly Quota satker = new("satker", configuration.GetValue("RateLimits:Satker", 600_000));

    public static Task Guard(HttpContext http, RequestDelegate next) => http.Request.Path.StartsWithSegments("/v1", StringComparison.Ordinal)
        ? http.RequestServices.GetRequiredService<RateLimits>().Count(http, next)
        : next(http);

    private Task Count(HttpContext http, RequestDelegate next)
    {
        var seconds = clock.GetUtcNow().ToUnixTimeSeconds();
        var (window, wait) = (seconds / Minute, (int)(Minute - (seconds % Minute)));
        var caller = Caller.Of(http.User);
        var leftToClient = client.Take(caller == Caller.Nobody ? $"@{http.Connection.RemoteIpAddress}" : caller.Subject, window);
        var leftToSatker = leftToClient is not < 0 && http.Request.RouteValues["satker"] is string { Length: <= LongestSatker } code
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
