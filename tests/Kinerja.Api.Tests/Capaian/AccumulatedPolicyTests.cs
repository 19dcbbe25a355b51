namespace Kinerja.Api.Tests;

/// <summary>A figure that is accumulated keeps the policy of the reports it is made of.</summary>
public sealed class AccumulatedPolicyTests(AccumulatedPolicyTests.Added api) : IClassFixture<AccumulatedPolicyTests.Added>
{
    private const string Satker = "5301";

    /// <summary>An additive indicator beside those of the tests.</summary>
    public sealed class Added(World world) : Api(world)
    {
        public override async ValueTask InitializeAsync()
        {
            await base.InitializeAsync();
            var count = Indicators.Of(2024).Single(one => one.Code == "HT.01");
            (await As("00.admin-katalog").Post("/v1/indicators", count with { Code = "AD.01", Accumulation = Accumulation.Additive })).Is(201);
        }
    }

    [Fact]
    public async Task A_new_policy_changes_a_year_only_with_the_part_that_decides_it()
    {
        await api.Given.InForce(Satker, Given.Agreement("sekretaris", 2024,
            Given.Line("1", "AD.01", new Value.Count(10, "Lap")), Given.Line("2", "SP.01", new Value.Percent(50))));
        var reports = new List<Doc>();
        for (var quarter = 1; quarter <= 4; quarter++)
        {
            reports.Add(await api.Given.Through(await api.Given.Drafted(Satker, Given.Report("sekretaris", $"2024-T{quarter}",
                Given.Entry("1", "AD.01", new Value.Count(quarter == 1 ? 4 : 3, "Lap")), Given.Entry("2", "SP.01", new Value.Percent(65)))),
                Given.WayOfReport(Satker, "sekretaris")[..3]));
        }

        Assert.Equal([(130, "2024.1"), (130, "2024.1")], await Figures("2024", "approved"));
        var capped = Indicators.NextPolicy(2024) with { Cap = 100 };
        var preview = (await api.As("00.admin-katalog").Post("/v1/years/2024/policy/preview", capped)).Is(200).Json;
        Assert.Equal((2, 2), ((int)preview["lines"]!, (int)preview["changed"]!));
        Assert.All(preview["items"]!.AsArray(), item =>
        {
            Assert.Equal(reports[3].Id, (string)item!["report"]!);
            Assert.Equal((130, 100), ((decimal)item["old"]!["reported"]!, (decimal)item["new"]!["reported"]!));
            Assert.Equal(item["old"]!["marks"]!.ToJsonString(), item["new"]!["marks"]!.ToJsonString());
        });
        (await api.As("00.admin-katalog").Put("/v1/years/2024/policy", capped, Requests.IfMatch(1))).Is(200);

        // Accepting computes nothing anew, neither the part nor the year.
        reports[3] = await api.Given.Through(reports[3], Given.WayOfReport(Satker, "sekretaris")[3]);
        var accepted = (string)reports[3].Json["recordedAt"]!;
        Assert.Equal([(130, "2024.1"), (130, "2024.1")], await Figures("2024", "approved"));

        // Submitted anew, the last quarter names the new policy; and so does what it decides, and nothing else.
        reports[3] = await api.Given.Through(reports[3], new Hand("return", "53.verifikator"));
        await api.Given.Through(reports[3], Given.WayOfReport(Satker, "sekretaris")[..3]);
        Assert.Equal([(100, "2024.2"), (100, "2024.2")], await Figures("2024", "approved"));
        Assert.Equal([(70, "2024.1"), (130, "2024.1")], await Figures("2024-S1", "approved"));
        Assert.Equal([(130, "2024.1"), (130, "2024.1")], await Figures("2024", "approved", $"&recordedAt={accepted}"));

        // Of a cumulative figure the last part decides: a quarter before it may be measured anew.
        reports[0] = await api.Given.Through(reports[0], new Hand("return", "53.verifikator"));
        await api.Given.Through(reports[0], Given.WayOfReport(Satker, "sekretaris")[..3]);
        Assert.Equal([(70, "2024.2"), (130, "2024.1")], await Figures("2024-S1", "approved"));
    }

    private async Task<IEnumerable<(decimal, string)>> Figures(string period, string least, string more = "") =>
        (await api.As($"{Satker}.ketua").Get(
            $"/v1/satker/{Satker}/capaian?year=2024&level=sekretaris&period={period}&minSignOff={least}{more}")).Is(200)
            .Json["office"]!["agreements"]![0]!["lines"]!.AsArray().Select(line => line!["capaian"]!)
            .Select(figure => ((decimal)figure["reported"]!, (string)figure["policy"]!));
}
