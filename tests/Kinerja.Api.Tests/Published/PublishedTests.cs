using System.Text.Json.Nodes;

namespace Kinerja.Api.Tests;

/// <summary>What is published is anyone's; what is not is told to whoever may read it, and to nobody else.</summary>
public sealed class PublishedTests(Api api) : IClassFixture<Api>
{
    private Given Given => api.Given;

    [Fact]
    public async Task Everything_that_is_listed_is_read_without_a_token_and_is_what_it_says()
    {
        foreach (var filter in new[] { "kind=policy", "kind=indicator&year=2024", "kind=satker&satker=5305" })
        {
            var rows = (await api.Nobody().Get($"/v1/published?{filter}")).Is(200).Json["items"]!.AsArray();
            Assert.NotEmpty(rows);
            foreach (var row in rows)
            {
                var document = (await api.Nobody().Get((string)row!["href"]!)).Is(200).Json;
                Assert.Equal(((string)row["contentHash"]!, (int)row["version"]!), ((string)document["contentHash"]!, (int)document["version"]!));
                var verified = (await api.Nobody().Get($"/v1/verify/{row["contentHash"]}")).Is(200).Json["documents"]!.AsArray();
                Assert.Contains(verified, one => (string)one!["id"]! == (string)row["id"]! && (bool)one["isCurrent"]!);
            }
        }
    }

    [Fact]
    public async Task Pages_have_every_public_document_once_and_no_other()
    {
        await Given.InForce("5301", Given.Agreement("rendatin"));
        var listed = new List<string>();
        for (string? token = ""; token is not null;)
        {
            var page = (await api.As("5301.rendatin").Get($"/v1/published?pageSize=200{token}")).Is(200).Json;
            listed.AddRange(page["items"]!.AsArray().Select(row => $"{row!["kind"]} {row["satker"]} {row["id"]}"));
            token = page["nextPageToken"] is { } next ? $"&pageToken={next}" : null;
        }

        Assert.Equal(await api.Owner.Rows("""select concat_ws(' ', kind, satker, id) from document where public order by kind collate "C", satker collate "C", id collate "C" """),
            listed.Order(StringComparer.Ordinal));
        Assert.DoesNotContain(listed, row => row.StartsWith("agreement", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_periods_window_is_public()
    {
        (await api.As("00.admin-periode").Post("/v1/years/2025/periods", new JsonObject { ["period"] = "2025-T1", ["opens"] = "2025-04-01", ["due"] = "2025-04-30" })).Is(201);

        (await api.Nobody().Get("/v1/years/2025/periods/2025-T1")).Is(200);
        Assert.Single((await api.Nobody().Get("/v1/years/2025/periods")).Is(200).Json["items"]!.AsArray());
    }

    [Fact]
    public async Task A_signed_document_is_verified_by_whoever_may_read_it_and_is_not_there_for_others()
    {
        var signed = await Given.InForce("5302", Given.Agreement("rendatin", 2024, Given.Line("1", "SP.01", new Value.Percent(12.34m))));
        var path = $"/v1/verify/{signed.ContentHash}";

        foreach (var account in new[] { "5302.rendatin", "53.sekretaris", "00.inspektur" })
        {
            var found = Assert.Single((await api.As(account).Get(path)).Is(200).Json["documents"]!.AsArray())!;
            Assert.Equal(("agreement", "5302", signed.Id, signed.Version),
                ((string)found["kind"]!, (string)found["satker"]!, (string)found["id"]!, (int)found["version"]!));
            Assert.Equal(["sign 5302.rendatin", "countersign 5302.sekretaris"],
                found["signatures"]!.AsArray().Select(one => $"{one!["act"]} {one["post"]}"));
            Assert.Null(found["signatures"]![0]!["by"]);
            Assert.Equal(("in-force", true), ((string)found["state"]!, (bool)found["isCurrent"]!));
        }

        foreach (var client in new[] { api.Nobody(), api.As("5303.ketua"), api.As("52.sekretaris") })
        {
            (await client.Get(path)).Refuses(404, "not-found");
            (await client.Get($"/v1/verify/sha256:{new string('0', 64)}")).Refuses(404, "not-found");
        }
    }

    [Fact]
    public async Task A_content_that_was_corrected_is_still_told_with_the_signatures_it_had()
    {
        await Given.InForce("5304", Given.Agreement("rendatin"));
        var report = await Given.Through(
            await Given.Drafted("5304", Given.Report("rendatin", "2024", Given.Entry("1", "SP.01", new Value.Percent(43.21m)))), Given.WayOfReport("5304", "rendatin")[..2]);
        var returned = await Given.Through(report, new Hand("return", "5304.ketua"));
        (await api.As("5304.rendatin").Put(returned.Path, Given.Report("rendatin"), Requests.IfMatch(returned.Version))).Is(200);

        var found = Assert.Single((await api.As("5304.rendatin").Get($"/v1/verify/{report.ContentHash}")).Is(200).Json["documents"]!.AsArray())!;

        Assert.False((bool)found["isCurrent"]!);
        Assert.Equal(["submit", "verify", "return"], found["signatures"]!.AsArray().Select(one => (string)one!["act"]!));
    }
}
