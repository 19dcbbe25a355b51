using System.Collections.Concurrent;
using System.Reflection;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Net.Http.Headers;

namespace Kinerja.Api;

/// <summary>What happens to every request before and after its endpoint.</summary>
internal static class Pipeline
{
    /// <summary>No name in a path is longer; the longest that is given out is a hash of 71.</summary>
    private const int LongestName = 100;

    private static readonly ConcurrentDictionary<Endpoint, HashSet<string>> Known = new();

    /// <summary>A time-ordered id on every answer, the same in the log and in the journal; and what else every answer carries.</summary>
    public static async Task RequestId(HttpContext http, RequestDelegate next)
    {
        http.TraceIdentifier = Guid.CreateVersion7().ToString();
        http.Response.OnStarting(() =>
        {
            // Set last: an answer made from an exception begins with empty headers.
            http.Response.Headers["Kinerja-Request-Id"] = http.TraceIdentifier;
            http.Response.Headers.XContentTypeOptions = "nosniff";
            http.Response.Headers.Append(HeaderNames.Vary, HeaderNames.AcceptLanguage);
            return Task.CompletedTask;
        });
        using (Logs.Request(http))
        {
            await next(http);
            if (http.Response.StatusCode is StatusCodes.Status401Unauthorized or StatusCodes.Status403Forbidden)
            {
                Denied(http);
            }
        }
    }

    /// <summary>Who was kept out of what: whoever watches over the service sees it without the database.</summary>
    private static void Denied(HttpContext http) =>
        http.RequestServices.GetRequiredService<ILoggerFactory>().CreateLogger(typeof(Pipeline)).LogWarning(
            "{Status} to {Subject} at {Address}: {Method} {Path} ({RequestId})", http.Response.StatusCode, Caller.Of(http.User).Subject,
            http.Connection.RemoteIpAddress, http.Request.Method, http.Request.Path.ToUriComponent(), http.TraceIdentifier);

    /// <summary>HEAD is GET without its body, which the server leaves out by itself.</summary>
    public static Task Head(HttpContext http, RequestDelegate next)
    {
        if (HttpMethods.IsHead(http.Request.Method))
        {
            http.Request.Method = HttpMethods.Get;
        }

        return next(http);
    }

    /// <summary>A token that was sent and is not good is 401, also where none is needed.</summary>
    public static Task BadToken(HttpContext http, RequestDelegate next) =>
        http.Request.Headers.Authorization.Count > 0
            && http.Features.Get<IAuthenticateResultFeature>()?.AuthenticateResult is not { Succeeded: true }
            ? http.ChallengeAsync(IntrospectionOptions.Scheme)
            : next(http);

    /// <summary>A path with a name that nothing can have is not found. A query parameter that an endpoint does not know is a
    /// mistake of the caller, never ignored.</summary>
    public static Task Unknown(HttpContext http, RequestDelegate next)
    {
        if (http.Request.RouteValues.Any(IsNoName))
        {
            return Problems.Write(http, 404, "not-found");
        }

        if (http.Request.Query.Count == 0 || http.GetEndpoint() is not { } endpoint
            || endpoint.Metadata.GetMetadata<MethodInfo>() is null)
        {
            return next(http);
        }

        var known = Known.GetOrAdd(endpoint, _ => [
            .. endpoint.Metadata.GetOrderedMetadata<TakesQuery>().Select(taken => taken.Name)]);
        var faults = http.Request.Query.Where(q => !known.Contains(q.Key))
            .Select(q => Fault.At("", "unknown-parameter", ("parameter", q.Key), ("known", string.Join(", ", known.Order(StringComparer.Ordinal)))))
            .Concat(http.Request.Query.Where(q => known.Contains(q.Key) && q.Value.Count > 1)
                .Select(q => Fault.At("", "doubled-parameter", ("parameter", q.Key))))
            .Concat(http.Request.Query.Where(q => q.Value.Any(value => value?.Contains('\0', StringComparison.Ordinal) == true))
                .Select(q => Query.Unread(q.Key, "text")))
            .Concat(http.Request.Query.Where(q => known.Contains(q.Key) && q.Value.All(string.IsNullOrEmpty))
                .Select(q => Fault.At("", "empty-parameter", ("parameter", q.Key))))
            .ToList();
        return faults.Count == 0 ? next(http) : Problems.Write(http, 400, "malformed-request", faults);
    }

    private static bool IsNoName(KeyValuePair<string, object?> value) => value.Value is string text
        && (text.Length > LongestName || text.Contains('\0', StringComparison.Ordinal) || (value.Key == Year.InPath && Year.Read(text) is null));
}
