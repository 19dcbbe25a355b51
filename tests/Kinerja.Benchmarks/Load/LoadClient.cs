using System.Diagnostics;
using System.Text.Json;

namespace Kinerja.Benchmarks;

/// <summary>The process that puts loads on servers, as its employer sees it.</summary>
internal sealed class LoadClient : IDisposable
{
    private readonly Process process = Process.Start(new ProcessStartInfo("dotnet", [typeof(LoadClient).Assembly.Location, "load"])
    {
        RedirectStandardInput = true,
        RedirectStandardOutput = true,
    })!;

    public async Task<Outcome> Do(Job job)
    {
        await process.StandardInput.WriteLineAsync(JsonSerializer.Serialize(job));
        await process.StandardInput.FlushAsync();
        return JsonSerializer.Deserialize<Outcome>(await process.StandardOutput.ReadLineAsync()
            ?? throw new InvalidOperationException("The load client is gone."))!;
    }

    public void Dispose()
    {
        process.StandardInput.Close();
        process.WaitForExit();
        process.Dispose();
    }
}
