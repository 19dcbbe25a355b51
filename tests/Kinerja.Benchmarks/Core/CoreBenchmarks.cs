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
    private Catalogue catalogue = null!;
    private UnitYear months = null!;

    [GlobalSetup]
    public void Prepare()
    {
        var country = new Country(new Plan(Offices: 60), new Options(new Dictionary<string, string>()).Reference);
        var office = country.Offices[^1];
        var stories = new Stories(country, office);
        var unit = stories.Promising.First();
        catalogue = country.Catalogues[country.Plan.FirstYear];
        var agreement = stories.Agreement(unit, country.Plan.FirstYear).Content;
        months = MonthsOf(agreement, unit.Level);
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

    /// <summary>What twelve months bring to their quarter, semester and year: five lines, the last month only submitted.</summary>
    [Benchmark]
    public int AccumulateFiveLines() => Accumulations.Rows("5305", months, Period.Parse($"{policy.Year}-B12")!.Above, catalogue).Count();

    private UnitYear MonthsOf(Agreement agreement, AgreementLevel level)
    {
        var (said, reached) = (new List<Said>(), new List<ReachedLevel>());
        for (var month = 1; month <= 12; month++)
        {
            var period = $"{agreement.Year}-B{month:00}";
            said.AddRange(agreement.Lines.Select((line, i) => new Said(period, period, 1, line.No, line.Indicator,
                Figures.Result(catalogue.Find(line.Indicator)!, new Dice((ulong)month, line.No)), null, TakenOver: false, policy.Version)));
            var highest = month == 12 ? SignOffLevel.Submitted : SignOffLevel.Accepted;
            reached.AddRange(Enum.GetValues<SignOffLevel>().Where(level => level >= 0 && level <= highest)
                .Select(level => new ReachedLevel(period, level, 1, (int)level + 1, $"sha256:{new string('0', 64)}")));
        }

        return new UnitYear([.. BoundLine.Of("0", agreement, level, agreement.Date, DateOnly.MaxValue)], said, reached);
    }

    /// <summary>The canonical form of one report.</summary>
    [Benchmark]
    public byte[] CanonicalReport() => CanonicalJson.Bytes(content);

    /// <summary>The hash a signature of it covers.</summary>
    [Benchmark]
    public string HashOfReport() => ContentHash.Of(content);
}
