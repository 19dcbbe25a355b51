using System.Text.Json.Nodes;

namespace Kinerja.Api.Tests;

/// <summary>Agreements of every unit, and how the indicators of a superior's are carried below.</summary>
public sealed class CascadeTests(Api api) : IClassFixture<Api>
{
    private Given Given => api.Given;

    [Theory]
    [InlineData("5305")]
    [InlineData("53")]
    [InlineData("00")]
    public async Task The_head_of_every_unit_makes_an_agreement_with_the_head_above(string satker)
    {
        var units = (await api.Nobody().Get($"/v1/satker/{satker}/units")).Is(200).Json["items"]!.AsArray();
        foreach (var unit in units.Select(unit => ((string)unit!["code"]!, (string?)unit["parent"])))
        {
            var agreement = await Given.Drafted(satker, Given.Agreement(unit.Item1, 2025));
            var steps = agreement.Json["signOff"]!["steps"]!.AsArray()
                .Select(step => new Hand((string)step!["act"]!, $"{satker}.{step["post"]}")).ToList();

            Assert.Equal(unit.Item2 is null ? [$"{satker}.ketua"] : [$"{satker}.{unit.Item1}", $"{satker}.{unit.Item2}"], steps.Select(step => step.Post));
            Assert.Equal("in-force", (await Given.Through(agreement, steps)).State);
        }
    }

    [Fact]
    public async Task A_line_is_carried_by_the_units_it_names_and_what_is_not_carried_is_a_warning()
    {
        await Given.InForce("5301", Given.Agreement("sekretaris", 2024,
            Given.Line("1", "SP.01") with { Executors = [new Executor("kul"), new Executor("rendatin")] },
            Given.Line("2", "SP.02") with { Executors = [new Executor(Division: "Divisi Hukum dan Pengawasan")] }));
        await Given.InForce("5301", Given.Agreement("rendatin", 2024,
            Given.Line("7", "SP.01", new Value.Percent(90)), Given.Line("8", "SP.02")));

        var cascade = (await api.As("5301.ketua").Get("/v1/satker/5301/agreements/cascade?year=2024", Requests.English)).Is(200).Json;

        Assert.Equal(
            ["sekretaris 1 kul not-carried []", "sekretaris 1 rendatin carried [7]", "sekretaris 2  beside-the-tree []"],
            from line in cascade["items"]!.AsArray()
            from executor in line!["executors"]!.AsArray()
            select $"{line["unit"]} {line["line"]} {executor!["unit"]} {executor["state"]} "
                + $"[{string.Join(',', executor["lines"]!.AsArray().Select(below => (string)below!["line"]!))}]");
        Assert.Equal(4, cascade["items"]!.AsArray().Count);
        Assert.Equal(("line-not-carried", "kul"), Assert.Single(
            cascade["warnings"]!.AsArray().Select(warning => ((string)warning!["code"]!, (string)warning["unit"]!))));
        Assert.Equal(
            "Divisi Hukum dan Pengawasan",
            (string)cascade["items"]!.AsArray().Single(line => (string)line!["indicator"]! == "SP.02" && (string)line["line"]! == "2")!["executors"]![0]!["name"]!);
        (await api.As("5302.ketua").Get("/v1/satker/5301/agreements/cascade?year=2024")).Refuses(404, "not-found");
    }

    [Fact]
    public async Task An_executor_is_one_unit_or_one_divisi_of_the_office_and_named_once()
    {
        var answer = await api.As("5302.sekretaris").Post("/v1/satker/5302/agreements", Given.Agreement("sekretaris", 2024,
            Given.Line("1") with { Executors = [new Executor(), new Executor("biro-ren"), new Executor("kul"), new Executor("kul")] }));

        Assert.Equal(
            ["/lines/0/executors/0 executor-unclear", "/lines/0/executors/1/unit unknown-unit", "/lines/0/executors/3 duplicate-executor"],
            Errors(answer.Is(422)));
    }

    [Fact]
    public async Task A_line_carried_by_a_unit_that_is_not_below_is_stored_and_not_signed()
    {
        var draft = await Given.Drafted("5302", Given.Agreement("rendatin", 2024,
            Given.Line("1") with { Executors = [new Executor("kul"), new Executor("sekretaris")] }));

        Assert.Equal(
            ["/content/lines/0/executors/0/unit executor-not-below", "/content/lines/0/executors/1/unit executor-not-below"],
            Errors((await Given.Act(draft, new Hand("sign", "5302.rendatin"))).Is(422)));
    }

    [Fact]
    public async Task A_target_of_a_part_is_of_the_year_of_one_part_and_stated_once()
    {
        var hundred = new Value.Percent(100);
        var answer = await api.As("5303.sekretaris").Post("/v1/satker/5303/agreements", Given.Agreement("sekretaris", 2024, Given.Line("1") with
        {
            PeriodTargets =
            [
                new("2024-T1", hundred), new("2024-T1", hundred), new("2024", hundred), new("2023-S1", hundred), new("2024-X", hundred),
                new("2024-T2", new Value.Percent(null, 3, 2)),
            ],
        }));

        Assert.Equal(
            [
                "/lines/0/periodTargets/1/period duplicate-period", "/lines/0/periodTargets/2/period year-not-a-part",
                "/lines/0/periodTargets/3/period period-outside-year", "/lines/0/periodTargets/4/period bad-period",
                "/lines/0/periodTargets/5/target/numerator numerator-above-denominator",
            ], Errors(answer.Is(422)));
    }

    private static IEnumerable<string> Errors(Answer answer) =>
        answer.Json["errors"]!.AsArray().Select((JsonNode? error) => $"{error!["pointer"]} {error["code"]}");
}
