using System.Text.Json.Nodes;

namespace Kinerja.Api.Tests;

/// <summary>Roll-ups on published numbers and on real codes of the tree.</summary>
public sealed class RealNumbersTests(Api api) : IClassFixture<Api>
{
    private Given Given => api.Given;

    /// <summary>124 of 176 and 9 of 11 work: 133 of 187 = 71,12 %; the mean of the percentages would be 76,14.</summary>
    [Fact]
    public async Task Ratios_roll_up_as_sum_by_sum_and_never_as_the_mean_of_percentages()
    {
        (await api.As("00.admin-katalog").Post("/v1/indicators", Indicators.Of(2024).First() with
        {
            Code = "RR.01",
            Rollup = new RollupRule("SP.02", AgreementLevel.Subbagian, RollupMethod.WeightedRatio, new Population(false, Reach.Children, true)),
        })).Is(201);
        foreach (var (satker, part, whole) in new[] { ("5301", 124m, 176m), ("5302", 9m, 11m) })
        {
            await Given.InForce(satker, Given.Agreement("rendatin", 2024, Given.Line("1", "SP.02")));
            await Given.Through(
                await Given.Drafted(satker, Given.Report("rendatin", "2024", Given.Entry("1", "SP.02", new Value.Percent(null, part, whole)))),
                Given.WayOfReport(satker, "rendatin"));
        }

        var row = (await api.As("53.sekretaris").Get("/v1/satker/53/rollup?year=2024&indicator=RR.01")).Is(200).Json["items"]![0]!;
        var why = (await api.As("53.sekretaris").Get((string)row["explain"]!)).Is(200).Json;

        Assert.Equal("""{"kind":"percent","value":71.12,"numerator":133,"denominator":187}""", row["value"]!.ToJsonString());
        Assert.Equal(71.1229946524m, (decimal)why["unrounded"]!);
        Assert.Equal([(124m, 176m), (9m, 11m)], why["rows"]!.AsArray()
            .Select(office => ((decimal)office!["element"]!["numerator"]!, (decimal)office["element"]!["denominator"]!)));
    }

    /// <summary>Merauke stood under Papua until Papua Selatan was made by UU 14/2022, Kota Sorong under Papua Barat until
    /// UU 29/2022.</summary>
    [Theory]
    [InlineData("9301", "91", "93", "2022-07-25")]
    [InlineData("9671", "92", "96", "2022-12-08")]
    public async Task An_office_that_was_split_off_counts_in_its_province_of_the_day(string satker, string before, string after, string from)
    {
        foreach (var (parent, day) in new[] { (before, "2000-01-02"), (after, from) })
        {
            var office = (await api.Nobody().Get($"/v1/satker/{satker}")).Is(200);
            (await api.As("00.admin-periode").Post($"/v1/satker/{satker}/moves",
                new JsonObject { ["parent"] = parent, ["from"] = day, ["decree"] = "UU" }, ("If-Match", office.ETag!))).Is(200);
        }

        foreach (var (province, day, isThere) in new[]
        {
            (before, "2021-12-31", true), (after, "2021-12-31", false), (before, "2024-12-31", false), (after, "2024-12-31", true),
        })
        {
            var row = (await api.As("00.inspektur").Get($"/v1/satker/{province}/rollup?year=2024&indicator=AK.01&by=child&asOf={day}"))
                .Is(200).Json["items"]!.AsArray().SingleOrDefault();
            var offices = row?["children"]!.AsArray().Select(child => (string)child!["satker"]!) ?? [];
            Assert.Equal(isThere, offices.Contains(satker));
            var children = (await api.Nobody().Get($"/v1/satker/{province}/children?asOf={day}&pageSize=500")).Is(200).Json["items"]!.AsArray();
            Assert.Equal(isThere, children.Any(child => (string)child!["satker"]! == satker));
        }
    }

    /// <summary>An office that moved on 25 July 2022 counts in its province of before for 2021, and in the new one for 2024.</summary>
    [Fact]
    public async Task A_moved_office_counts_in_the_province_of_the_periods_last_day()
    {
        const string satker = "5311";
        var office = (await api.Nobody().Get($"/v1/satker/{satker}")).Is(200);
        (await api.As("00.admin-periode").Post($"/v1/satker/{satker}/moves",
            new JsonObject { ["parent"] = "52", ["from"] = "2022-07-25", ["decree"] = "UU" }, ("If-Match", office.ETag!))).Is(200);
        (await api.As("00.admin-katalog").Post("/v1/years/2024/indicators:copy?to=2021", "")).Is(200);
        foreach (var (year, grade) in new[] { (2021, "B"), (2024, "BB") })
        {
            await Given.InForce(satker, Given.Agreement("sekretaris", year, Given.Line("1", Indicators.Grade, new Value.AkipGrade("B"))));
            var way = Given.WayOfReport(satker, "sekretaris");
            way[^1] = way[^1] with { Post = "52.verifikator" }; // Today's parent acts.
            await Given.Through(await Given.Drafted(
                satker, Given.Report("sekretaris", $"{year}", Given.Entry("1", Indicators.Grade, new Value.AkipGrade(grade)))), way);
        }

        foreach (var (province, year, isThere) in new[] { ("53", 2021, true), ("52", 2021, false), ("53", 2024, false), ("52", 2024, true) })
        {
            var row = (await api.As("00.inspektur").Get($"/v1/satker/{province}/rollup?year={year}&indicator=AK.01&by=child")).Is(200).Json["items"]![0]!;
            Assert.Equal(isThere ? 1 : 0, (int)row["value"]!["numerator"]!);
            Assert.Equal(isThere, row["children"]!.AsArray().Any(child => (string)child!["satker"]! == satker && (bool)child["counted"]!));
            Assert.Equal($"{year}-12-31", (string)row["tree"]!);
        }
    }
}
