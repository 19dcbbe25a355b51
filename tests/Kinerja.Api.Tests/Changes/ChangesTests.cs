using System.Text.Json.Nodes;

namespace Kinerja.Api.Tests;

public sealed class ChangesTests(Api api) : IClassFixture<Api>
{
    private Given Given => api.Given;

    [Fact]
    public async Task Twenty_requests_of_a_client_wait_at_once_and_the_others_are_not_kept_from_it()
    {
        await api.Seal(); // What was written before this test ends nobody's waiting.
        var here = (string)(await api.As("00.inspektur").Get("/v1/changes?after=now")).Is(200).Json["next"]!;
        var waiting = Enumerable.Range(0, 21).Select(_ => api.As("00.inspektur").Get($"/v1/changes?after={here}&wait=30")).ToList();
        var first = await Task.WhenAny(waiting);
        Assert.Equal("1", (await first).Refuses(429, "too-many-waiting").Header("Retry-After"));
        (await api.As("00.inspektur").Get($"/v1/changes?after={here}")).Is(200);
        var other = api.As("53.verifikator").Get($"/v1/changes?after={here}&wait=30");

        await api.Given.DraftedAgreement();
        waiting.Remove(first);
        Assert.All(await Task.WhenAll(waiting), answer => Assert.NotEmpty(answer.Is(200).Json["items"]!.AsArray()));
        (await other).Is(200);
        (await api.As("00.inspektur").Get($"/v1/changes?after={here}&wait=30")).Is(200);
    }

    [Fact]
    public async Task A_change_is_a_cloud_event_that_names_the_post_and_not_the_person()
    {
        await api.Seal();
        var feed = await new Feed(api.As("53.verifikator")).FromNow();
        var (satker, unit) = Given.FreshUnit();
        await Given.Appointed($"{satker}.{unit}", "nobody");
        var draft = Doc.Of((await api.As("nobody").Post($"/v1/satker/{satker}/agreements", Given.Agreement(unit))).Is(201));
        await api.Seal();

        var changes = await feed.Rest();
        var change = changes.Single(change => Feed.IdOf(change) == draft.Id);
        Assert.Equal(
            ("1.0", "urn:kinerja:api", "id.kinerja.agreement.draft.v1", draft.Path, "application/json"),
            ((string)change["specversion"]!, (string)change["source"]!, (string)change["type"]!, (string)change["subject"]!,
                (string)change["datacontenttype"]!));
        Assert.StartsWith($"{satker}.", (string)change["id"]!, StringComparison.Ordinal);
        Assert.StartsWith(((string)change["time"]!).TrimEnd('Z'), (string)draft.Json["recordedAt"]!, StringComparison.Ordinal);
        Assert.True(JsonNode.DeepEquals(change["data"], new JsonObject
        {
            ["satker"] = satker,
            ["kind"] = "agreement",
            ["id"] = draft.Id,
            ["version"] = 1,
            ["act"] = "draft",
            ["post"] = $"{satker}.{unit}",
            ["contentHash"] = draft.ContentHash,
            ["link"] = draft.Path,
        }), $"{change["data"]}");
        Assert.DoesNotContain("nobody", string.Concat(changes), StringComparison.Ordinal);
        (await api.As("53.verifikator").Get((string)change["data"]!["link"]!)).Is(200);
    }

    [Fact]
    public async Task Everybody_hears_of_what_he_may_read_and_comes_as_far_as_the_others()
    {
        await api.Seal();
        string[] accounts = ["5305.ketua", "53.verifikator", "00.inspektur", "5371.ketua", "52.verifikator", "nobody"];
        var feeds = new Dictionary<string, Feed>();
        foreach (var account in accounts)
        {
            feeds.Add(account, await new Feed(api.As(account)).FromNow());
        }

        var narrowed = await new Feed(api.As("00.inspektur"), "&satker=53").FromNow();
        var elsewhere = await new Feed(api.As("00.inspektur"), "&satker=52").FromNow();
        var draft = await Given.Drafted("5305", Given.Agreement("rendatin"));
        (await api.As("00.admin-katalog").Post("/v1/indicators", Indicators.Of(2024).First() with { Code = "UM.01" })).Is(201);
        await api.Seal();

        foreach (var (account, feed) in feeds)
        {
            var sees = account is "5305.ketua" or "53.verifikator" or "00.inspektur";
            Assert.Equal(sees ? [draft.Id, "2024/UM.01"] : ["2024/UM.01"], (await feed.Rest()).Select(Feed.IdOf));
        }

        Assert.Single(feeds.Values.Select(feed => feed.Next).Distinct());
        Assert.Equal([draft.Id], (await narrowed.Rest()).Select(Feed.IdOf));
        Assert.Empty(await elsewhere.Rest());
        Assert.Equal(feeds["nobody"].Next, elsewhere.Next);
    }

    [Fact]
    public async Task Whoever_waits_is_told_when_it_happens()
    {
        await api.Seal();
        var feed = await new Feed(api.As("53.verifikator")).FromNow();
        Assert.Empty(await feed.Ask());

        var waiting = feed.Ask(wait: 30);
        var draft = await Given.DraftedAgreement();
        var told = await waiting;

        Assert.Contains(draft.Id, told.Select(Feed.IdOf)); // Sealed by the service itself: nobody asked it to.
    }

    [Fact]
    public async Task One_by_one_is_the_same_as_all_at_once_and_a_position_may_be_used_again()
    {
        await api.Seal();
        var feed = await new Feed(api.As("53.verifikator")).FromNow();
        var begin = feed.Next;
        var report = await Given.Reported(hands: 4);
        await api.Seal();

        var all = (await feed.Rest()).Where(change => Feed.IdOf(change) == report.Id).Select(change => $"{change}").ToList();
        feed.Next = begin;
        var single = (await feed.Rest(limit: 1)).Where(change => Feed.IdOf(change) == report.Id).Select(change => $"{change}").ToList();

        Assert.Equal(["draft", "submit", "verify", "approve", "accept"], all.Select(change => (string)JsonNode.Parse(change)!["data"]!["act"]!));
        Assert.Equal(all, single);
    }

    [Fact]
    public async Task What_is_older_than_four_hundred_days_is_gone_and_so_is_a_position_of_elsewhere()
    {
        await api.Seal();
        await using var issuer = await StubIssuer.Start();
        var last = (await api.Owner.Rows("select max(at) from ledger")).Single();
        var clock = new Clock { Now = DateTimeOffset.Parse(last, System.Globalization.CultureInfo.InvariantCulture, System.Globalization.DateTimeStyles.AssumeUniversal) };
        var client = api.Bearing(api.With(issuer, clock), "00.inspektur");
        var first = (string)(await client.Get("/v1/changes?limit=1")).Is(200).Json["next"]!;

        (await client.Get($"/v1/changes?after={first}")).Is(200);
        clock.Now += TimeSpan.FromDays(401);
        (await client.Get($"/v1/changes?after={first}")).Refuses(410, "position-expired");
        var kept = (await client.Get("/v1/changes")).Is(200).Json;
        Assert.Empty(kept["items"]!.AsArray());
        (await client.Get($"/v1/changes?after={kept["next"]}")).Is(200);

        (await client.Get($"/v1/changes?after={new Position(1_000_000_000).Text}")).Refuses(410, "position-expired");
        (await client.Get($"/v1/changes?after={new Position(long.MaxValue).Text}")).Refuses(400, "malformed-request", ("", "bad-parameter"));
        (await client.Get("/v1/changes?after=17")).Refuses(400, "malformed-request", ("", "bad-parameter"));
        (await client.Get("/v1/changes?wait=31")).Refuses(400, "malformed-request", ("", "bad-parameter"));
        (await client.Get("/v1/changes?limit=0")).Refuses(400, "malformed-request", ("", "bad-parameter"));
    }
}
