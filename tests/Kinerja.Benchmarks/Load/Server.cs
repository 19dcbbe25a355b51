using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace Kinerja.Benchmarks;

/// <summary>A server under load, in a process of its own.</summary>
internal sealed class Server : IAsyncDisposable
{
    private readonly Process process;

    private Server(string name, Process process, string url, TimeSpan ready)
    {
        (Name, this.process, Url, Ready) = (name, process, url, ready);
    }

    public string Name { get; }

    public string Url { get; }

    /// <summary>From the start of the process until it answered.</summary>
    public TimeSpan Ready { get; }

    public int Id => process.Id;

    /// <summary>Where the process says how much it has allocated; see <see cref="Gauge"/>.</summary>
    public string GaugePath => GaugeOf(process.StartInfo);

    /// <summary>The API as published in a folder.</summary>
    public static Task<Server> Api(string folder, CountryDatabase database, string issuer) => Start(
        "api", [Path.Combine(folder, "Kinerja.Api.dll")], "/health/ready", database, issuer);

    /// <summary>The bare twin, of this very program.</summary>
    public static Task<Server> Twin(CountryDatabase database, string issuer) => Start(
        "twin", [typeof(Server).Assembly.Location, "twin"], "/health/ready", database, issuer);

    public async ValueTask DisposeAsync()
    {
        if (!process.HasExited)
        {
            process.Kill();
            await process.WaitForExitAsync();
        }

        process.Dispose();
        File.Delete(GaugePath);
    }

    private static async Task<Server> Start(
        string name, string[] arguments, string health, CountryDatabase database, string issuer)
    {
        var url = $"http://127.0.0.1:{FreePort()}";
        var start = new ProcessStartInfo("dotnet", arguments)
        {
            Environment =
            {
                ["ASPNETCORE_URLS"] = url,
                ["ConnectionStrings__App"] = database.App,
                ["Identity__Issuer"] = issuer,
                ["Identity__ClientId"] = "kinerja-api",
                ["RateLimits__Client"] = $"{int.MaxValue}", // Counted, and never reached.
                ["RateLimits__Satker"] = $"{int.MaxValue}",
                ["Identity__ClientSecret"] = "load",
                ["Identity__Audience"] = StubIssuer.Audience,
                ["Logging__LogLevel__Default"] = "Warning",
                ["DOTNET_STARTUP_HOOKS"] = typeof(Server).Assembly.Location,
                [Gauge.Variable] = Path.Combine(Path.GetTempPath(), $"kinerja-{Environment.ProcessId}-{name}-{FreePort()}"),
            },
        };
        var watch = Stopwatch.StartNew();
        var server = new Server(name, Process.Start(start)!, url, TimeSpan.Zero);
        using var client = new HttpClient { BaseAddress = new Uri(url) };
        while (watch.Elapsed < TimeSpan.FromSeconds(30) && !server.process.HasExited)
        {
            try
            {
                using var answer = await client.GetAsync(new Uri(health, UriKind.Relative));
                if (answer.IsSuccessStatusCode)
                {
                    return new Server(name, server.process, url, watch.Elapsed);
                }
            }
            catch (HttpRequestException)
            {
                // Not listening yet.
            }

            await Task.Delay(20);
        }

        await server.DisposeAsync();
        throw new InvalidOperationException($"The {name} does not answer on {url}.");
    }

    private static string GaugeOf(ProcessStartInfo start) => start.Environment[Gauge.Variable]!;

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
