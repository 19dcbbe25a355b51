namespace Kinerja.Benchmarks;

/// <summary>What one run of one server gave.</summary>
/// <param name="Throughput">Requests a second.</param>
/// <param name="P50">Median, in milliseconds.</param>
/// <param name="P99">99th percentile, in milliseconds.</param>
/// <param name="Cpu">CPU of the server's process, in microseconds a request.</param>
/// <param name="DatabaseCpu">CPU of PostgreSQL, in microseconds a request.</param>
/// <param name="Allocated">Kilobytes allocated a request.</param>
/// <param name="Resident">Resident memory after the run, in megabytes.</param>
/// <param name="Failed">Answers that were not 2xx.</param>
internal sealed record Run(
    double Throughput, double P50, double P99, double Cpu, double DatabaseCpu, double Allocated, double Resident, int Failed)
{
    /// <summary>Puts a load on a server and reads what it cost.</summary>
    public static async Task<Run> Of(LoadClient client, Server server, int postmaster, Job job)
    {
        var (cpu, database, allocated) = (Meter.Cpu(server.Id), Meter.CpuOfServer(postmaster), await Gauge.Read(server.GaugePath));
        var outcome = await client.Do(job);
        var all = outcome.Done + outcome.Failed;
        if (outcome.FirstFailure is { } failure)
        {
            await Console.Error.WriteLineAsync($"{server.Name}: {outcome.Failed} of {all} failed, first with {failure}");
        }

        return new Run(all / outcome.Seconds, outcome.P50, outcome.P99,
            1e6 * (Meter.Cpu(server.Id) - cpu) / all, 1e6 * (Meter.CpuOfServer(postmaster) - database) / all,
            (await Gauge.Read(server.GaugePath) - allocated) / 1024.0 / all, Meter.Resident(server.Id), outcome.Failed);
    }
}
