namespace Kinerja.Benchmarks;

/// <summary>
/// The catalogue of a year: mixed kinds, polarities and accumulations, and every method of roll-up. Indicators are dealt
/// out to six places of an office (Ketua, Sekretaris, four subbagian), so that no two units of one office promise the same.
/// </summary>
internal static class Indicators
{
    /// <summary>How many places of an office the catalogue is dealt out to.</summary>
    public const int Places = 6;

    private const int Shapes = 10;

    // Indicators of the first places roll up; of the others only the offices' own capaian speaks.
    private const int PlacesThatRollUp = 3;

    /// <summary>The policy and the indicators of a year.</summary>
    public static Catalogue Of(Plan plan, Policy pattern, int year) => new(
        pattern with { Year = year, Version = $"{year}.1" },
        Enumerable.Range(0, plan.Indicators).Select(i => One(plan, year, i))
            .ToDictionary(indicator => indicator.Code, StringComparer.Ordinal));

    public static string Code(int index) => $"IK.{index + 1:00}";

    /// <summary>The indicators that a unit may promise.</summary>
    public static IEnumerable<Indicator> For(Catalogue catalogue, Office office, Unit unit)
    {
        var place = unit.Level switch
        {
            AgreementLevel.Ketua => 0,
            AgreementLevel.Sekretaris => 1,
            _ => 2 + (office.Units.Where(other => other.Level == unit.Level).Index().First(other => other.Item == unit).Index % 4),
        };
        return catalogue.Indicators.Values.Where((_, i) => i % Places == place);
    }

    private static Indicator One(Plan plan, int year, int index)
    {
        var dice = new Dice(plan.Seed, $"indicator/{index}");
        var (place, shape) = (index % Places, index / Places % Shapes);
        var level = place switch { 0 => AgreementLevel.Ketua, 1 => AgreementLevel.Sekretaris, _ => AgreementLevel.Subbagian };
        var code = Code(index);
        var carrying = new Population(Self: false, Reach.Descendants, OnlyCarrying: true);
        RollupRule Own(RollupMethod method, Population? population = null) => new(code, level, method, population ?? carrying);

        var indicator = shape switch
        {
            0 => Make(ValueKind.Percent, Polarity.Maximize, Accumulation.Additive, Own(RollupMethod.WeightedRatio)),
            1 => Make(ValueKind.Count, Polarity.Maximize, Accumulation.Additive, Own(RollupMethod.Sum), unit: "Kegiatan"),
            2 => Make(ValueKind.Index, Polarity.Maximize, Accumulation.Latest, Own(RollupMethod.Mean)),
            3 => Make(ValueKind.AkipGrade, Polarity.Maximize, Accumulation.Latest),
            4 => Make(ValueKind.Percent, Polarity.Maximize, Accumulation.Latest, new RollupRule(
                Code(index - Places), level, RollupMethod.ShareMeeting,
                new Population(Self: true, Reach.Descendants, OnlyCarrying: false), new Value.AkipGrade("B"))),
            5 => Make(ValueKind.Count, Polarity.Maximize, Accumulation.Latest, new RollupRule(
                Code(index - 3 * Places), level, RollupMethod.CountMeeting, carrying, new Value.Index(70)), unit: "Satker"),
            6 => Make(ValueKind.Percent, Polarity.Minimize, Accumulation.Latest,
                Own(RollupMethod.Worst, carrying with { Reach = Reach.Children })),
            7 => Make(ValueKind.BpkOpinion, Polarity.Maximize, Accumulation.Latest,
                Own(RollupMethod.Best, carrying with { Reach = Reach.Children })),
            8 => Make(ValueKind.Index, Polarity.Range, Accumulation.Latest),
            _ => Make(ValueKind.Count, Polarity.Exact, Accumulation.Cumulative, unit: "Dokumen"),
        };
        return place < PlacesThatRollUp ? indicator : indicator with { Rollup = null };

        Indicator Make(ValueKind kind, Polarity polarity, Accumulation accumulation, RollupRule? rollup = null, string? unit = null) => new(
            code, year, Prose.Title(dice, 11), Prose.Text(dice, 160), Prose.Title(dice, 9), kind, polarity, accumulation,
            new IndicatorTraits(NothingToDoIsDone: shape == 6), unit, NationalTarget: shape == 4 ? new Value.Percent(60) : null, rollup);
    }
}
