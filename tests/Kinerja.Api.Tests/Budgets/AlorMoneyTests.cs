using System.Text.Json.Nodes;

namespace Kinerja.Api.Tests;

/// <summary>The published money of KPU Kabupaten Alor, to the rupiah: sums, percents, remainders, cascade, years, a grant.</summary>
public sealed class AlorMoneyTests(AlorMoneyTests.Alor alor) : IClassFixture<AlorMoneyTests.Alor>
{
    private const string Nphd = "NPHD Pilkada 2024";

    private static readonly (string Code, long Pagu, long Realization, decimal Percent)[] Final =
    [
        ("076.01.WA.3355", 2_500_000_000, 2_488_420_244, 99.54m), ("076.01.WA.3360", 86_252_000, 84_278_500, 97.71m),
        ("076.01.CQ.6639", 19_571_045_000, 19_571_037_620, 100m), ("076.01.CQ.6709", 1_371_281_000, 1_202_166_750, 87.67m),
        ("076.01.CQ.6867", 17_250_088_000, 17_250_084_572, 100m), ("076.01.CQ.6870", 3_327_000, 3_320_000, 99.79m),
        ("076.01.CQ.6871", 1_761_592_000, 1_761_542_142, 100m), ("076.01.CQ.6872", 2_421_821_000, 2_400_542_627, 99.12m),
        ("076.01.CQ.6981", 2_000, 0, 0m), ("076.01.CQ.6982", 14_876_000, 14_873_000, 99.98m),
    ];

    private static readonly (string Unit, (string Code, long Pagu)[] Budgets)[] Agreements =
    [
        ("kul", [("3355", 2_259_757_000), ("3360", 234_060_000), ("6871", 1_776_162_000)]),
        ("rendatin", [("6709", 840_273_000)]),
        ("hsdm", [("6709", 146_136_000), ("6867", 19_024_974_000), ("6982", 25_771_000)]),
        ("tpph", [("6709", 268_760_000), ("6870", 1_698_641_000), ("6872", 2_215_434_000), ("6981", 23_658_000), ("6982", 4_535_000)]),
        ("sekretaris", [("076.01.CQ", 26_024_344_000), ("076.01.WA", 2_493_817_000)]),
    ];

    /// <summary>Five agreements in force, revision 0 by kegiatan from the four of the subbagian, revision 16, five years.</summary>
    public sealed class Alor(World world) : Api(world)
    {
        public override async ValueTask InitializeAsync()
        {
            await base.InitializeAsync();
            var keeper = As("5305.operator");
            (await keeper.Post("/v1/satker/5305/grants", Money.Grant(Nphd))).Is(201);
            foreach (var (unit, budgets) in Agreements)
            {
                await Given.InForce("5305", Tests.Given.Agreement(unit) with
                {
                    Budgets = [.. budgets.Select(budget => new AgreementBudget(budget.Code, $"Kegiatan {budget.Code}", budget.Pagu))],
                });
            }

            var first = Agreements[..4].SelectMany(agreement => agreement.Budgets).GroupBy(budget => budget.Code).Select(kegiatan =>
                new BudgetLine($"076.01.{(kegiatan.Key.StartsWith('3') ? "WA" : "CQ")}.{kegiatan.Key}", kegiatan.Sum(budget => budget.Pagu)));
            await Take(2024, 0, new DateOnly(2023, 11, 24), [.. first]);
            await Take(2024, 16, new DateOnly(2024, 12, 31), [.. Final.Select(line => Line(line.Code, line.Pagu))]);
            await Spend(2024, 99.55m, [.. Final.Where(line => line.Realization > 0).Select(line => Entry(line.Code, line.Realization))]);
            foreach (var (year, pagu, realization, published) in new[]
            {
                (2020, 2_789_132_000L, 2_563_727_690L, 91.92m), (2021, 2_647_819_000, 2_514_190_236, 95.04m),
                (2022, 4_599_617_000, 4_120_403_002, 89.58m), (2023, 30_739_764_000, 30_293_217_471, 98.55m),
            })
            {
                await Take(year, 0, new DateOnly(year, 12, 31), [new BudgetLine("076.01", pagu)]);
                await Spend(year, published, [new SpendingEntry("076.01", realization)]);
            }

            async Task Take(int year, int number, DateOnly date, BudgetLine[] lines) => (await keeper.Post(
                $"/v1/satker/5305/budgets/{year}/revisions", Money.TakenOver(Money.State(number, lines), "5305.operator") with
                {
                    Year = year,
                    Date = date,
                    Document = $"SP DIPA-076.01.2.658312/{year}",
                })).Is(201);

            async Task Spend(int year, decimal published, SpendingEntry[] entries) => (await keeper.Post(
                $"/v1/satker/5305/budgets/{year}/realizations", new Spending(
                    year, $"{year}", entries, TakenOver: new TakenOver("LKj 2024", new DateOnly(2025, 3, 12), "5305.operator"),
                    PublishedPercent: published))).Is(201);
        }

        private static BudgetLine Line(string code, long pagu) => new(code, pagu, Source: SourceOf(code));

        private static SpendingEntry Entry(string code, long amount) => new(code, amount, Source: SourceOf(code));

        private static FundSource? SourceOf(string code) =>
            code.EndsWith("6639", StringComparison.Ordinal) ? new FundSource(FundSourceKind.Hibah, Nphd) : null;
    }

    [Fact]
    public async Task The_year_began_and_ended_with_the_published_totals_and_the_states_between_are_not_held()
    {
        Assert.Equal(28_518_161_000, (long)(await Get("2024?asOf=2024-01-29"))["sum"]!);
        var dipa = await Get("2024");
        Assert.Equal((16, 44_980_284_000L), ((int)dipa["number"]!, (long)dipa["sum"]!));
        Assert.Equal(Enumerable.Range(1, 15), dipa["notHeld"]!.AsArray().Select(number => (int)number!));
        Assert.Equal(16_462_123_000, (long)(await Get("2024/compare?from=0&to=16"))["difference"]!);
        Assert.Equal("not-alone", (string)(await Get("2024/compare?from=0&to=16"))["kpa"]!["answer"]!);
    }

    [Fact]
    public async Task Each_kegiatan_has_the_published_percent_and_the_whole_remainder()
    {
        var spending = await Get("2024/realizations");

        Assert.Equal(
            Final.Select(line => (line.Code, line.Percent, line.Pagu - line.Realization)), spending["lines"]!.AsArray().Select(line => (
                (string)line!["code"]!, (decimal)line["figure"]!["percent"]!, (long)line["figure"]!["remaining"]!)));
        Assert.Equal(
            """{"pagu":44980284000,"realization":44776265455,"remaining":204018545,"percent":99.55}""", spending["whole"]!.ToJsonString());
        Assert.Empty(spending["findings"]!.AsArray());
    }

    [Fact]
    public async Task Five_years_stand_side_by_side_and_a_published_percent_that_differs_is_marked()
    {
        var years = await Get("?from=2019&to=2024");

        Assert.Equal(
            [91.92m, 94.95m, 89.58m, 98.55m, 99.55m], years["years"]!.AsArray().Select(year => (decimal)year!["figure"]!["percent"]!));
        Assert.Equal(
            [(2021, 95.04m)], years["years"]!.AsArray().Where(year => year!["marks"]!.AsArray().Count > 0)
                .Select(year => ((int)year!["year"]!, (decimal)year["publishedPercent"]!)));
        Assert.Equal([2019], years["notHeld"]!.AsArray().Select(year => (int)year!));
        Assert.Equal(
            $$"""[{"nphd":"{{Nphd}}","amount":27000000000,"used":19571037620,"remaining":7428962380,"years":[{"year":2024,"used":19571037620}]}]""",
            years["grants"]!.ToJsonString());
    }

    [Fact]
    public async Task The_four_agreements_below_add_up_to_the_rupiah_and_the_revision_makes_them_need_an_amendment()
    {
        var rows = (await Get("2024/cascade"))["agreements"]!.AsArray().ToDictionary(row => (string)row!["unit"]!, row => row!);

        Assert.Equal(
            """[{"program":null,"above":28518161000,"below":28518161000,"difference":0},{"program":"076.01.CQ","above":26024344000,"below":26024344000,"difference":0},{"program":"076.01.WA","above":2493817000,"below":2493817000,"difference":0}]""",
            rows["sekretaris"]["sums"]!.ToJsonString());
        Assert.True((bool)rows["sekretaris"]["addsUp"]!);
        Assert.All(rows.Values, row => Assert.True((bool)row["needsAmendment"]!));
        Assert.Equal(
            """[{"code":"6709","from":1255169000,"to":1371281000,"moved":116112000}]""", rows["rendatin"]["money"]!.ToJsonString());
    }

    [Fact]
    public async Task The_money_rolls_up_with_coverage_and_the_missing_by_name()
    {
        var province = (await alor.As("53.verifikator").Get("/v1/satker/53/budgets/2024/rollup?by=child")).Is(200).Json;
        var nation = (await alor.As("00.verifikator").Get("/v1/satker/00/budgets/2024/rollup?self=yes")).Is(200).Json;

        foreach (var rollup in new[] { province, nation })
        {
            Assert.Equal(
                """{"pagu":44980284000,"realization":44776265455,"remaining":204018545,"percent":99.55}""", rollup["whole"]!.ToJsonString());
            Assert.Equal(
                [("076.01.CQ", 42_394_032_000L), ("076.01.WA", 2_586_252_000L)],
                rollup["programs"]!.AsArray().Select(program => ((string)program!["program"]!, (long)program["figure"]!["pagu"]!)));
            Assert.Equal([null, $"hibah {Nphd}"], rollup["sources"]!.AsArray().Select(source => (string?)source!["source"]));
        }

        Assert.Equal((22, 1, 21), ((int)province["budgets"]!["expected"]!, (int)province["budgets"]!["reported"]!, province["budgets"]!["missing"]!.AsArray().Count));
        Assert.Equal((553, 1), ((int)nation["budgets"]!["expected"]!, (int)nation["realizations"]!["reported"]!));
        Assert.Equal(22, province["children"]!.AsArray().Count);
        Assert.Single(province["children"]!.AsArray(), child => child!["figure"] is not null);
    }

    [Fact]
    public async Task Absorption_stands_beside_the_capaian_of_the_agreements_that_name_the_program()
    {
        var absorption = await Get("2024/absorption?level=subbagian");
        var programs = absorption["programs"]!.AsArray();
        Assert.Equal(["agreement", "budget-revision", "spending"],
            absorption["documents"]!.AsArray().Select(document => (string)document!["kind"]!).Distinct().Order(StringComparer.Ordinal));
        foreach (var document in absorption["documents"]!.AsArray())
        {
            var source = (await alor.As("5305.ketua").Get((string)document!["href"]!)).Is(200).Json;
            Assert.Equal(((int)source["version"]!, (string)source["contentHash"]!), ((int)document["version"]!, (string)document["contentHash"]!));
        }

        (await alor.As("5305.ketua").Get((string)absorption["explain"]!)).Is(200);

        Assert.Equal(["076.01.CQ", "076.01.WA"], programs.Select(program => (string)program!["program"]!));
        Assert.Equal(
            [["hsdm", "kul", "rendatin", "tpph"], ["kul"]],
            programs.Select(program => program!["agreements"]!.AsArray().Select(agreement => (string)agreement!["unit"]!).ToArray()));
        Assert.All(programs, program => Assert.Null(program!["capaian"]));
    }

    [Fact]
    public async Task Money_is_seen_from_above_and_by_nobody_beside()
    {
        foreach (var path in new[] { "2024", "2024/realizations", "2024/cascade", "2024/rollup", "2024/absorption", "2024/absorption/rollup?self=yes", "?from=2020&to=2024" })
        {
            (await alor.As("53.sekretaris").Get(At(path))).Is(200);
            (await alor.As("5371.ketua").Get(At(path))).Refuses(404, "not-found");
        }
    }

    private static string At(string path) => $"/v1/satker/5305/budgets{(path[0] == '?' ? "" : "/")}{path}";

    private async Task<JsonNode> Get(string path) => (await alor.As("5305.kul").Get(At(path))).Is(200).Json;
}
