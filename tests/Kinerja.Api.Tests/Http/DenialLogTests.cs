using System.Collections.Concurrent;
using System.Text.RegularExpressions;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Kinerja.Api.Tests;

/// <summary>The service with its warnings kept.</summary>
public sealed class WatchedApi(World world) : Api(world)
{
    public ConcurrentQueue<string> Warnings { get; } = [];

    protected override void Configure(IServiceCollection services) => services.AddSingleton<ILoggerProvider>(new Kept(Warnings));

    private sealed class Kept(ConcurrentQueue<string> lines) : ILoggerProvider, ILogger
    {
        public ILogger CreateLogger(string categoryName) => this;

        public bool IsEnabled(LogLevel logLevel) => logLevel == LogLevel.Warning;

        public void Log<TState>(
            LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            if (IsEnabled(logLevel))
            {
                lines.Enqueue(formatter(state, exception));
            }
        }

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public void Dispose()
        {
        }
    }
}

public sealed partial class DenialLogTests(WatchedApi api) : IClassFixture<WatchedApi>
{
    [Fact]
    public async Task Who_is_kept_out_stands_in_the_log_and_who_is_let_in_does_not()
    {
        (await api.As("53.verifikator").Get("/v1/me")).Is(200);
        (await api.As("53.verifikator").Get("/v1/satker/9999")).Refuses(404, "not-found");
        (await api.As("53.verifikator").Get("/v1/audit/sights?satker=5305")).Refuses(403, "sights-not-yours");
        (await api.Nobody().Get("/v1/me%0A")).Is(404);
        (await api.Bearing(api.Address, "bad").Get("/v1/me")).Refuses(401, "token-invalid");
        await Eventually.Holds(() => Task.FromResult(Denials().Count == 2)); // A line comes after its answer.

        Assert.Equal(["401  GET /v1/me", "403 53.verifikator GET /v1/audit/sights"], Denials());
    }

    private List<string> Denials() =>
    [
        .. api.Warnings.Select(line => Denial().Match(line)).Where(match => match.Success)
            .Select(match => string.Join(' ', match.Groups.Values.Skip(1))).Order(StringComparer.Ordinal),
    ];

    [GeneratedRegex(@"^(40\d) to (\S*) at \S+: (.+) \(")]
    private static partial Regex Denial();
}
