using System.Text.Json.Nodes;

namespace Kinerja.Api.Tests;

/// <summary>Capaian over everything below is the fold of the offices' own figures, at every level and least sign-off.</summary>
public sealed class CapaianBelowTests(CapaianBelowTests.Nation nation) : IClassFixture<CapaianBelowTests.Nation>
{
    /// <summary>Offices of NTT with reports of two agreement levels at different steps; one was returned after its acceptance,
    /// one has an agreement and no report, one nothing but taken-over values.</summary>
    public sealed class Nation(World world) : Api(world)
    {
        public override async ValueTask InitializeAsync()
        {
            await base.InitializeAsync();
            foreach (var (satker, hands, grade) in new[] { ("53", 4, "A"), ("5301", 4, "BB"), ("5302", 4, "B"), ("5303", 1, "D"), ("5304", 0, "CC") })
            {
                await Given.InForce(satker, SekretarisReports.Agreement());
                await Given.Through(await Given.Drafted(satker, SekretarisReports.Report(grade: grade)), Given.WayOfReport(satker, "sekretaris")[..hands]);
            }

            await Given.InForce("5306", SekretarisReports.Agreement());
            foreach (var unit in new[] { "rendatin", "kul" })
            {
                await Given.InForce("5305", Given.Agreement(unit));
                await Given.Through(await Given.Drafted("5305", Given.Report(unit, "2024", Given.Entry("1", "SP.01", new Value.Percent(null, 1, 3)))),
                    Given.WayOfReport("5305", unit));
            }

            await Given.InForce("5307", Given.Agreement("rendatin"));
            await Given.Through(
                await Given.Drafted("5307", Given.Report("rendatin", "2024", Given.Entry() with { TakenOverFrom = "LKj 2024" })),
                Given.WayOfReport("5307", "rendatin"));
            await Given.InForce("5308", Given.Agreement("rendatin"));
            await Given.Through(
                await Given.Drafted("5308", Given.Report("rendatin", "2024", Given.Entry("1", "SP.01", new Value.Absent(Absence.NotAssessed)))),
                Given.WayOfReport("5308", "rendatin"));
        }
    }

    [Theory]
    [InlineData("sekretaris")]
    [InlineData("subbagian")]
    [InlineData("ketua")]
    public async Task It_is_the_fold_of_the_offices_own_figures(string level)
    {
        foreach (var viewer in new[] { "00", "53" })
        {
            foreach (var least in Enum.GetValues<SignOffLevel>().Select(Words.Of))
            {
                var asked = $"year=2024&level={level}&minSignOff={least}";
                var below = (await nation.As("00.inspektur").Get($"/v1/satker/{viewer}/capaian/below?{asked}")).Is(200).Json;
                var offices = await Offices((string)below["offices"]!, pageSize: 2);

                Assert.Equal(await Own(viewer, asked), offices.ToDictionary(office => (string)office["satker"]!, office => (decimal?)office["figure"]));
                Assert.Equal(offices.Count, (int)below["expected"]!);
                Assert.Equal(offices.Count(office => (bool)office["reported"]!), (int)below["reported"]!);
                Assert.Equal(offices.Count(office => office["figure"] is not null), (int)below["n"]!);
                Assert.Equal(offices.Sum(office => (decimal?)office["figure"] ?? 0), (decimal)below["sum"]!);
                Assert.Equal(
                    offices.Where(office => office["category"] is not null).GroupBy(office => (string)office["category"]!)
                        .ToDictionary(same => same.Key, same => same.Count()),
                    below["spread"]!.AsObject().ToDictionary(one => one.Key, one => (int)one.Value!));
                Assert.Equal((int)below["n"]! == 0 ? null : Rounding.Two((decimal)below["sum"]! / (int)below["n"]!), (decimal?)below["mean"]);
            }
        }
    }

    private static string WithoutExplain(JsonNode office)
    {
        office.AsObject().Remove("explain"); // It leads to the same instant.
        return office.ToJsonString();
    }

    [Theory]
    [InlineData("asOf=2024-12-30")]
    [InlineData("recordedAt=2100-01-01T00:00:00Z")]
    public async Task Another_day_of_the_same_tree_and_all_that_is_held_give_the_same(string times)
    {
        foreach (var level in new[] { "sekretaris", "subbagian", "ketua" })
        {
            foreach (var least in Enum.GetValues<SignOffLevel>().Select(Words.Of))
            {
                var asked = $"year=2024&level={level}&minSignOff={least}";
                var now = (await nation.As("00.inspektur").Get($"/v1/satker/53/capaian/below?{asked}")).Is(200).Json;
                var then = (await nation.As("00.inspektur").Get($"/v1/satker/53/capaian/below?{asked}&{times}")).Is(200).Json;

                Assert.Equal(
                    (await Offices((string)now["offices"]!, 500)).Select(WithoutExplain),
                    (await Offices((string)then["offices"]!, 2)).Select(WithoutExplain));
                Assert.Contains(times.Split('=')[0], (string)then["offices"]!, StringComparison.Ordinal);
                foreach (var member in new[] { "tree", "recordedAt", "offices" })
                {
                    now.AsObject().Remove(member);
                    then.AsObject().Remove(member);
                }

                Assert.Equal(now.ToJsonString(), then.ToJsonString());
            }
        }
    }

    [Fact]
    public async Task It_says_over_the_children_what_the_children_say()
    {
        foreach (var least in Enum.GetValues<SignOffLevel>().Select(Words.Of))
        {
            var asked = $"year=2024&level=sekretaris&minSignOff={least}";
            var children = (await nation.As("53.sekretaris").Get($"/v1/satker/53/capaian/children?{asked}")).Is(200).Json;
            var below = (await nation.As("53.sekretaris").Get($"/v1/satker/53/capaian/below?{asked}")).Is(200).Json;

            Assert.Equal((decimal?)children["mean"], (decimal?)below["mean"]);
            Assert.Equal(children["spread"]!.ToJsonString(), below["spread"]!.ToJsonString());
            Assert.Equal(
                ((int)children["coverage"]!["expected"]!, (int)children["coverage"]!["reported"]!, (int)children["coverage"]!["counted"]!),
                ((int)below["expected"]!, (int)below["reported"]!, (int)below["n"]!));
            Assert.Equal(
                children["coverage"]!["missing"]!.AsArray().Select(office => $"{office!["satker"]} {office["state"]}"),
                (await Offices((string)below["offices"]!, 500)).Where(office => office["state"] is not null)
                    .Select(office => $"{office["satker"]} {office["state"]}"));
        }
    }

    [Fact]
    public async Task Figures_are_rounded_at_each_step_and_levels_are_not_mixed()
    {
        // 1/3 → 33.33; the office's two agreements 33.33 each; the offices 33.33 and, for those taken over, 70.45.
        var signed = (await nation.As("53.sekretaris").Get("/v1/satker/53/capaian/below?year=2024&level=subbagian")).Is(200).Json;
        var all = (await nation.As("53.sekretaris").Get("/v1/satker/53/capaian/below?year=2024&level=subbagian&minSignOff=taken-over")).Is(200).Json;

        Assert.Equal((3, 1, 33.33m), ((int)signed["expected"]!, (int)signed["n"]!, (decimal)signed["mean"]!));
        Assert.Equal((3, 2, 51.89m), ((int)all["expected"]!, (int)all["n"]!, (decimal)all["mean"]!));
        Assert.Equal("not-assessed", (string)(await Offices((string)signed["offices"]!, 500))[^1]["state"]!);
    }

    [Fact]
    public async Task Another_offices_figures_are_not_there()
    {
        (await nation.As("52.sekretaris").Get("/v1/satker/53/capaian/below?year=2024")).Refuses(404, "not-found");
        (await nation.As("52.sekretaris").Get("/v1/satker/53/capaian/below/offices?year=2024")).Refuses(404, "not-found");
        (await nation.As("53.sekretaris").Get("/v1/satker/53/capaian/below?year=2019")).Refuses(404, "year-not-open");
        (await nation.As("52.sekretaris").Get("/v1/satker/52/capaian/below?year=2024")).Is(200);
    }

    private async Task<List<JsonNode>> Offices(string path, int pageSize)
    {
        var rows = new List<JsonNode>();
        for (string? token = ""; token is not null;)
        {
            var page = (await nation.As("00.inspektur").Get($"{path}&pageSize={pageSize}{token}")).Is(200).Json;
            rows.AddRange(page["items"]!.AsArray().Select(row => row!));
            token = page["nextPageToken"] is { } next ? $"&pageToken={next}" : null;
        }

        return rows;
    }

    /// <summary>What each office's own capaian says; offices without an agreement at the level are not expected.</summary>
    private async Task<Dictionary<string, decimal?>> Own(string viewer, string asked)
    {
        var figures = new Dictionary<string, decimal?>();
        foreach (var satker in Enumerable.Range(5301, 8).Select(code => $"{code}").Concat(viewer == "00" ? ["53"] : []))
        {
            var office = (await nation.As("00.inspektur").Get($"/v1/satker/{satker}/capaian?{asked}")).Is(200).Json["office"]!;
            if (office["agreements"]!.AsArray().Count > 0)
            {
                figures[satker] = (decimal?)office["figure"];
            }
        }

        return figures;
    }
}
