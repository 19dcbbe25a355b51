namespace Kinerja.Benchmarks;

/// <summary>What this tool does.</summary>
internal static class Tool
{
    private const string Usage = """
        Kinerja.Benchmarks generate --database NAME [--offices N] [--depth 3..5] [--year Y] [--years N] [--seed N]
            [--rhythm year|quarters|months] [--levels ketua,sekretaris,…] [--indicators N] [--lines N] [--drafts N] [--moves N]
                                                  makes a country in a database of the server KINERJA_BENCH_DB
        Kinerja.Benchmarks verify [--api FOLDER]  plays a small country over HTTP and compares every row with the generator's
        Kinerja.Benchmarks compare --api FOLDER [--offices 553,553x10,5000,25000] [--pairs N] [--seconds S] [--quick] [--fresh]
            [--only document,page,capaian,children,rollup,rollup-ri,money,money-ri,absorption,
            absorption-ri,submit,verify,storage,deadline] [--drafts N] [--output FOLDER]
                                                  measures the API against its bare twin
        Kinerja.Benchmarks core [--quick]         BenchmarkDotNet on the core's functions
        Kinerja.Benchmarks twin | load            the bare twin; the client: both are started by compare
        """;

    public static async Task<int> Run(string[] args)
    {
        var options = Options.Read(args.Skip(1));
        switch (args.FirstOrDefault())
        {
            case "generate":
                var database = await Cluster.FromEnvironment().Create(options.Text("database") ?? "country");
                await Generator.Run(database.Owner, new Country(options.Plan(), options.Reference), Console.Out);
                return 0;
            case "verify":
                return await Verification.Run(
                    Cluster.FromEnvironment(), options.Reference, options.Text("api") ?? AppContext.BaseDirectory, Console.Out);
            case "compare":
                await Comparing.Run(options, Console.Out);
                return 0;
            case "core":
                CoreRun.Of(options.Has("quick"));
                return 0;
            case "twin":
                await TwinHost.Run();
                return 0;
            case "load":
                await Client.Run(Console.In, Console.Out);
                return 0;
            default:
                await Console.Error.WriteLineAsync(Usage);
                return 2;
        }
    }
}
