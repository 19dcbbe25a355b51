using System.Text.Json;
using BenchmarkDotNet.Attributes;

namespace Kinerja.Benchmarks;

/// <summary>The core's functions that stand in every figure, aggregate and signature, on the generator's documents.</summary>
[MemoryDiagnoser]
public class CoreBenchmarks
{
    private JsonElement content;
    private Policy policy = null!;
    private (Value Target, Value Result, Measure Measure)[] lines = [];
    private RollupFrame frame = null!;
    private Aggregate[] aggregates = [];

    [GlobalSetup]
    public void Prepare()
    {
        var country = new Country(new Plan(Offices: 60), new Options(new Dictionary<string, string>()).Reference);
        var office = country.Offices[^1];
        var stories = new Stories(country, office);
        var unit = stories.Promising.First();
        var catalogue = country.Catalogues[country.Plan.FirstYear];
        var agreement = stories.Agreement(unit, country.Plan.FirstYear).Content;
        var report = stories.Report(unit, agreement, Period.Parse($"{country.Plan.FirstYear}")!, Fate.Draft)!.Content;
        content = JsonSerializer.SerializeToElement(report, Json.Documents);
        policy = catalogue.Policy;
        lines = [.. agreement.Lines.Zip(report.Entries, (line, entry) =>
            (line.Target, entry.Result, Measure.Of(catalogue.Find(line.Indicator)!)))];

        var ratio = catalogue.Indicators.Values.First(indicator => indicator.Rollup?.Method == RollupMethod.WeightedRatio);
        frame = new RollupFrame(ratio.Rollup!, Measure.Of(ratio), policy);
        aggregates = [.. country.Offices.Select(one => Aggregate.Of(
            new ChildLine(one.Code, Reported: true, Figures.Result(ratio, new Dice(1, one.Code))), frame))];
    }

    /// <summary>Capaian of an agreement's five lines.</summary>
    [Benchmark]
    public int CapaianOfFiveLines()
    {
        var counted = 0;
        foreach (var (target, result, measure) in lines)
        {
            counted += CapaianCalculator.Compute(target, result, measure, policy).Counting == Counting.Counted ? 1 : 0;
        }

        return counted;
    }

    /// <summary>Sixty offices' aggregates joined, and divided once.</summary>
    [Benchmark]
    public Value CombineSixtyOffices() => aggregates.Aggregate(Aggregate.Identity, Aggregate.Combine).Result(frame);

    /// <summary>The canonical form of one report.</summary>
    [Benchmark]
    public byte[] CanonicalReport() => CanonicalJson.Bytes(content);

    /// <summary>The hash a signature of it covers.</summary>
    [Benchmark]
    public string HashOfReport() => ContentHash.Of(content);
}
