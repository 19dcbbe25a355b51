namespace Kinerja.Api.Tests;

public sealed class YearsTests(Api api) : IClassFixture<Api>
{
    private Given Given => api.Given;

    [Fact]
    public async Task Years_stand_side_by_side_with_what_changed_in_the_definition()
    {
        foreach (var (year, target) in new[] { (2023, 80m), (2024, 90m) })
        {
            var code = Indicators.Of(year).First() with
            {
                Code = "YY.01",
                Polarity = year == 2023 ? Polarity.Minimize : Polarity.Maximize,
                NationalTarget = new Value.Percent(target + 5),
            };
            (await api.As("00.admin-katalog").Post("/v1/indicators", code)).Is(201);
            await Given.InForce("5301", Given.Agreement("rendatin", year, Given.Line("1", "YY.01", new Value.Percent(target))));
            var entry = Given.Entry("1", "YY.01", new Value.Percent(72)) with { TakenOverFrom = year == 2023 ? "LKj 2023" : null, CarriedFrom = year == 2024 ? 2023 : null };
            await Given.Through(await Given.Drafted("5301", Given.Report("rendatin", $"{year}", entry)), Given.WayOfReport("5301", "rendatin"));
        }

        var years = (await api.As("53.sekretaris").Get("/v1/satker/5301/capaian/years?indicator=YY.01&from=2022&to=2025&level=subbagian"))
            .Is(200).Json["years"]!.AsArray();

        Assert.Equal([2022, 2023, 2024, 2025], years.Select(year => (int)year!["year"]!));
        Assert.Null(years[0]!["definition"]);
        Assert.Null(years[3]!["definition"]);
        Assert.Empty(years[1]!["definition"]!["changed"]!.AsArray());
        Assert.Equal(["polarity", "nationalTarget"], years[2]!["definition"]!["changed"]!.AsArray().Select(member => (string)member!));
        Assert.Equal((85m, 95m), ((decimal)years[1]!["definition"]!["nationalTarget"]!["value"]!, (decimal)years[2]!["definition"]!["nationalTarget"]!["value"]!));
        var (before, after) = (years[1]!["lines"]![0]!, years[2]!["lines"]![0]!);
        Assert.Equal((110m, 80m), ((decimal)before["capaian"]!["reported"]!, (decimal)after["capaian"]!["reported"]!));
        Assert.Equal((true, "taken-over"), ((bool)before["takenOver"]!, (string)before["signOff"]!));
        Assert.Equal((2023, "accepted"), ((int)after["carriedFrom"]!, (string)after["signOff"]!));
        Assert.Empty(years[3]!["lines"]!.AsArray());
    }

    [Fact]
    public async Task A_roll_up_stands_side_by_side_as_each_year_says_it()
    {
        await Given.InForce("5302", SekretarisReports.Agreement());
        await Given.Through(await Given.Drafted("5302", SekretarisReports.Report()), Given.WayOfReport("5302", "sekretaris"));

        var years = (await api.As("53.sekretaris").Get("/v1/satker/53/rollup/AK.01/years?from=2023&to=2024")).Is(200).Json["years"]!.AsArray();

        foreach (var year in years)
        {
            var own = (await api.As("53.sekretaris").Get($"/v1/satker/53/rollup?year={year!["year"]}&indicator=AK.01")).Is(200).Json["items"]![0]!;
            Assert.Equal(own.ToJsonString(), year["rollup"]!.ToJsonString());
        }

        Assert.Equal([0, 1], years.Select(year => (int)year!["rollup"]!["coverage"]!["counted"]!));
    }

    [Fact]
    public async Task At_most_five_years_and_only_those_who_see_the_office()
    {
        foreach (var path in new[] { "capaian/years?indicator=SP.01&", "rollup/AK.01/years?" })
        {
            (await api.As("53.sekretaris").Get($"/v1/satker/53/{path}from=2020&to=2024")).Is(200);
            (await api.As("53.sekretaris").Get($"/v1/satker/53/{path}from=2019&to=2024")).Refuses(400, "malformed-request", [("", "bad-years")]);
            (await api.As("53.sekretaris").Get($"/v1/satker/53/{path}from=2024&to=2023")).Refuses(400, "malformed-request", [("", "bad-years")]);
            (await api.As("52.sekretaris").Get($"/v1/satker/53/{path}from=2023&to=2024")).Refuses(404, "not-found");
        }

        (await api.As("53.sekretaris").Get("/v1/satker/53/capaian/years?from=2023&to=2024")).Refuses(400, "malformed-request", [("", "missing-parameter")]);
    }
}
