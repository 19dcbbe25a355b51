using System.Globalization;

namespace Kinerja.Benchmarks;

/// <summary>Compares at every size of country that is asked for: makes the databases that are missing, measures, prints.</summary>
internal static class Comparing
{
    public static async Task Run(Options options, TextWriter log)
    {
        var cluster = Cluster.FromEnvironment();
        var usual = options.Has("quick") ? Pace.Quick : Pace.Usual;
        var pace = usual with
        {
            Pairs = options.Number("pairs", usual.Pairs),
            Seconds = options.Text("seconds") is { } seconds ? double.Parse(seconds, CultureInfo.InvariantCulture) : usual.Seconds,
        };
        var only = options.Text("only")?.Split(',').ToHashSet(StringComparer.Ordinal);
        var api = options.Text("api") ?? throw new ArgumentException("--api names the folder of the published API.");
        var output = Directory.CreateDirectory(options.Text("output") ?? ".").FullName;
        var rows = new List<(string, Measurement)>();
        foreach (var size in (options.Text("offices") ?? "553").Split(','))
        {
            // 553 offices with one year, 553x10 with ten.
            var parts = size.Split('x').Select(part => int.Parse(part, CultureInfo.InvariantCulture)).ToList();
            var plan = PlanOf(parts[0], parts.ElementAtOrDefault(1) is > 0 and var years ? years : 1, options);
            await log.WriteLineAsync($"== {parts[0]} offices, {plan.Years} years");
            var database = await cluster.Find($"country_{size}");
            if (database is null || options.Has("fresh"))
            {
                database = await cluster.Create($"country_{size}");
                await Generator.Run(database.Owner, new Country(plan, options.Reference), log);
            }

            await Migrator.Run(database.Owner, log, CancellationToken.None); // One made earlier is brought to this build's shape.

            var measurements = await Comparison.Run(cluster, database, api, pace, only, plan.LastYear, log);
            await log.WriteLineAsync(Report.Of(measurements));
            await File.WriteAllTextAsync(Path.Combine(output, $"comparison-{size}.txt"), Report.Of(measurements) + "\n");
            rows.AddRange(measurements.Select(measurement => ($"{measurement.Name} ({size})", measurement)));
        }

        await File.WriteAllTextAsync(Path.Combine(output, "comparison.svg"), Chart.Of(rows));
        await log.WriteLineAsync($"written to {output}: comparison-N.txt, comparison.svg");
    }

    /// <summary>What a size of country holds: the more offices, the fewer reports each, so that it can be made in minutes.</summary>
    private static Plan PlanOf(int offices, int years, Options options) => offices switch
    {
        <= 1000 => new Plan(Offices: offices == 553 ? null : offices, Drafts: options.Number("drafts", 6)),
        <= 10_000 => new Plan(Offices: offices, Depth: 4, Periods: Rhythm.Year, Drafts: options.Number("drafts", 1)),
        _ => new Plan(Offices: offices, Depth: 5, Periods: Rhythm.Year, Drafts: options.Number("drafts", 1),
            Levels: [AgreementLevel.Ketua, AgreementLevel.Sekretaris]),
    } with
    {
        FirstYear = 2025 - years,
        Years = years,
    };
}
