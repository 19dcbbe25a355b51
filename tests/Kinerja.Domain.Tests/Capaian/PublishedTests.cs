using System.Globalization;
using System.Text.Json;

namespace Kinerja.Domain.Tests;

public sealed class PublishedTests
{
    private static readonly IReadOnlyList<Triple> Triples = Load();

    [Fact]
    public void Of_55_published_figures_53_follow_the_formulas_1_the_grade_scale_and_1_is_an_override()
    {
        var byHow = Triples.CountBy(How).ToDictionary();

        Assert.Equal(new Dictionary<string, int> { ["formula"] = 53, ["grades"] = 1, ["override"] = 1 }, byHow);
    }

    [Fact]
    public void The_override_is_16_revisions_of_8_promised_where_the_formulas_give_0_or_200()
    {
        var line = Assert.Single(Triples, triple => How(triple) == "override");

        Assert.Equal(new Value.Count(16, "Kali"), line.Realization);
        Assert.Equal(0, Compute(line).Raw);
        Assert.Equal(200, Compute(line with { Polarity = Polarity.Maximize }).Raw);
        Assert.Equal(100, line.Published);
    }

    [Fact]
    public void The_only_realization_with_a_foreign_sign_is_the_index_with_a_percent_sign()
    {
        var marked = Assert.Single(Triples, triple => Compute(triple).Marks.Count > 0);

        Assert.Equal(["index-with-percent-sign"], Compute(marked).Marks);
        Assert.Equal(93.69m, Compute(marked).Raw);
    }

    [Fact]
    public void The_office_stands_at_104_63_for_its_subbagian_and_not_at_the_103_95_of_all_their_lines()
    {
        var lines = Triples.Where(triple => triple.Unit is not null).ToList();
        var agreements = lines.GroupBy(line => line.Unit, Line, (_, unit) => CapaianMean.Of(unit)).ToList();

        Assert.Equal(4, agreements.Count);
        Assert.Equal(104.63m, CapaianAggregate.OfficeFigure(agreements.Select(agreement => agreement.Figure)));
        Assert.Equal(103.95m, CapaianMean.Of(lines.Select(Line)).Figure);
        Assert.Equal(1, agreements.Sum(agreement => agreement.Overridden));
    }

    private static CapaianLine Line(Triple triple) => new(triple.Name, How(triple) == "override"
        ? CapaianCalculator.Compute(
            triple.Target, triple.Realization, MeasureOf(triple), Policies.Y2024, triple.Published)
        : Compute(triple));

    private static string How(Triple triple) => Compute(triple) switch
    {
        var computed when computed.Reported != triple.Published => "override",
        { Formula: Formula.Points } => "grades",
        _ => "formula",
    };

    private static Capaian Compute(Triple triple) =>
        CapaianCalculator.Compute(triple.Target, triple.Realization, MeasureOf(triple), Policies.Y2024);

    private static Measure MeasureOf(Triple triple) =>
        Policies.Measure(Values.KindOf(triple.Target)!.Value, triple.Polarity);

    private static List<Triple> Load()
    {
        var path = Path.Combine(AppContext.BaseDirectory, "Capaian", "published-2024.json");
        using var json = JsonDocument.Parse(File.ReadAllText(path));
        return [.. json.RootElement.EnumerateArray().Select(line => new Triple(
            Text(line, "indikator")!,
            Text(line, "unit"),
            Parse(Text(line, "target")!, line: null),
            Parse(Text(line, "realisasi")!, line),
            Number(Text(line, "capaianTerbit")!.TrimEnd('%')),
            Enum.Parse<Polarity>(Text(line, "polarity")!, ignoreCase: true)))];
    }

    private static Value Parse(string text, JsonElement? line) => text.Split(' ') switch
    {
        [var grade] when Policies.Y2024.AkipPoints.ContainsKey(grade) => new Value.AkipGrade(grade),
        [var percent] when percent.EndsWith('%') => new Value.Percent(
            Number(percent.TrimEnd('%')), Ratio(line, "pembilang"), Ratio(line, "penyebut")),
        [var index] => new Value.Index(Number(index)),
        [var amount, .. var unit] => new Value.Count(Number(amount), string.Join(' ', unit)),
        [] => throw new FormatException(text),
    };

    private static decimal? Ratio(JsonElement? line, string member) =>
        line is { } known && known.TryGetProperty(member, out var number) ? number.GetDecimal() : null;

    private static string? Text(JsonElement line, string member) =>
        line.TryGetProperty(member, out var text) ? text.GetString() : null;

    private static decimal Number(string text) => decimal.Parse(text.Replace(',', '.'), CultureInfo.InvariantCulture);

    private sealed record Triple(
        string Name, string? Unit, Value Target, Value Realization, decimal Published, Polarity Polarity);
}
