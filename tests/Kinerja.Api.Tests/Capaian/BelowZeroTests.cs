namespace Kinerja.Api.Tests;

public sealed class BelowZeroTests(Api api) : IClassFixture<Api>
{
    /// <summary>The words print the calculation that was done: with |T| below zero, and the simple one above.</summary>
    [Theory]
    [InlineData(Polarity.Maximize, -5, -4, 120,
        "More is better, the target below zero: 100 + (realization − target) / |target| × 100 = 100 + ((-4) − (-5)) / |(-5)| × 100.")]
    [InlineData(Polarity.Minimize, -5, -4, 80,
        "Less is better, the target below zero: 100 − (realization − target) / |target| × 100 = 100 − ((-4) − (-5)) / |(-5)| × 100.")]
    [InlineData(Polarity.Exact, -5, -4, 80,
        "Exactly the target, below zero: (1 − |realization − target| / |target|) × 100 = (1 − |(-4) − (-5)| / |(-5)|) × 100.")]
    [InlineData(Polarity.Minimize, 5, -4, 280, "Less is better: (2 × target − realization) / target × 100 = (2 × 5 − (-4)) / 5 × 100.")]
    [InlineData(Polarity.Maximize, 5, 4, 80, "More is better: realization / target × 100 = 4 / 5 × 100.")]
    public async Task An_explanation_prints_the_calculation_that_was_done(Polarity polarity, int target, int reached, int raw, string step)
    {
        var code = $"NOL.{polarity}{target + 10}".Replace('.', '-').ToUpperInvariant();
        (await api.As("00.admin-katalog").Post("/v1/indicators", Indicators.Of(2024).First() with
        {
            Code = code,
            Kind = ValueKind.Index,
            Polarity = polarity,
            Traits = new IndicatorTraits(Signed: true),
        })).Is(201);
        var (satker, unit) = api.Given.FreshUnit();
        await api.Given.InForce(satker, Given.Agreement(unit, 2024, Given.Line(indicator: code, target: new Value.Index(target))));
        var report = await api.Given.Through(
            await api.Given.Drafted(satker, Given.Report(unit, "2024", Given.Entry(indicator: code, result: new Value.Index(reached)))),
            Given.WayOfReport(satker, unit)[..1]);

        var explained = (await api.As($"{satker}.{unit}").Get($"/v1/satker/{satker}/capaian/{report.Id}/1/explain", Requests.English)).Is(200).Json;

        Assert.Equal(raw, (decimal)explained["capaian"]!["raw"]!);
        Assert.Equal(step, (string)explained["steps"]![0]!);
    }
}
