using System.Text.Json.Nodes;

namespace Kinerja.Api.Tests;

/// <summary>The money of everything below an office: what counts, of which tree, and who is named as missing.</summary>
public sealed class MoneyRollupTests(Api api) : IClassFixture<Api>
{
    [Fact]
    public async Task What_an_office_spent_without_a_DIPA_counts_and_is_marked()
    {
        await api.Held("5301", Money.State(0, Money.Line()));
        (await api.Spends("5301", Money.Spent("2024-B01", (Money.Line(), 300)))).Is(201);
        var before = (await api.As("53.verifikator").Get($"{Money.Path("53")}/rollup")).Is(200).Json;
        Assert.Empty(before["marks"]!.AsArray());

        (await api.Spends("5302", Money.Spent("2024-B01", (Money.Line(), 777)))).Is(201);

        var rollup = (await api.As("53.verifikator").Get($"{Money.Path("53")}/rollup?by=child")).Is(200).Json;
        Assert.Equal("""{"pagu":1000,"realization":1077,"remaining":-77,"percent":107.7}""", rollup["whole"]!.ToJsonString());
        Assert.Equal(["spent-without-line"], rollup["marks"]!.AsArray().Select(mark => (string)mark!));
        Assert.Equal((1, 2), ((int)rollup["budgets"]!["reported"]!, (int)rollup["realizations"]!["reported"]!));
        Assert.DoesNotContain("5302", Names(rollup["realizations"]!));
        Assert.Contains("5302", Names(rollup["budgets"]!));
        var children = rollup["children"]!.AsArray().ToDictionary(child => (string)child!["satker"]!, child => child!);
        Assert.Equal(
            (777L, "spent-without-line", true),
            ((long)children["5302"]["figure"]!["realization"]!, (string)children["5302"]["mark"]!, (bool)children["5302"]["spent"]!));
        Assert.Null(children["5301"]["mark"]);
        Assert.Null(children["5303"]["figure"]);
        var own = (await api.As("5302.ketua").Get($"{Money.Path("5302")}/realizations")).Is(200).Json;
        Assert.Equal(777, (long)own["whole"]!["realization"]!);
        var programs = (await api.As("53.verifikator").Get($"{Money.Path("53")}/absorption/rollup?level=sekretaris")).Is(200).Json["programs"]!;
        Assert.Equal(1_077, (long)programs[0]!["figure"]!["realization"]!);
    }

    [Fact]
    public async Task The_tree_of_an_instant_is_the_one_that_was_known_then()
    {
        var held = await api.Held("5321", Money.State(0, Money.Line()));
        var then = $"recordedAt={Uri.EscapeDataString((string)held.Json["recordedAt"]!)}";
        (await api.As("00.admin-periode").Post("/v1/satker/5321/moves",
            new JsonObject { ["parent"] = "52", ["from"] = "2024-07-01", ["decree"] = "UU uji" }, Requests.IfMatch(1))).Is(200);

        Assert.DoesNotContain("5321", await Children("53", ""));
        Assert.Contains("5321", await Children("52", ""));
        Assert.Contains("5321", await Children("53", then));
        Assert.DoesNotContain("5321", await Children("52", then));

        // In 2025 the office is no longer NTT's to read: never a smaller figure.
        (await api.As("53.sekretaris").Get($"{Money.Path("53", 2025)}/rollup?{then}")).Refuses(403, "tree-beyond-reach");
        (await api.As("00.inspektur").Get($"{Money.Path("53", 2025)}/rollup?{then}")).Is(200);
        (await api.As("53.sekretaris").Get($"{Money.Path("53", 2025)}/rollup")).Is(200);
    }

    [Fact]
    public async Task Years_stand_side_by_side_in_their_order_for_whoever_reads_one_of_them()
    {
        (await api.As("53.sekretaris").Get("/v1/satker/53/budgets?from=2024&to=2020")).Refuses(400, "malformed-request", [("", "bad-years")]);
        (await api.As("00.admin-periode").Post("/v1/satker/5320/moves",
            new JsonObject { ["parent"] = "52", ["from"] = "2022-07-01", ["decree"] = "UU uji" }, Requests.IfMatch(1))).Is(200);

        var years = (await api.As("53.sekretaris").Get("/v1/satker/5320/budgets?from=2020&to=2024")).Is(200).Json;
        Assert.Equal([2020, 2021, 2022], years["notHeld"]!.AsArray().Select(year => (int)year!));
        (await api.As("53.sekretaris").Get("/v1/satker/5320/budgets?from=2023&to=2024")).Refuses(404, "not-found");
        Assert.Equal(5, (await api.As("52.sekretaris").Get("/v1/satker/5320/budgets?from=2020&to=2024")).Is(200).Json["notHeld"]!.AsArray().Count);
    }

    [Theory]
    [InlineData(KeptRollups.MostNamed, false, true)]
    [InlineData(KeptRollups.MostNamed + 1, false, false)]
    [InlineData(KeptRollups.MostNamed + 1, true, true)]
    public void Too_many_who_are_missing_are_counted_and_named_office_by_office(int offices, bool byChild, bool named)
    {
        var rows = Enumerable.Range(0, offices)
            .Select(office => new MoneyRow($"{office}", "Satker", null, false, new BudgetPart(BudgetCode.Of(null, null), 0), null, new Absorption(0, 0))).ToList();

        var deadlines = new Deadlines(new Dictionary<string, PeriodWindow>(), new DateOnly(2025, 1, 1), new Dictionary<string, DateOnly>());

        var rollup = GetBudgetRollup.Answer(
            "00", Period.Parse("2024-T1")!, withSelf: true, deadlines, rows, byChild, new Links("/api"));

        Assert.Equal((offices, 0, named ? offices : 0), (rollup.Budgets.Expected, rollup.Budgets.Reported, rollup.Budgets.Missing.Count));
        Assert.Equal(named ? offices : 0, rollup.Realizations.Missing.Count);
        Assert.Equal(named ? null : "/api/v1/satker/00/budgets/2024/rollup?by=child&period=2024-T1&self=yes", rollup.MissingAt);
    }

    private static IEnumerable<string> Names(JsonNode coverage) => coverage["missing"]!.AsArray().Select(office => (string)office!["satker"]!);

    private async Task<List<string>> Children(string satker, string more) =>
        [.. (await api.As("00.inspektur").Get($"{Money.Path(satker)}/rollup?by=child&{more}")).Is(200).Json["children"]!.AsArray()
            .Select(child => (string)child!["satker"]!)];
}
