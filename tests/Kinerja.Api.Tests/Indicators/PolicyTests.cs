using System.Text.Json.Nodes;

namespace Kinerja.Api.Tests;

public sealed class PolicyTests(Api api) : IClassFixture<Api>
{
    private static readonly Policy Capped = Indicators.NextPolicy(2024) with { Cap = 100 };

    private HttpClient Administrator => api.As("00.admin-katalog");

    [Fact]
    public async Task A_preview_says_what_would_change_and_only_what_is_submitted_later_has_the_new_policy()
    {
        foreach (var satker in new[] { "5301", "5302" })
        {
            await Submitted(satker);
        }

        await api.Given.InForce("5303", SekretarisReports.Agreement());
        var draft = await api.Given.Drafted("5303", SekretarisReports.Report());

        var all = (await Preview(Capped)).Is(200).Json;
        Assert.Equal((16, 4), ((int)all["lines"]!, (int)all["changed"]!)); // The draft is computed anew anyway.
        Assert.Equal(["5301", "5302"], all["offices"]!.AsArray().Select(office => (string)office!));
        Assert.Empty(all["categories"]!.AsArray());
        Assert.Equal([(104.17m, 100m), (200m, 100m), (104.17m, 100m), (200m, 100m)], all["items"]!.AsArray().Select(Figures));

        var pages = await Pages(Capped);
        Assert.Equal([3, 1], pages.Select(page => page["items"]!.AsArray().Count));
        Assert.Equal(all["items"]!.AsArray().Select(item => $"{item}"), pages.SelectMany(page => page["items"]!.AsArray()).Select(item => $"{item}"));
        Assert.All(pages, page => Assert.Equal(4, (int)page["changed"]!));

        var stricter = Capped with { Cap = null, Categories = [new CategoryBand("sangat-berhasil", 150), .. Capped.Categories.Skip(1)] };
        var category = Assert.Single((await Preview(stricter)).Is(200).Json["categories"]!.AsArray())!;
        Assert.Equal(("sangat-berhasil", "berhasil", 2), ((string)category["from"]!, (string)category["to"]!, (int)category["lines"]!));

        (await Administrator.Put("/v1/years/2024/policy", Capped, Requests.IfMatch(1))).Is(200);
        await api.Given.Through(draft, new Hand("submit", "5303.rendatin"));

        Assert.Equal([("2024.1", 104.17m), ("2024.2", 100m)], [await First("5301"), await First("5303")]);
        var explained = (await api.As("5301.sekretaris").Get((await Line("5301"))["explain"]!.ToString(), Requests.English)).Is(200).Json;
        Assert.Contains(explained["steps"]!.AsArray(), step => $"{step}".Contains("policy 2024.1 (floor 0, cap none)", StringComparison.Ordinal));
        var still = (await Preview(Capped with { Version = "2024.3", Cap = null })).Is(200).Json;
        Assert.Equal((24, 2), ((int)still["lines"]!, (int)still["changed"]!));
    }

    [Fact]
    public async Task A_policy_follows_the_version_that_was_seen_and_the_earlier_one_stays_readable()
    {
        var next = Indicators.NextPolicy(2023);
        var before = (string)(await Administrator.Get("/v1/years/2023/policy")).Json["recordedAt"]!;
        var unsound = next with { Cap = 110, AkipPoints = new Dictionary<string, decimal>(next.AkipPoints) { ["E"] = 0 } };
        (await Administrator.Put("/v1/years/2023/policy", unsound, Requests.IfMatch(1)))
            .Refuses(422, "rules-broken", ("/cap", "cap-not-in-use"), ("/akipPoints/E", "unknown-grade"));
        (await Administrator.Put("/v1/years/2023/policy", next with { Floor = 101 }, Requests.IfMatch(1)))
            .Refuses(400, "malformed-request", ("/floor", "out-of-range"));
        (await Administrator.Put("/v1/years/2023/policy", Capped, Requests.IfMatch(1))).Refuses(422, "another-document");
        (await Administrator.Put("/v1/years/2099/policy", Capped, Requests.IfMatch(1))).Refuses(404, "not-found");

        (await Administrator.Put("/v1/years/2023/policy", next, Requests.IfMatch(1))).Is(200);

        (await Administrator.Put("/v1/years/2023/policy", next, Requests.IfMatch(1))).Refuses(412, "stale");
        (await Administrator.Put("/v1/years/2023/policy", next, Requests.IfMatch(2)))
            .Refuses(422, "rules-broken", ("/version", "version-does-not-follow"));
        Assert.Equal("2023.1", (string)(await api.Nobody().Get($"/v1/years/2023/policy?recordedAt={before}")).Json["content"]!["version"]!);
        Assert.Equal("2023.2", (string)(await api.Nobody().Get("/v1/years/2023/policy")).Json["content"]!["version"]!);
    }

    [Fact]
    public async Task Points_that_are_no_number_are_named_in_their_scale()
    {
        var policy = JsonNode.Parse(await Requests.Content(Indicators.NextPolicy(2025)).ReadAsStringAsync(TestContext.Current.CancellationToken))!;
        policy["akipPoints"]!["AA"] = "4";

        (await Administrator.Put("/v1/years/2025/policy", policy, Requests.IfMatch(1)))
            .Refuses(400, "malformed-request", ("/akipPoints/AA", "wrong-type"));
    }

    private async Task Submitted(string satker)
    {
        await api.Given.InForce(satker, SekretarisReports.Agreement());
        await api.Given.Through(await api.Given.Drafted(satker, SekretarisReports.Report()), new Hand("submit", $"{satker}.rendatin"));
    }

    private Task<Answer> Preview(Policy policy, string query = "") => Administrator.Post($"/v1/years/2024/policy/preview{query}", policy);

    private async Task<List<JsonNode>> Pages(Policy policy)
    {
        var pages = new List<JsonNode> { (await Preview(policy, "?pageSize=3")).Is(200).Json };
        while (pages[^1]["nextPageToken"] is { } token)
        {
            pages.Add((await Preview(policy, $"?pageSize=3&pageToken={token}")).Is(200).Json);
        }

        return pages;
    }

    private static (decimal, decimal) Figures(JsonNode? line) => ((decimal)line!["old"]!["reported"]!, (decimal)line["new"]!["reported"]!);

    private async Task<JsonNode> Line(string satker) => (await api.As($"{satker}.sekretaris").Get(
        $"/v1/satker/{satker}/capaian?year=2024&level=sekretaris")).Is(200).Json["office"]!["agreements"]![0]!["lines"]![0]!;

    private async Task<(string, decimal)> First(string satker)
    {
        var figure = (await Line(satker))["capaian"]!;
        return ((string)figure["policy"]!, (decimal)figure["reported"]!);
    }
}
