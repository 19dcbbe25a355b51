using System.Diagnostics;
using System.Text.Json;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Diagnostics;
using Npgsql;

namespace Kinerja.Api;

/// <summary>One problem as its reader meets it (RFC 9457), in the reader's language.</summary>
/// <param name="Type">A page that explains the code.</param>
/// <param name="Title">What kind of problem it is.</param>
/// <param name="Status">The HTTP status.</param>
/// <param name="Detail">What is wrong with this request, in words.</param>
/// <param name="Instance">The path that was asked for.</param>
/// <param name="Code">The stable code, kebab-case, in English; clients may depend on it.</param>
/// <param name="TraceId">The W3C trace id, the same as in the log.</param>
/// <param name="Errors">Every violated rule, each with a JSON Pointer into the body; empty when the request has no body to blame.</param>
internal sealed record Problem(
    string Type, string Title, int Status, string Detail, string Instance, string Code, string TraceId,
    IReadOnlyList<ProblemError> Errors);

/// <summary>One violated rule.</summary>
internal sealed record ProblemError(string Pointer, string Code, string Detail);

/// <summary>The one place where a no becomes an answer.</summary>
internal static class Problems
{
    /// <summary>Absent and not-yours alike.</summary>
    public static IResult NotFound() => new Answer(404, "not-found");

    public static IResult Of(int status, string code, params IReadOnlyList<Fault> faults) => new Answer(status, code, faults);

    public static IResult ToProblem(this Refusal refusal) => AnswerTo(refusal);

    /// <summary>A refusal as one among several results tells it.</summary>
    public static (int Status, string Detail, IReadOnlyList<ProblemError> Errors) InWords(this Refusal refusal, string language)
    {
        var answer = AnswerTo(refusal);
        return (answer.Status, answer.Detail(language), answer.Errors(language));
    }

    /// <summary>Writes a problem outside of an endpoint: from the pipeline.</summary>
    public static Task Write(HttpContext http, int status, string code, params IReadOnlyList<Fault> faults) =>
        new Answer(status, code, faults).ExecuteAsync(http);

    /// <summary>The code of an answer the framework gave by itself.</summary>
    public static string CodeOf(int status) => status switch
    {
        401 => "not-authenticated",
        403 => "forbidden",
        404 => "not-found",
        405 => "method-not-allowed",
        413 => "body-too-large",
        415 => "not-json",
        429 => "too-many-requests",
        503 => "unavailable",
        >= 500 => "fault",
        _ => "malformed-request",
    };

    private static Answer AnswerTo(Refusal refusal) => new(
        refusal.Kind switch
        {
            RefusalKind.NotFound => 404,
            RefusalKind.Forbidden => 403,
            RefusalKind.Conflict => 409,
            RefusalKind.Stale => 412,
            RefusalKind.Broken => 422,
        },
        refusal.Code, refusal.Faults, refusal.Parameters);

    private sealed record Answer(
        int Status,
        string Code,
        IReadOnlyList<Fault>? Faults = null,
        IReadOnlyDictionary<string, string>? Words = null) : IResult
    {
        public Task ExecuteAsync(HttpContext http)
        {
            var language = Language.Of(http);
            var problem = new Problem(
                $"{http.Request.PathBase}/problems/{Code}",
                Texts.Title(Status, language),
                Status,
                Detail(language),
                http.Request.PathBase + http.Request.Path,
                Code,
                Activity.Current?.TraceId.ToString() ?? http.TraceIdentifier,
                Errors(language));
            http.Response.StatusCode = Status;
            http.Response.ContentType = "application/problem+json";
            http.Response.Headers.ContentLanguage = language;
            http.Response.Headers.CacheControl = "no-store";
            if (Status == 412 && Words?.GetValueOrDefault("version") is { } version)
            {
                http.Response.Headers.ETag = $"\"{version}\"";
            }

            if (Status == 503 || Code is "key-in-flight" or "too-many-waiting")
            {
                http.Response.Headers.RetryAfter = "1";
            }

            return http.Response.Body.WriteAsync(
                JsonSerializer.SerializeToUtf8Bytes(problem, Json.Answers), http.RequestAborted).AsTask();
        }

        public string Detail(string language) => Texts.Of(Code, language, Words);

        public IReadOnlyList<ProblemError> Errors(string language) =>
            [.. Named().Select(fault => new ProblemError(fault.Pointer, fault.Code, Texts.Of(fault.Code, language, fault.Parameters)))];

        /// <summary>The faults; a broken rule of the whole body is one too.</summary>
        private IEnumerable<Fault> Named() => (Faults ?? []) is { Count: > 0 } faults ? faults
            : Status == 422 ? [new Fault("", Code, Words ?? new Dictionary<string, string>())]
            : [];
    }
}

/// <summary>Turns what was thrown into a problem: a malformed request, a database that is away, a fault of ours.</summary>
internal sealed class ThrownProblems(ILogger<ThrownProblems> log) : IExceptionHandler
{
    public async ValueTask<bool> TryHandleAsync(HttpContext http, Exception thrown, CancellationToken ct)
    {
        if (http.RequestAborted.IsCancellationRequested || thrown is ConnectionResetException)
        {
            return true; // Whoever asked is gone.
        }

        switch (thrown)
        {
            case BadRequest bad:
                await Problems.Write(http, bad.Status, bad.Status == 400 ? "malformed-request" : bad.Faults[0].Code, bad.Faults);
                break;
            case BadHttpRequestException bad:
                await Problems.Write(http, bad.StatusCode, Problems.CodeOf(bad.StatusCode));
                break;
            case PostgresException { SqlState: PostgresErrorCodes.QueryCanceled }:
                log.LogWarning(thrown, "A statement took too long");
                await Problems.Write(http, 503, "took-too-long");
                break;
            case IssuerUnavailable or TimeoutException or NpgsqlException { IsTransient: true }
                or PostgresException { SqlState: PostgresErrorCodes.UndefinedTable }:
                log.LogWarning(thrown, "A service this one needs is away");
                await Problems.Write(http, 503, "unavailable");
                break;
            default:
                log.LogError(thrown, "A fault");
                await Problems.Write(http, 500, "fault");
                break;
        }

        return true;
    }
}
