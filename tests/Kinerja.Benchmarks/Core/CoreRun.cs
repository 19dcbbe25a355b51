using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Running;
using BenchmarkDotNet.Toolchains.InProcess.Emit;

namespace Kinerja.Benchmarks;

/// <summary>Runs the benchmarks of the core in this process: no second build of the project is needed.</summary>
internal static class CoreRun
{
    public static void Of(bool quick)
    {
        var job = (quick ? BenchmarkDotNet.Jobs.Job.ShortRun : BenchmarkDotNet.Jobs.Job.Default)
            .WithToolchain(InProcessEmitToolchain.Instance);
        BenchmarkRunner.Run<CoreBenchmarks>(ManualConfig.Create(DefaultConfig.Instance).AddJob(job));
    }
}
