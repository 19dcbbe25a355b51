using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net;

namespace Kinerja.Api.Tests;

/// <summary>The program as it is run, listening, in a process of its own over the database of a class; killed at the end.</summary>
internal sealed class OwnProcess : IAsyncDisposable
{
    private readonly Process process;

    private OwnProcess(Process process) => this.process = process;

    /// <summary>The lines it wrote to its console, when they are wanted.</summary>
    public ConcurrentQueue<string> Log { get; } = new();

    /// <summary>Starts it, and waits until it is ready.</summary>
    public static async Task<OwnProcess> Start(
        Api api, Uri address, IEnumerable<(string Name, string Value)> settings, bool isLogKept = false)
    {
        var environment = api.AsEnvironment([.. settings, ("ASPNETCORE_URLS", $"{address}"), ("Logging:LogLevel:Default", "Error")]);
        var start = Shell.Prepare("dotnet", [Path.Combine(AppContext.BaseDirectory, "Kinerja.Api.dll")], environment);
        (start.RedirectStandardOutput, start.RedirectStandardError) = (isLogKept, false);
        var started = new OwnProcess(Process.Start(start)!);
        if (isLogKept)
        {
            started.process.OutputDataReceived += (_, line) => started.Log.Enqueue(line.Data ?? "");
            started.process.BeginOutputReadLine();
        }

        using var client = new HttpClient { BaseAddress = address };
        await Eventually.Holds(async () =>
        {
            Assert.False(started.process.HasExited, "it does not start");
            try
            {
                using var answer = await client.GetAsync(new Uri("/health/ready", UriKind.Relative), TestContext.Current.CancellationToken);
                return answer.StatusCode == HttpStatusCode.OK;
            }
            catch (HttpRequestException)
            {
                return false;
            }
        });
        return started;
    }

    public async ValueTask DisposeAsync()
    {
        process.Kill();
        await process.WaitForExitAsync(CancellationToken.None);
        process.Dispose();
    }
}
