using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;

namespace Kinerja.Api.Tests;

public sealed class AuditTests(Api api) : IClassFixture<Api>
{
    private Given Given => api.Given;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_act_is_told_with_who_for_which_post_and_both_versions()
    {
        var draft = await Given.DraftedReport();
        var hand = Given.WayOfReport(draft.Satker, Given.Unit(draft))[0];
        var submitted = await Given.Through(draft, hand);
        await api.Seal();

        var entries = await Entries("53.verifikator", $"id={draft.Id}");
        Assert.Equal(["submit", "draft"], entries.Select(entry => (string)entry["act"]!));
        var entry = entries[0];
        Assert.Equal((hand.Post, hand.Post, false, null), ((string)entry["subject"]!, (string)entry["post"]!, (bool)entry["refused"]!, entry["code"]));
        Assert.Equal((1, 2), ((int)entry["before"]!["version"]!, (int)entry["after"]!["version"]!));
        Assert.Equal((draft.ContentHash, submitted.ContentHash), ((string)entry["before"]!["contentHash"]!, (string)entry["after"]!["contentHash"]!));
        Assert.Null(entries[1]["before"]);
        foreach (var (link, version) in new[] { (entry["before"]!["link"]!, 1), (entry["after"]!["link"]!, 2) })
        {
            Assert.Equal(version, Doc.Of((await api.As("53.verifikator").Get((string)link!)).Is(200)).Version);
        }

        var detail = (await api.As("53.verifikator").Get((string)entry["link"]!)).Is(200).Json;
        Assert.Contains("/signOff/state", detail["changes"]!.AsArray().Select(change => (string)change!["pointer"]!));
        var state = detail["changes"]!.AsArray().Single(change => (string)change!["pointer"]! == "/signOff/state")!;
        Assert.Equal(("draft", "submitted"), ((string)state["before"]!, (string)state["after"]!));
        Assert.Equal((string)entry["hash"]!, Convert.ToHexStringLower(SHA256.HashData(
            [.. Convert.FromHexString((string)detail["previous"]!), .. Encoding.UTF8.GetBytes((string)detail["text"]!)])));

        Assert.Empty(await Entries("5371.ketua", $"id={draft.Id}"));
        (await api.As("5371.ketua").Get((string)entry["link"]!)).Refuses(404, "not-found");
        Assert.Equal(entries.Select(one => $"{one}"), (await Entries("00.inspektur", $"id={draft.Id}&satker={draft.Satker}&kind=realization"))
            .Select(one => $"{one}"));
        Assert.Single(await Entries("00.inspektur", $"id={draft.Id}&subject={hand.Post}&from={entry["at"]}"));
        Assert.Single(await Entries("00.inspektur", $"id={draft.Id}&to={entry["at"]}&post={Given.Preparer(draft.Satker, Given.Unit(draft))}"));
    }

    [Fact]
    public async Task A_refused_act_is_in_the_chain_with_its_code()
    {
        var draft = await Given.DraftedAgreement();
        (await Given.Act(draft, new Hand("countersign", "5371.ketua"))).Refuses(404, "not-found");
        (await Given.Act(draft, new Hand("countersign", $"{draft.Satker}.ketua"))).Refuses(409, "no-such-act");
        await api.Seal();

        var refused = await Entries("53.verifikator", $"id={draft.Id}&refused=yes");
        Assert.Equal(["no-such-act", "not-found"], refused.Select(entry => (string)entry["code"]!));
        Assert.All(refused, entry => Assert.Equal((null, null, draft.ContentHash), (entry["before"], entry["after"], (string)entry["contentHash"]!)));
        Assert.Equal(["not-found"], (await Entries("5371.ketua", $"id={draft.Id}")).Select(entry => (string)entry["code"]!)); // One's own.
        Assert.Empty(await Entries("5201.ketua", $"id={draft.Id}"));
        Assert.Equal(["draft"], (await Entries("53.verifikator", $"id={draft.Id}&refused=no")).Select(entry => (string)entry["act"]!));
    }

    [Fact]
    public async Task Pages_follow_each_other_from_the_latest_back()
    {
        await api.Seal();
        var whole = await Entries("00.inspektur", "satker=00&pageSize=500");
        var (paged, next) = (new List<JsonNode>(), "");
        do
        {
            var page = (await api.As("00.inspektur").Get($"/v1/audit?satker=00&pageSize=7{next}")).Is(200).Json;
            paged.AddRange(page["items"]!.AsArray().Select(item => item!));
            next = page["nextPageToken"] is { } token ? $"&pageToken={token}" : "";
        }
        while (next.Length > 0 && paged.Count < whole.Count);

        Assert.Equal(whole.Take(paged.Count).Select(entry => (long)entry["position"]!), paged.Select(entry => (long)entry["position"]!));
        Assert.True(paged.Count > 20);
    }

    [Fact]
    public async Task The_head_of_a_chain_is_signed_by_the_key_that_is_shown()
    {
        var draft = await Given.DraftedAgreement();
        await api.Seal();
        var head = (await api.As(Given.Preparer(draft.Satker, "ketua")).Get($"/v1/audit/head?satker={draft.Satker}")).Is(200).Json.AsObject();
        var entry = (await Entries("53.verifikator", $"satker={draft.Satker}&pageSize=1"))[0];
        Assert.Equal(
            ((long)entry["number"]!, (long)entry["position"]!, (string)entry["hash"]!),
            ((long)head["number"]!, (long)head["position"]!, (string)head["hash"]!));

        var shown = (await api.Nobody().Get("/.well-known/webhook-keys")).Is(200).Json["keys"]![0]!;
        var keys = new PublicKeys([PublicKey.Of(System.Buffers.Text.Base64Url.DecodeFromChars((string)shown["x"]!))]);
        Assert.Equal((string)shown["kid"]!, keys.Keys[0].Kid);
        Assert.True(keys.Verifies(head));
        head["number"] = (long)head["number"]! + 1;
        Assert.False(keys.Verifies(head));
    }

    [Fact]
    public async Task Who_read_a_document_is_told_to_those_who_answer_for_it()
    {
        var draft = await Given.DraftedAgreement();
        var head = $"{draft.Satker}.sekretaris";
        (await api.As("53.verifikator").Get(draft.Path)).Is(200);
        (await api.As("53.verifikator").Get(draft.Path)).Is(200);
        (await api.As("5371.ketua").Get(draft.Path)).Refuses(404, "not-found");
        (await api.As("53.verifikator").Get($"/v1/satker/{draft.Satker}")).Is(200); // Public: not noted.
        await api.Services.GetRequiredService<Database>().Sights.Flush(api.Services.GetRequiredService<Database>(), Ct);

        var sights = (await api.As(head).Get($"/v1/audit/sights?satker={draft.Satker}&kind=agreement&id={draft.Id}")).Is(200).Json["items"]!.AsArray();
        var sight = Assert.Single(sights)!;
        Assert.Equal(("53.verifikator", 1, 2L), ((string)sight["subject"]!, (int)sight["version"]!, (long)sight["times"]!));
        Assert.Empty((await api.As(head).Get($"/v1/audit/sights?satker={draft.Satker}&kind=satker")).Is(200).Json["items"]!.AsArray());
        (await api.As("00.inspektur").Get($"/v1/audit/sights?satker={draft.Satker}&pageSize=1")).Is(200);
        (await api.As("53.verifikator").Get($"/v1/audit/sights?satker={draft.Satker}")).Refuses(403, "sights-not-yours");
        (await api.As("5371.ketua").Get($"/v1/audit/sights?satker={draft.Satker}")).Refuses(404, "not-found");
    }

    [Fact]
    public async Task Who_reads_a_documents_way_or_its_entry_in_the_trail_has_read_it()
    {
        var draft = await Given.DraftedAgreement();
        await api.Seal();
        (await api.As("53.verifikator").Get(draft.SignOffs)).Is(200);
        (await api.As("00.inspektur").Get((string)(await Entries("53.verifikator", $"id={draft.Id}"))[0]["link"]!)).Is(200);
        (await api.As("5371.ketua").Get(draft.SignOffs)).Refuses(404, "not-found");
        await api.Services.GetRequiredService<Database>().Sights.Flush(api.Services.GetRequiredService<Database>(), Ct);

        var sights = (await api.As($"{draft.Satker}.sekretaris").Get($"/v1/audit/sights?satker={draft.Satker}&kind=agreement&id={draft.Id}"))
            .Is(200).Json["items"]!.AsArray();
        Assert.Equal(["00.inspektur 1", "53.verifikator 1"], sights.Select(sight => $"{sight!["subject"]} {sight["version"]}").Order());
    }

    private async Task<List<JsonNode>> Entries(string account, string query) =>
        [.. (await api.As(account).Get($"/v1/audit?{query}")).Is(200).Json["items"]!.AsArray().Select(item => item!)];
}
