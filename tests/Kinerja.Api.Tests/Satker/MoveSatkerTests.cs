using System.Text.Json.Nodes;

namespace Kinerja.Api.Tests;

public sealed class MoveSatkerTests(Api api) : IClassFixture<Api>
{
    private Given Given => api.Given;

    [Fact]
    public async Task An_office_stands_under_its_new_parent_from_the_day_of_the_move_on()
    {
        await Moved("5321", "52", "2024-07-01");

        Assert.Equal(("53", "52"), (await ParentOn("5321", "2024-06-30"), await ParentOn("5321", "2024-07-01")));
        Assert.Contains("5321", await ChildrenOf("53", "2024-06-30"));
        Assert.DoesNotContain("5321", await ChildrenOf("53", "2024-07-01"));
        Assert.Contains("5321", await ChildrenOf("52", "2024-07-01"));
        Assert.DoesNotContain("5321", await ChildrenOf("52", "2024-06-30"));
    }

    [Fact]
    public async Task The_new_parent_reads_all_years_and_acts_and_the_former_reads_its_own_years_and_acts_no_more()
    {
        const string satker = "5320";
        var reports = new Dictionary<int, Doc>();
        foreach (var year in World.Years)
        {
            await Given.InForce(satker, Given.Agreement("rendatin", year));
            reports[year] = await Given.Through(
                await Given.Drafted(satker, Given.Report("rendatin", $"{year}")), Given.WayOfReport(satker, "rendatin")[..3]);
        }

        await Moved(satker, "52", "2024-03-01");

        foreach (var year in World.Years)
        {
            (await api.As("52.sekretaris").Get(reports[year].Path)).Is(200);
            (await api.As("52.sekretaris").Get($"/v1/satker/{satker}/capaian?year={year}")).Is(200);
            (await api.As("00.inspektur").Get(reports[year].Path)).Is(200);
            var former = await api.As("53.sekretaris").Get(reports[year].Path);
            var formerFigures = await api.As("53.sekretaris").Get($"/v1/satker/{satker}/capaian?year={year}");
            _ = year <= 2024 ? former.Is(200) : former.Refuses(404, "not-found");
            _ = year <= 2024 ? formerFigures.Is(200) : formerFigures.Refuses(404, "not-found");
        }

        (await Given.Act(reports[2024], new Hand("accept", "53.verifikator"))).Refuses(403, "wrong-post");
        (await Given.Act(reports[2024], new Hand("accept", "52.verifikator"), "53.verifikator")).Refuses(403, "post-not-held");
        (await Given.Act(reports[2025], new Hand("accept", "53.verifikator"))).Refuses(404, "not-found");
        Assert.Equal("accepted", (await Given.Through(reports[2024], new Hand("accept", "52.verifikator"))).State);
    }

    [Fact]
    public async Task What_the_sign_offs_tell_a_former_parent_is_true()
    {
        const string satker = "5319";
        await Given.InForce(satker, Given.Agreement("rendatin"));
        var report = await Given.Through(
            await Given.Drafted(satker, Given.Report("rendatin")), Given.WayOfReport(satker, "rendatin")[..3]);
        await Moved(satker, "52", "2025-01-01");

        var options = (await api.As("53.verifikator").Get(report.SignOffs)).Is(200).Json["now"]!.AsArray();

        Assert.NotEmpty(options);
        foreach (var option in options)
        {
            Assert.False((bool)option!["allowed"]!);
            (await Given.Act(report, new Hand((string)option["act"]!, (string)option["post"]!), "53.verifikator"))
                .Refuses(403, (string)option["code"]!);
        }
    }

    [Fact]
    public async Task The_former_parents_roll_up_keeps_the_office_for_the_periods_in_which_it_was_its_child()
    {
        await Moved("5318", "52", "2024-07-01");

        Assert.Contains("5318", await Expected("53", "2024-S1"));
        Assert.DoesNotContain("5318", await Expected("53", "2024"));
        Assert.Contains("5318", await Expected("52", "2024"));
        Assert.DoesNotContain("5318", await Expected("52", "2024-S1"));
    }

    [Theory]
    [InlineData("53.sekretaris")]
    [InlineData("52.sekretaris")]
    [InlineData("5317.sekretaris")]
    [InlineData("00.admin-katalog")]
    [InlineData("00.ketua")]
    public async Task Only_RIs_period_administrator_moves_an_office(string other) =>
        (await Move(other, "5317", "52", "2024-07-01")).Refuses(403, "post-not-held");

    [Theory]
    [InlineData("5316", "5316", "move-makes-circle")]
    [InlineData("5316", "5315", "level-does-not-fit")]
    [InlineData("5316", "00", "level-does-not-fit")]
    [InlineData("53", "52", "level-does-not-fit")]
    [InlineData("53", "5316", "move-makes-circle")]
    [InlineData("00", "53", "root-cannot-move")]
    [InlineData("5316", "99", "unknown-satker")]
    [InlineData("5316", "53", "already-child-of")]
    public async Task A_move_that_breaks_the_tree_is_refused(string satker, string parent, string code) =>
        (await Move("00.admin-periode", satker, parent, "2024-07-01")).Refuses(422, code);

    [Fact]
    public async Task A_move_comes_after_the_present_parent_began()
    {
        (await Move("00.admin-periode", "5315", "52", "2000-01-01")).Refuses(422, "move-before-current-parent");
        (await Move("00.admin-periode", "5315", "52", "2000-01-02")).Is(200);
    }

    [Fact]
    public async Task A_move_needs_the_version_that_was_seen_and_keeps_the_earlier_one()
    {
        var before = (await api.Nobody().Get("/v1/satker/5314")).Is(200);
        (await Move("00.admin-periode", "5314", "52", "2024-07-01", version: 7)).Refuses(412, "stale");
        var moved = (await Move("00.admin-periode", "5314", "52", "2024-07-01")).Is(200);
        (await Move("00.admin-periode", "5314", "51", "2024-08-01")).Refuses(412, "stale");

        var held = (await api.Nobody().Get($"/v1/satker/5314?recordedAt={(string)before.Json["recordedAt"]!}")).Is(200);
        Assert.Equal(before.Body, held.Body);
        Assert.Equal(2, (int)moved.Json["version"]!);
        (await api.As("00.admin-periode").Post("/v1/satker/9999/moves", Body("52", "2024-07-01"), Requests.IfMatch(1)))
            .Refuses(404, "not-found");
    }

    [Fact]
    public async Task The_decree_of_each_move_is_kept_and_an_office_that_never_moved_names_none()
    {
        const string satker = "5310";
        string[] Decrees(Answer answer) =>
            [.. answer.Is(200).Json["content"]!["parents"]!.AsArray().Select(parent => (string?)parent!["decree"] ?? "–")];
        Assert.Equal(["–"], Decrees(await api.Nobody().Get($"/v1/satker/{satker}")));

        await Moved(satker, "52", "2024-07-01");
        var again = new JsonObject { ["parent"] = "53", ["from"] = "2024-09-01", ["decree"] = "UU kedua" };
        (await api.As("00.admin-periode").Post($"/v1/satker/{satker}/moves", again, Requests.IfMatch(2))).Is(200);

        Assert.Equal(["–", "UU uji", "UU kedua"], Decrees(await api.Nobody().Get($"/v1/satker/{satker}")));
        await api.Seal();
        var entry = (await api.As("00.inspektur").Get($"/v1/audit?satker={satker}&kind=satker&pageSize=1")).Is(200).Json["items"]![0]!;
        var changes = (await api.As("00.inspektur").Get($"/v1/audit/{entry["position"]}")).Is(200).Json["changes"]!.ToJsonString();
        Assert.Contains("UU kedua", changes, StringComparison.Ordinal);
    }

    private static JsonObject Body(string parent, string from) => new() { ["parent"] = parent, ["from"] = from, ["decree"] = "UU uji" };

    private async Task Moved(string satker, string parent, string from) =>
        (await Move("00.admin-periode", satker, parent, from)).Is(200);

    private Task<Answer> Move(string by, string satker, string parent, string from, int version = 1) =>
        api.As(by).Post($"/v1/satker/{satker}/moves", Body(parent, from), Requests.IfMatch(version));

    private async Task<string?> ParentOn(string satker, string day) => (await api.Nobody().Get($"/v1/satker?asOf={day}&pageSize=500&level=kabupaten-kota&parent=53"))
        .Is(200).Json["items"]!.AsArray().Concat((await api.Nobody().Get($"/v1/satker?asOf={day}&parent=52")).Is(200).Json["items"]!.AsArray())
        .Where(row => (string)row!["satker"]! == satker).Select(row => (string?)row!["parent"]).Single();

    private async Task<List<string>> ChildrenOf(string satker, string day) =>
        [.. (await api.Nobody().Get($"/v1/satker/{satker}/children?asOf={day}")).Is(200).Json["items"]!.AsArray()
            .Select(row => (string)row!["satker"]!)];

    private async Task<List<string>> Expected(string satker, string period) =>
        [.. (await api.As($"{satker}.sekretaris").Get($"/v1/satker/{satker}/rollup?year=2024&period={period}")).Is(200)
            .Json["items"]![0]!["coverage"]!["missing"]!.AsArray().Select(row => (string)row!["satker"]!)];

    [Fact]
    public async Task Offices_that_move_at_the_same_instant_all_arrive()
    {
        string[] offices = ["5301", "5302", "5303", "5304", "5306", "5307"];

        var answers = await Task.WhenAll(offices.Select(office => api.As("00.admin-periode").Post(
            $"/v1/satker/{office}/moves", """{"parent":"51","from":"2030-01-01","decree":"UU"}""", Requests.IfMatch(1))));

        Assert.All(answers, answer => answer.Is(200));
        Assert.Empty((await ChildrenOf("53", "2030-01-01")).Intersect(offices));
        Assert.Equal(offices, (await ChildrenOf("51", "2030-01-01")).Intersect(offices));
    }

    [Theory]
    [InlineData("9999-12-31")]
    [InlineData("0001-01-01")]
    [InlineData("2024-02-30")]
    public async Task A_day_that_the_service_does_not_know_is_refused(string day) =>
        (await api.As("00.admin-periode").Post("/v1/satker/5308/moves", $$"""{"parent":"51","from":"{{day}}","decree":"UU"}""",
            Requests.IfMatch(1))).Refuses(400, "malformed-request", ("/from", "wrong-type"));
}
