using System.Text.Json.Nodes;

namespace Kinerja.Api.Tests;

/// <summary>Money spent beside capaian, for a province over its offices and for the nation.</summary>
public sealed class AbsorptionRollupTests(AbsorptionRollupTests.Province province) : IClassFixture<AbsorptionRollupTests.Province>
{
    /// <summary>Three offices promise by program, two of them hold a DIPA and have been accepted; one promises without money,
    /// and one by kegiatan.</summary>
    public sealed class Province(World world) : Api(world)
    {
        public override async ValueTask InitializeAsync()
        {
            await base.InitializeAsync();
            var (cq, wa) = (Money.Line(pagu: 1_000), Money.Line("076.01.WA.3355.EBA.001.051", 500));
            foreach (var satker in new[] { "5301", "5302", "5304" })
            {
                await this.Held(satker, Money.State(0, cq, wa));
            }

            (await this.Spends("5301", Money.Spent("2024-B01", (cq, 400), (wa, 500)))).Is(201);
            await Promise("5301", ["076.01.CQ", "076.01.WA"], 80);
            await Promise("5302", ["6709"], 60);
            await Promise("5303", ["076.01.CQ"], result: null);
            await Promise("5306", [], 90);

            async Task Promise(string satker, string[] codes, decimal? result)
            {
                await Given.InForce(satker, Tests.Given.Agreement("sekretaris") with
                {
                    Budgets = [.. codes.Select(code => new AgreementBudget(code, code, 1_000))],
                });
                if (result is { } figure)
                {
                    await Given.Through(
                        await Given.Drafted(satker, Tests.Given.Report("sekretaris", "2024", Tests.Given.Entry(result: new Value.Percent(figure)))),
                        Tests.Given.WayOfReport(satker, "sekretaris"));
                }
            }
        }
    }

    [Fact]
    public async Task Programs_have_the_money_of_all_and_the_mean_of_the_offices_whose_agreements_name_it()
    {
        var programs = (await Rollup("53", "53.verifikator"))["programs"]!.AsArray();

        Assert.Equal(
            ["""{"pagu":3000,"realization":400,"remaining":2600,"percent":13.33}""", """{"pagu":1500,"realization":500,"remaining":1000,"percent":33.33}"""],
            programs.Select(program => program!["figure"]!.ToJsonString()));
        Assert.Equal(
            [("076.01.CQ", 70m, 3, 2, 2), ("076.01.WA", 80m, 1, 1, 1)],
            programs.Select(program => ((string)program!["program"]!, (decimal)program["capaian"]!, (int)program["coverage"]!["expected"]!,
                (int)program["coverage"]!["reported"]!, (int)program["coverage"]!["counted"]!)));
        var missing = Assert.Single(programs[0]!["coverage"]!["missing"]!.AsArray())!;
        Assert.Equal(("5303", "missing"), ((string)missing["satker"]!, (string)missing["state"]!));
        Assert.Equal(2, programs[0]!["spread"]!.AsObject().Sum(category => (int)category.Value!));
    }

    [Fact]
    public async Task Who_holds_no_DIPA_who_stated_no_spending_and_who_names_no_money_is_told_by_name()
    {
        var rollup = await Rollup("53", "53.verifikator");

        Assert.Equal((22, 3, 19), Coverage(rollup["budgets"]!));
        Assert.DoesNotContain("5304", Names(rollup["budgets"]!["missing"]!));
        Assert.Contains("5303", Names(rollup["budgets"]!["missing"]!));
        Assert.Equal((22, 1, 21), Coverage(rollup["realizations"]!));
        Assert.Equal(["5306"], Names(rollup["unplaced"]!));
    }

    [Fact]
    public async Task It_is_the_same_for_the_nation_and_agrees_with_each_office_alone()
    {
        var nation = await Rollup("00", "00.ketua");
        Assert.Equal((await Rollup("53", "53.verifikator"))["programs"]!.ToJsonString(), nation["programs"]!.ToJsonString());
        Assert.Equal((552, 3, 549), Coverage(nation["budgets"]!));

        foreach (var satker in new[] { "5301", "5302" })
        {
            var own = (await province.As($"{satker}.ketua").Get($"{Money.Path(satker)}/absorption?level=sekretaris")).Is(200).Json["programs"]!.AsArray();
            var rolled = (await Rollup(satker, $"{satker}.ketua", "&self=yes"))["programs"]!.AsArray();
            Assert.Equal(
                own.Select(program => (program!["program"]!.ToJsonString(), program["figure"]!.ToJsonString(), program["capaian"]?.ToJsonString())),
                rolled.Select(program => (program!["program"]!.ToJsonString(), program["figure"]!.ToJsonString(), program["capaian"]?.ToJsonString())));
        }
    }

    [Fact]
    public async Task A_level_that_was_not_reached_counts_nobody_and_nobody_beside_is_answered()
    {
        var ketua = (await Rollup("53", "53.verifikator", level: "ketua"))["programs"]!.AsArray();

        Assert.All(ketua, program => Assert.Equal((0, 0, 0), Coverage(program!["coverage"]!)));
        Assert.All(ketua, program => Assert.Null(program!["capaian"]));
        (await province.As("5371.ketua").Get($"{Money.Path("53")}/absorption/rollup")).Refuses(404, "not-found");
        (await province.As("53.verifikator").Get($"{Money.Path("53", 2019)}/absorption/rollup")).Refuses(404, "year-not-open");
    }

    private async Task<JsonNode> Rollup(string satker, string reader, string more = "", string level = "sekretaris") =>
        (await province.As(reader).Get($"{Money.Path(satker)}/absorption/rollup?level={level}{more}")).Is(200).Json;

    private static (int Expected, int Reported, int Missing) Coverage(JsonNode coverage) =>
        ((int)coverage["expected"]!, (int)coverage["reported"]!, coverage["missing"]!.AsArray().Count);

    private static IEnumerable<string> Names(JsonNode offices) => offices.AsArray().Select(office => (string)office!["satker"]!);
}
