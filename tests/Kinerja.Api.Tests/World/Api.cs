using System.Collections.Concurrent;
using System.Net.Http.Headers;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace Kinerja.Api.Tests;

/// <summary>The service of one test class, on a socket of its own and over a database of its own.</summary>
public class Api(World world) : IAsyncLifetime
{
    public const string Dashboard = "https://dashboard.example";
    private readonly ConcurrentDictionary<string, HttpClient> clients = new();
    private readonly List<IAsyncDisposable> open = [];
    private readonly SocketsHttpHandler sockets = new();

    public string IssuerUrl => world.Issuer.Url;

    /// <summary>The accounts that hold the post they are named after.</summary>
    public IReadOnlyList<string> Holders => world.Issuer.Holders;

    internal Given Given => field ??= new Given(this);

    /// <summary>Where it listens.</summary>
    public Uri Address { get; private set; } = null!;

    public IServiceProvider Services { get; private set; } = null!;

    public string Database { get; private set; } = "";

    /// <summary>The database as its owner sees it: every row.</summary>
    public NpgsqlDataSource Owner { get; private set; } = null!;

    /// <summary>How the program's verbs reach the database.</summary>
    public string OwnerConnection => world.Cluster.Owner(Database);

    /// <summary>The database as the service's role sees it.</summary>
    public NpgsqlDataSource App { get; private set; } = null!;

    public virtual async ValueTask InitializeAsync()
    {
        Database = await world.Cluster.Clone(Template.Name);
        open.Add(Owner = NpgsqlDataSource.Create(OwnerConnection));
        open.Add(App = NpgsqlDataSource.Create(world.Cluster.App(Database)));
        (Services, Address) = Serve([]);
    }

    /// <summary>What the service of a class is configured with beside what all are.</summary>
    protected virtual IReadOnlyList<(string Name, string Value)> Settings => [];

    /// <summary>Puts something of a class's own in the place of what the service would have.</summary>
    protected virtual void Configure(IServiceCollection services)
    {
    }

    /// <summary>Every route it serves.</summary>
    public IReadOnlyList<RouteEndpoint> Endpoints() =>
        [.. Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()];

    /// <summary>Gives everything committed so far its place in the ledger, and says where the ledger ends.</summary>
    public Task<long> Seal() => Services.GetRequiredService<Sealer>().Seal(TestContext.Current.CancellationToken);

    /// <summary>The service once more, over the same database, configured differently.</summary>
    public Uri With(params (string Name, string Value)[] settings) => Serve(settings).Address;

    /// <summary>The inside of the service once more, configured differently.</summary>
    public IServiceProvider Inside(params (string Name, string Value)[] settings) => Serve(settings).Services;

    /// <summary>The service once more, by another issuer and a clock of the test's.</summary>
    internal Uri With(StubIssuer issuer, TimeProvider clock, params (string Name, string Value)[] settings) =>
        Serve([("Identity:Issuer", issuer.Url), .. settings], clock).Address;

    /// <summary>A client with the account's real token.</summary>
    public HttpClient As(string account) => clients.GetOrAdd(account, _ => Client(Address, () => world.Issuer.Token(account)));

    /// <summary>A client without a token.</summary>
    public HttpClient Nobody() => Nobody(Address);

    public HttpClient Nobody(Uri address) => Client(address, null);

    public HttpClient At(Uri address, string account) => Client(address, () => world.Issuer.Token(account));

    /// <summary>A client with the account's real token, on connections of its own.</summary>
    public async Task<HttpClient> Through(SocketsHttpHandler own, Uri address, string account)
    {
        var token = await world.Issuer.Token(account);
        return new HttpClient(new Bearer(() => Task.FromResult(token)) { InnerHandler = own }, disposeHandler: false) { BaseAddress = address };
    }

    /// <summary>A client with a token as it is.</summary>
    public HttpClient Bearing(Uri address, string token) => Client(address, () => Task.FromResult(token));

    public async ValueTask DisposeAsync()
    {
        foreach (var one in Enumerable.Reverse(open))
        {
            await one.DisposeAsync();
        }

        sockets.Dispose();
        if (Directory.Exists(EvidenceFolder(Database)))
        {
            Directory.Delete(EvidenceFolder(Database), recursive: true);
        }

        GC.SuppressFinalize(this);
    }

    /// <summary>Where the service over a database keeps the files behind realizations.</summary>
    public static string EvidenceFolder(string database) => Path.Combine(Path.GetTempPath(), $"kinerja-evidence-{Environment.ProcessId}-{database}");

    /// <summary>What the program needs, as the environment of a process of its own over the same database.</summary>
    internal Dictionary<string, string> AsEnvironment(params (string Name, string Value)[] settings) =>
        Configuration(world, Database, [.. Settings, .. settings])
            .GroupBy(one => one.Name.Replace(":", "__", StringComparison.Ordinal), one => one.Value)
            .ToDictionary(named => named.Key, named => named.Last(), StringComparer.Ordinal);

    private static (string Name, string Value)[] Configuration(
        World world, string database, IReadOnlyList<(string Name, string Value)> settings) =>
    [
        ("ConnectionStrings:App", world.Cluster.App(database)),
        ("Identity:Issuer", world.Issuer.Url),
        ("Identity:ClientId", "kinerja-api"),
        ("Identity:ClientSecret", Issuer.ClientSecret),
        ("Cors:Origins:0", Dashboard),
        ("Evidence:Folder", EvidenceFolder(database)),
        ("Webhooks:AllowedHosts:0", "127.0.0.1"),
        .. settings,
    ];

    internal static Host Serve(
        World world, string database, IReadOnlyList<(string Name, string Value)> settings, TimeProvider? clock = null,
        Action<IServiceCollection>? configure = null)
    {
        var host = new Host(clock, configure, Configuration(world, database, settings));
        host.UseKestrel();
        host.StartServer();
        return host;
    }

    private (IServiceProvider Services, Uri Address) Serve(
        IReadOnlyList<(string Name, string Value)> settings, TimeProvider? clock = null)
    {
        var host = Serve(world, Database, [.. Settings, .. settings], clock, Configure);
        open.Add(host);
        return (host.Services, host.ClientOptions.BaseAddress);
    }

    private HttpClient Client(Uri address, Func<Task<string>>? token) =>
        new(new Bearer(token) { InnerHandler = sockets }, disposeHandler: false) { BaseAddress = address };

    /// <summary>The service's own program, with the settings of a test.</summary>
    internal sealed class Host(
        TimeProvider? clock, Action<IServiceCollection>? configure, IReadOnlyList<(string Name, string Value)> settings)
        : WebApplicationFactory<Program>
    {
        protected override void ConfigureWebHost(IWebHostBuilder builder)
        {
            builder.UseEnvironment("Production");
            builder.UseUrls("http://127.0.0.1:0"); // Not UseKestrel(port), which is set while the program may be listening already.
            builder.ConfigureLogging(log => log.ClearProviders().AddProvider(new Faults()));
            foreach (var (name, value) in settings)
            {
                builder.UseSetting(name, value);
            }

            builder.ConfigureTestServices(services =>
            {
                if (clock is not null)
                {
                    services.AddSingleton(clock);
                }

                configure?.Invoke(services);
            });
        }
    }

    /// <summary>What the service calls its own faults goes where the run is watched.</summary>
    private sealed class Faults : ILoggerProvider, ILogger
    {
        public ILogger CreateLogger(string categoryName) => this;

        public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Error;

        public void Log<TState>(
            LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            if (IsEnabled(logLevel))
            {
                Console.Error.WriteLine($"{formatter(state, exception)} {exception}");
            }
        }

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public void Dispose()
        {
        }
    }

    private sealed class Bearer(Func<Task<string>>? token) : DelegatingHandler
    {
        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            if (token is not null && request.Headers.Authorization is null)
            {
                request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", await token());
            }

            return await base.SendAsync(request, cancellationToken);
        }
    }
}
