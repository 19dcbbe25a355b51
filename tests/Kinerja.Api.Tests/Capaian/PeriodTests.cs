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

    private static string LevelOf(string unit) => unit is "ketua" or "sekretaris" ? unit : "subbagian";
}
