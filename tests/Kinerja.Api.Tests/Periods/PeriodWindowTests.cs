using System.Text.Json.Nodes;

namespace Kinerja.Api.Tests;

/// <summary>Windows are RI's and hold for the whole country, so each test has a period of its own.</summary>
public sealed class PeriodWindowTests(Api api) : IClassFixture<Api>
{
    private Given Given => api.Given;

    [Fact]
    public async Task A_report_of_a_period_that_is_not_open_is_refused()
    {
        var (satker, unit) = await Promised();
        var window = await Defined("2024-B02", opens: "2190-01-01", due: "2190-01-31");
        var author = api.As($"{satker}.{unit}");

        var early = (await author.Post($"/v1/satker/{satker}/realizations", Given.Report(unit, "2024-B02"))).Refuses(409, "period-not-open");
        Assert.Contains("2190-01-01", early.Detail, StringComparison.Ordinal);
        (await Changed(window, opens: "2020-01-01", due: "2190-01-31")).Is(200);
        var report = await Given.Drafted(satker, Given.Report(unit, "2024-B02"));
        var submitted = await Given.Through(report, Given.WayOfReport(satker, unit)[0]);

        Assert.False((bool)(await SignOffs(submitted))["late"]!);
    }

    [Fact]
    public async Task A_draft_from_before_is_neither_edited_nor_submitted_until_its_period_opens()
    {
        var (satker, unit) = await Promised();
        var draft = await Given.Drafted(satker, Given.Report(unit, "2024-B03"));
        var window = await Defined("2024-B03", opens: "2190-01-01", due: "2190-01-31");
        var submit = Given.WayOfReport(satker, unit)[0];

        (await Given.Act(draft, submit)).Refuses(409, "period-not-open");
        (await api.As($"{satker}.{unit}").Put(draft.Path, Given.Report(unit, "2024-B03"), Requests.IfMatch(1))).Refuses(409, "period-not-open");
        (await Changed(window, opens: "2020-01-01", due: "2190-01-31")).Is(200);
        await Given.Through(draft, submit);
    }

    [Fact]
    public async Task A_late_submission_is_marked_and_not_refused()
    {
        var (satker, unit) = await Promised();
        await Defined("2024-B04", opens: "2020-01-01", due: "2020-01-31");
        var report = await Given.Drafted(satker, Given.Report(unit, "2024-B04"));

        var submitted = await Given.Through(report, Given.WayOfReport(satker, unit)[0]);

        var way = await SignOffs(submitted);
        Assert.True((bool)way["late"]! && (bool)way["acts"]![0]!["late"]!);
        var rows = (await api.As($"{satker}.ketua").Get($"/v1/satker/{satker}/realizations?year=2024&period=2024-B04")).Is(200);
        Assert.True((bool)rows.Json["items"]![0]!["late"]!);
        var returned = await Given.Through(submitted, new Hand("return", $"{satker}.sekretaris"));
        Assert.False((bool)(await SignOffs(returned))["late"]!);
        var count = (await api.As("53.verifikator").Get($"/v1/satker/{satker}/realizations/returns?year=2024")).Is(200).Json;
        Assert.Equal((1, 1, 0), ((int)count["returned"]!, (int)count["returns"]!, (int)count["late"]!));
    }

    [Fact]
    public async Task Closing_locks_every_report_as_it_stands_and_reopening_restores_those_of_the_named_offices()
    {
        var (satker, unit) = await Promised();
        var (other, otherUnit) = await Promised();
        var report = await Given.Through(await Given.Drafted(satker, Given.Report(unit, "2024-B05")), Given.WayOfReport(satker, unit)[..2]);
        var draft = await Given.Drafted(other, Given.Report(otherUnit, "2024-B05"));
        var window = await Defined("2024-B05", opens: "2020-01-01", due: "2190-01-31");

        window = Doc.Of((await Post(window, "closings")).Is(200));

        var approve = new Hand("approve", $"{satker}.ketua");
        (await Given.Act(report, approve)).Refuses(409, "period-locked");
        (await Given.Act(report, new Hand("return", $"{satker}.ketua"))).Refuses(409, "period-locked");
        (await Given.Act(draft, Given.WayOfReport(other, otherUnit)[0])).Refuses(409, "period-locked");
        (await api.As($"{other}.{otherUnit}").Put(draft.Path, Given.Report(otherUnit, "2024-B05"), Requests.IfMatch(1))).Refuses(409, "period-locked");
        var way = await SignOffs(report);
        Assert.True((bool)way["locked"]!);
        Assert.Equal("verified", (string)way["state"]!);
        Assert.All(way["now"]!.AsArray(), option => Assert.Equal("period-locked", (string)option!["code"]!));
        Assert.DoesNotContain(report.Id, await Given.Awaiting(approve.Post));

        window = Doc.Of((await Post(window, "reopenings", Reopening(satker, "2190-12-31"))).Is(200));

        Assert.Equal(report.ContentHash, (await Given.Now(report, $"{satker}.ketua")).ContentHash);
        Assert.Contains(report.Id, await Given.Awaiting(approve.Post));
        var approved = await Given.Through(report, approve);
        (await Given.Act(draft, Given.WayOfReport(other, otherUnit)[0])).Refuses(409, "period-locked");
        Assert.False((bool)(await SignOffs(approved))["locked"]!);

        (await Post(window, "closings")).Is(200);
        (await Given.Act(approved, new Hand("accept", "53.verifikator"))).Refuses(409, "period-locked");
    }

    [Fact]
    public async Task A_reopening_whose_deadline_is_past_is_refused()
    {
        var (satker, unit) = await Promised();
        var draft = await Given.Drafted(satker, Given.Report(unit, "2024-B06"));
        var window = Doc.Of((await Post(await Defined("2024-B06"), "closings")).Is(200));

        (await Post(window, "reopenings", Reopening(satker, "2020-06-30"))).Refuses(422, "rules-broken", [("/deadline", "deadline-past")]);
        (await Given.Act(draft, Given.WayOfReport(satker, unit)[0])).Refuses(409, "period-locked");
        (await Post(window, "reopenings", Reopening(satker, "2190-06-30"))).Is(200);
        await Given.Through(draft, Given.WayOfReport(satker, unit)[0]);
    }

    [Fact]
    public async Task Windows_are_read_by_all_and_changed_upon_the_version_that_was_seen()
    {
        var window = await Defined("2024-B07");
        var path = Path("2024-B07");

        (await api.As("5201.ketua").Get(path)).Is(200);
        Assert.Contains("2024-B07", (await api.As("nobody").Get("/v1/years/2024/periods")).Is(200).Json["items"]!.AsArray()
            .Select(item => (string)item!["period"]!));
        (await api.As("5201.ketua").Get("/v1/years/2023/periods/2024-B07")).Refuses(404, "not-found");
        (await Post(window with { Version = 7 }, "closings")).Refuses(412, "stale");
        (await Post(window, "reopenings", Reopening("5305", "2190-01-01"))).Refuses(409, "period-not-closed");
        var closed = Doc.Of((await Post(window, "closings")).Is(200));
        (await Post(closed, "closings")).Refuses(409, "period-closed-already");
        (await Post(closed, "reopenings", Reopening("9999", "2190-01-01"))).Refuses(422, "rules-broken", [("/offices", "unknown-satker")]);
        (await api.As("00.admin-periode").Post("/v1/years/2024/periods", Window("2024-B07", "2020-01-01", "2020-01-31")))
            .Refuses(409, "already-exists");
    }

    [Theory]
    [InlineData("2024-B08", "2020-02-01", "2020-01-31", "/due", "due-before-opening")]
    [InlineData("2024-B13", "2020-01-01", "2020-01-31", "/period", "bad-period")]
    [InlineData("2023-B08", "2020-01-01", "2020-01-31", "/period", "period-outside-year")]
    public async Task An_impossible_window_is_refused(string period, string opens, string due, string pointer, string code) =>
        (await api.As("00.admin-periode").Post("/v1/years/2024/periods", Window(period, opens, due)))
            .Refuses(422, "rules-broken", [(pointer, code)]);

    [Fact]
    public async Task RIs_own_report_is_not_approved_and_locked_by_one_person()
    {
        await Given.Through(await Given.Drafted("00", Given.Agreement("biro-ren")),
            new Hand("sign", "00.biro-ren"), new Hand("countersign", "00.deputi-adm"));
        await Given.Appointed("00.admin-periode", "00.ketua");
        Hand[] way = [new("submit", "00.biro-ren"), new("verify", "00.deputi-adm"), new("verify", "00.sekjen")];
        var first = await Given.Through(await Given.Drafted("00", Given.Report("biro-ren", "2024-B09")), way);
        var second = await Given.Through(await Given.Drafted("00", Given.Report("biro-ren", "2024-B10")), way);

        // Who approved does not lock.
        var approve = new Hand("approve", "00.ketua");
        await Given.Through(first, approve);
        var window = await Defined("2024-B09");
        (await Post(window, "closings", account: "00.ketua")).Refuses(403, "lock-and-approve");
        (await Post(window, "closings")).Is(200);

        // Who locked does not approve.
        var other = Doc.Of((await Post(await Defined("2024-B10"), "closings", account: "00.ketua")).Is(200));
        (await Post(other, "reopenings", Reopening("00", "2190-01-01"))).Is(200);
        Assert.Contains("lock-and-approve", (await api.As("00.ketua").Get(second.SignOffs)).Is(200).Json["now"]!.AsArray()
            .Select(option => (string?)option!["code"]));
        (await Given.Act(second, approve)).Refuses(403, "lock-and-approve");
        await Given.Appointed("00.ketua", "00.verifikator");
        Assert.Equal("approved", Doc.Of((await Given.Act(second, approve, "00.verifikator")).Is(200)).State);
    }

    private async Task<(string Satker, string Unit)> Promised()
    {
        var (satker, unit) = Given.FreshUnit();
        await Given.InForce(satker, Given.Agreement(unit));
        return (satker, unit);
    }

    private async Task<JsonNode> SignOffs(Doc report) => (await api.As("53.verifikator").Get(report.SignOffs)).Is(200).Json;

    private static string Path(string period) => $"/v1/years/2024/periods/{period}";

    private static JsonObject Window(string period, string opens, string due) => new() { ["period"] = period, ["opens"] = opens, ["due"] = due };

    private static JsonObject Reopening(string satker, string deadline) =>
        new() { ["offices"] = new JsonArray(satker), ["reason"] = "Bukti menyusul.", ["deadline"] = deadline };

    private async Task<Doc> Defined(string period, string opens = "2020-01-01", string due = "2190-12-31") =>
        Doc.Of((await api.As("00.admin-periode").Post("/v1/years/2024/periods", Window(period, opens, due))).Is(201));

    private Task<Answer> Changed(Doc window, string opens, string due) =>
        api.As("00.admin-periode").Put(Path(window.Id), Window(window.Id, opens, due), Requests.IfMatch(window.Version));

    private Task<Answer> Post(Doc window, string what, JsonObject? body = null, string account = "00.admin-periode") =>
        api.As(account).Post($"{Path(window.Id)}/{what}", body ?? [], Requests.IfMatch(window.Version));
}
