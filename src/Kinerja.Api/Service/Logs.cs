using Microsoft.Extensions.Logging.Console;

namespace Kinerja.Api;

/// <summary>
/// What the service writes to its console: JSON, one line an entry with its scopes, unless a person looks on (a terminal) or
/// <c>Logging:Console:FormatterName</c> says otherwise. Each entry made for a request carries its Kinerja-Request-Id, which is in the
/// trail too, and its W3C trace id, which a problem names.
/// </summary>
internal static class Logs
{
    private static readonly Func<ILogger, string, IDisposable?> OfRequest =
        LoggerMessage.DefineScope<string>("Kinerja-Request-Id {KinerjaRequestId}");

    public static void Configure(ILoggingBuilder logging, IConfiguration configuration)
    {
        logging.AddConsole(console => console.FormatterName = configuration["Logging:Console:FormatterName"]
            ?? (Console.IsOutputRedirected ? ConsoleFormatterNames.Json : ConsoleFormatterNames.Simple));
        logging.Services.Configure<SimpleConsoleFormatterOptions>(simple => simple.IncludeScopes = true);
        logging.Services.Configure<JsonConsoleFormatterOptions>(json =>
            (json.IncludeScopes, json.UseUtcTimestamp, json.TimestampFormat) = (true, true, "yyyy-MM-ddTHH:mm:ss.fffZ"));
    }

    /// <summary>Everything that is logged until its end belongs to this request.</summary>
    public static IDisposable? Request(HttpContext http) =>
        OfRequest(http.RequestServices.GetRequiredService<ILogger<ThrownProblems>>(), http.TraceIdentifier);
}
