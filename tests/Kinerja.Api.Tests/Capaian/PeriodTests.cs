namespace Kinerja.Api.Tests;

public sealed class PeriodTests(Api api) : IClassFixture<Api>
{
    [Fact]
    public async Task A_part_of_the_year_measured_against_the_years_target_says_so()
    {
        var (satker, unit) = api.Given.FreshUnit();
        await api.Given.InForce(satker, Given.Agreement(unit));
        await api.Given.Drafted(satker, Given.Report(unit, "2024-T1"));

        var capaian = (await api.As($"{satker}.ketua").Get(
            $"/v1/satker/{satker}/capaian?year=2024&period=2024-T1&level={LevelOf(unit)}")).Is(200);

        Assert.Contains("year-target", capaian.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_report_begun_before_its_agreement_is_in_force_gets_its_figures_with_it()
    {
        var (satker, unit) = api.Given.FreshUnit();
        var agreement = await api.Given.Drafted(satker, Given.Agreement(unit));
        await api.Given.Drafted(satker, Given.Report(unit));

        await api.Given.Through(agreement, Given.WayOfAgreement(satker, unit));

        var line = (await api.As($"{satker}.ketua").Get($"/v1/satker/{satker}/capaian?year=2024&level={LevelOf(unit)}"))
            .Is(200).Json["office"]!["agreements"]![0]!["lines"]![0]!;
        Assert.Equal((70.45m, "draft"), ((decimal)line["capaian"]!["raw"]!, (string)line["signOff"]!));
    }

    [Fact]
    public async Task A_part_of_the_year_is_measured_against_its_own_target_where_one_is_stated()
    {
        var (satker, unit) = api.Given.FreshUnit();
        await api.Given.InForce(satker, Given.Agreement(unit, 2024, Given.Line() with
        {
            PeriodTargets = [new("2024-T1", new Value.Percent(50)), new("2024-T3", new Value.Percent(80))],
        }));
        foreach (var period in new[] { "2024-T1", "2024-T2" })
        {
            await api.Given.Drafted(satker, Given.Report(unit, period));
        }

        // 70.45 / 50 = 140.9 against the quarter's own, 70.45 against the year's; the third is shown before anybody reports.
        Assert.Equal((50, 140.9m, false), Measured(await Line("2024-T1")));
        Assert.Equal((100, 70.45m, true), Measured(await Line("2024-T2")));
        Assert.Equal(80, (decimal)(await Line("2024-T3"))["target"]!["value"]!);

        async Task<System.Text.Json.Nodes.JsonNode> Line(string period) => (await api.As($"{satker}.ketua").Get(
            $"/v1/satker/{satker}/capaian?year=2024&period={period}&level={LevelOf(unit)}"))
            .Is(200).Json["office"]!["agreements"]![0]!["lines"]![0]!;

        static (decimal, decimal, bool) Measured(System.Text.Json.Nodes.JsonNode line) => (
            (decimal)line["target"]!["value"]!, (decimal)line["capaian"]!["raw"]!,
            line["capaian"]!["marks"]!.AsArray().Any(mark => (string)mark! == Marks.YearTarget));
    }

    private static string LevelOf(string unit) => unit is "ketua" or "sekretaris" ? unit : "subbagian";
}
