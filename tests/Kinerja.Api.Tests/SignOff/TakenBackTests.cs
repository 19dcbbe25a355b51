namespace Kinerja.Api.Tests;

/// <summary>A draft that was a mistake is taken back by who prepares it: nothing is deleted, and its place is free again.</summary>
public sealed class TakenBackTests(Api api) : IClassFixture<Api>
{
    private Given Given => api.Given;

    [Fact]
    public async Task A_draft_is_taken_back_by_who_prepares_it_with_reasons_once()
    {
        var (satker, unit) = Given.FreshUnit();
        var draft = await Given.Drafted(satker, Given.Agreement(unit));
        var mine = new Hand("revoke", $"{satker}.{unit}");

        Assert.Equal(["revoke"], await Lawful(draft, mine.Post));
        Assert.DoesNotContain("revoke", await Lawful(draft, $"{satker}.ketua"));
        (await Given.Act(draft, mine with { Post = $"{satker}.ketua" })).Refuses(403, "wrong-post");
        var silent = Given.ActBody(draft, mine);
        silent.Remove("reasons");
        (await api.As(mine.Post).Post(draft.SignOffs, silent, Requests.IfMatch(1))).Refuses(422, "rules-broken", ("/reasons", "reasons-required"));

        await api.Seal();
        var feed = await new Feed(api.As("00.verifikator")).FromNow();
        var key = Requests.Key(Guid.NewGuid().ToString());
        var answer = (await Given.Act(draft, mine, null, key)).Is(200);
        var again = (await Given.Act(draft, mine, null, key)).Is(200);
        Assert.Equal((answer.Text, "true"), (again.Text, again.Header("Idempotency-Replayed")));
        var revoked = Doc.Of(answer);
        Assert.Equal(("revoked", 2, draft.ContentHash), (revoked.State, revoked.Version, revoked.ContentHash));
        await api.Seal();
        var told = Assert.Single(await feed.Rest());
        Assert.Equal(("id.kinerja.agreement.revoke.v1", mine.Post), ((string)told["type"]!, (string)told["data"]!["post"]!));

        Assert.Empty(await Lawful(revoked, mine.Post));
        (await api.As(mine.Post).Put(draft.Path, Given.Agreement(unit), Requests.IfMatch(2))).Refuses(409, "not-a-draft");
        var before = Doc.Of((await api.As(mine.Post).Get($"{draft.Path}?recordedAt={draft.Json["recordedAt"]}")).Is(200));
        Assert.Equal(("draft", 1), (before.State, before.Version));
        Assert.Equal("in-force", (await Given.InForce(satker, Given.Agreement(unit))).State);
    }

    [Fact]
    public async Task An_amendment_may_state_another_ground_and_be_begun_again_when_it_was_taken_back()
    {
        var (satker, unit) = Given.FreshUnit();
        var first = await Given.InForce(satker, Given.Agreement(unit));
        var draft = await Amended(first);
        var amends = new Amendment(first.Id, AmendmentGround.ChangeOfPriority, "Asumsi berubah.");
        var other = Doc.Of((await api.As($"{satker}.{unit}").Put(
            draft.Path, Given.Agreement(unit) with { Amends = amends }, Requests.IfMatch(1))).Is(200));
        Assert.Equal("change-of-priority", (string)other.Json["content"]!["amends"]!["ground"]!);
        (await api.As($"{satker}.{unit}").Put(draft.Path, Given.Agreement(unit), Requests.IfMatch(2))).Refuses(422, "another-document");
        (await Given.Act(await Given.Now(first, $"{satker}.{unit}"), new Hand("amend", $"{satker}.{unit}"))).Refuses(409, "already-exists");

        await Given.Through(other, new Hand("revoke", $"{satker}.{unit}"));

        Assert.Equal("in-force", (await Given.Now(first, $"{satker}.{unit}")).State);
        Assert.Equal("draft", (await Amended(await Given.Now(first, $"{satker}.{unit}"))).State);
    }

    [Fact]
    public async Task A_report_that_was_taken_back_is_not_due_and_its_period_may_be_reported_again()
    {
        const string satker = "5302";
        await Given.InForce(satker, Given.Agreement("sekretaris"));
        var mistaken = await Given.Drafted(satker, Given.Report("sekretaris", "2024-T1"));
        Assert.Contains(mistaken.Id, await Due(satker));

        var revoked = await Given.Through(mistaken, new Hand("revoke", $"{satker}.sekretaris"));

        Assert.DoesNotContain(mistaken.Id, await Due(satker));
        Assert.Equal("revoked", revoked.State);
        Assert.Equal(0, (int)(await api.As($"{satker}.sekretaris").Get($"/v1/satker/{satker}/realizations/returns?year=2024")).Is(200).Json["reports"]!);
        Assert.Equal("draft", (await Given.Drafted(satker, Given.Report("sekretaris", "2024-T1"))).State);
    }

    [Fact]
    public async Task A_returned_report_that_was_taken_back_counts_no_more_and_did_until_then()
    {
        const string satker = "5301";
        await Given.InForce(satker, Given.Agreement("sekretaris"));
        var way = Given.WayOfReport(satker, "sekretaris");
        var accepted = await Given.Through(await Given.Drafted(satker, Given.Report("sekretaris", "2024-T4")), way);
        var returned = await Given.Through(accepted, new Hand("return", way[^1].Post));
        var paths = new[] { "2024", "2024-T4" }.Select(period => $"/v1/satker/{satker}/capaian?year=2024&level=sekretaris&period={period}").ToList();
        var said = await Say(paths);
        Assert.All(said, text => Assert.Contains("70.45", text, StringComparison.Ordinal));

        (await Given.Act(returned, new Hand("revoke", $"{satker}.rendatin"), null)).Is(200);

        Assert.All(await Say(paths), text => Assert.DoesNotContain("70.45", text, StringComparison.Ordinal));
        Assert.Equal(said, await Say([.. paths.Select(path => $"{path}&recordedAt={returned.Json["recordedAt"]}")]));
        Assert.All(
            await Say([.. paths.Select(path => $"{path}&recordedAt=2100-01-01T00:00:00Z")]),
            text => Assert.DoesNotContain("70.45", text, StringComparison.Ordinal));
        var again = await Given.Through(await Given.Drafted(satker, Given.Report("sekretaris", "2024-T4")), way);
        Assert.Equal("accepted", again.State);
        Assert.All(await Say(paths), text => Assert.Contains(again.Id, text, StringComparison.Ordinal));
        Assert.Equal(said, await Say([.. paths.Select(path => $"{path}&recordedAt={returned.Json["recordedAt"]}")]));
    }

    [Fact]
    public async Task A_number_of_the_DIPA_whose_draft_was_taken_back_goes_on_with_the_next_version()
    {
        const string satker = "5303";
        await api.Held(satker, Money.State(0, Money.Line()));
        var mistaken = await api.Drafted(satker, Money.State(1, Money.Line(pagu: 9)));
        await Given.Through(mistaken, new Hand("revoke", $"{satker}.rendatin"));
        var rows = (await api.As($"{satker}.sekretaris").Get($"{Money.Path(satker)}/revisions")).Is(200).Json["items"]!.AsArray();
        Assert.Equal(["in-force", "revoked"], rows.Select(row => (string)row!["state"]!));

        var draft = await api.Drafted(satker, Money.State(1, Money.Line(pagu: 1_500)));

        Assert.Equal((3, "draft", mistaken.Id), (draft.Version, draft.State, draft.Id));
        Assert.Equal("revoke", (string)Assert.Single(draft.Json["signOff"]!["acts"]!.AsArray())!["act"]!);
        Assert.Equal("in-force", (await Given.Through(draft, Money.Way(satker, Money.State(1)))).State);
        await Given.Through(await api.Drafted(satker, Money.State(2, Money.Line())), new Hand("revoke", $"{satker}.rendatin"));
        Assert.Equal("take-over", (await Entries(await api.Taken(satker, Money.State(2, Money.Line()))))[^1]);
    }

    private Task<List<string>> Entries(Doc document) => api.Owner.Rows(
        $"select act from journal where satker = '{document.Satker}' and kind = '{document.Kind}' and id = '{document.Id}' order by version");

    private async Task<List<string>> Lawful(Doc document, string account) =>
        [.. (await api.As(account).Get(document.SignOffs)).Is(200).Json["now"]!.AsArray()
            .Where(option => (bool)option!["allowed"]! && (string)option["act"]! == "revoke").Select(option => (string)option!["act"]!)];

    private async Task<List<string?>> Due(string satker) =>
        [.. (await api.As($"{satker}.sekretaris").Get($"/v1/satker/{satker}/due?year=2024")).Is(200).Json["items"]!.AsArray().Select(row => (string?)row!["id"])];

    private async Task<List<string>> Say(IReadOnlyList<string> paths)
    {
        var said = new List<string>();
        foreach (var path in paths)
        {
            said.Add(TwoTimesTests.Timeless((await api.As("53.sekretaris").Get(path)).Is(200).Json).ToJsonString());
        }

        return said;
    }

    private async Task<Doc> Amended(Doc agreement)
    {
        var answer = (await Given.Act(agreement, new Hand("amend", $"{agreement.Satker}.{Given.Unit(agreement)}"))).Is(200);
        return Doc.Of((await api.As($"{agreement.Satker}.{Given.Unit(agreement)}").Get(answer.Header("Location")!)).Is(200));
    }
}
