using System.Security.Cryptography;
using System.Text;

namespace Kinerja.Api.Tests;

public sealed class RefusalTests(Api api) : IClassFixture<Api>
{
    private Given Given => api.Given;

    [Fact]
    public async Task A_refused_act_is_written_down_with_its_code_and_changes_nothing()
    {
        var report = await Given.Reported(hands: 1);
        var satker = report.Satker;

        (await Given.Act(report, new Hand("verify", $"{satker}.ketua"))).Refuses(403, "wrong-post");
        (await Given.Act(report with { Version = 1 }, new Hand("verify", $"{satker}.sekretaris"))).Refuses(412, "stale");
        (await Given.Act(report, new Hand("verify", $"{satker}.sekretaris"), "5201.sekretaris")).Refuses(404, "not-found");

        Assert.Equal(
            [
                $"{satker}|realization|verify|{satker}.ketua|{satker}.ketua|wrong-post|{report.ContentHash}",
                $"{satker}|realization|verify|{satker}.sekretaris|{satker}.sekretaris|stale|{report.ContentHash}",
                $"{satker}|realization|verify|5201.sekretaris|{satker}.sekretaris|not-found|{report.ContentHash}",
            ],
            await api.Owner.Rows($"select satker, kind, act, subject, post, code, content_hash from refusal where id = '{report.Id}' order by seq"));
        Assert.Equal(2, await api.Owner.Count($"document_version where id = '{report.Id}'"));
        await Given.Through(report, new Hand("verify", $"{satker}.sekretaris"));
        Assert.Equal(3, await api.Owner.Count($"refusal where id = '{report.Id}'"));
    }

    [Fact]
    public async Task One_client_fills_no_more_than_a_hundred_lines_in_an_hour()
    {
        var report = await Given.Reported(hands: 1);
        var wrong = new Hand("verify", "53.operator");

        await Task.WhenAll(Enumerable.Range(0, 6).Select(async _ =>
        {
            for (var i = 0; i < 18; i++)
            {
                (await Given.Act(report, wrong)).Refuses(403, "wrong-post");
            }
        }));
        (await Given.Act(report, wrong with { Post = "53.ketua" })).Refuses(403, "wrong-post");

        Assert.Equal(100, await api.Owner.Count("refusal where subject = '53.operator'"));
        Assert.Equal(1, await api.Owner.Count("refusal where subject = '53.ketua'"));
    }

    [Fact]
    public async Task The_lines_are_append_only_and_seen_below_a_post_alone()
    {
        var report = await Given.Reported(hands: 1);
        (await Given.Act(report, new Hand("verify", $"{report.Satker}.ketua"))).Refuses(403, "wrong-post");

        foreach (var change in new[] { "update refusal set code = 'x'", "delete from refusal", "truncate refusal" })
        {
            var refused = await Assert.ThrowsAsync<Npgsql.PostgresException>(() => api.Owner.Execute(change));
            Assert.Contains("append-only", refused.Message, StringComparison.Ordinal);
        }

        Assert.Equal((1, 1, 0), (await Seen(report, $"{report.Satker}.sekretaris"), await Seen(report, "53.verifikator"), await Seen(report, "52.verifikator")));
    }

    [Fact]
    public async Task Every_write_that_is_not_the_callers_is_written_down_and_in_the_chain()
    {
        var wish = new WebhookWish("https://127.0.0.1/", Subscriptions.Nothing);
        (await api.As("5305.kul").Post("/v1/satker/5305/webhooks", wish)).Refuses(403, "post-not-held");
        (await api.As("5371.ketua").Post("/v1/satker/5305/webhooks", wish)).Refuses(404, "not-found");
        (await api.As("5305.sekretaris").Post("/v1/satker/5305/webhooks", wish with { Below = "53" })).Refuses(422, "rules-broken");
        (await api.As("5305.sekretaris").Post("/v1/satker/5305/webhooks", wish)).Is(201);
        await api.Seal();

        var entries = (await api.As("5305.sekretaris").Get("/v1/audit?satker=5305&kind=request")).Is(200).Json["items"]!.AsArray();
        Assert.Equal(
            ["5371.ketua CreateWebhook /v1/satker/5305/webhooks not-found", "5305.kul CreateWebhook /v1/satker/5305/webhooks post-not-held"],
            entries.Select(entry => $"{entry!["subject"]} {entry["act"]} {entry["id"]} {entry["code"]}"));
        var detail = (await api.As("5305.sekretaris").Get((string)entries[0]!["link"]!)).Is(200).Json;
        Assert.Equal((string)entries[0]!["hash"]!, Convert.ToHexStringLower(SHA256.HashData(
            [.. Convert.FromHexString((string)detail["previous"]!), .. Encoding.UTF8.GetBytes((string)detail["text"]!)])));
        await using var connection = await api.Owner.OpenConnectionAsync(TestContext.Current.CancellationToken);
        Assert.Empty((await TrailVerification.Check(connection, [], entriesOnly: false, TestContext.Current.CancellationToken)).Broken);
    }

    [Theory]
    [InlineData("GHOST")]
    [InlineData("GHOST%0A99")]
    public async Task An_office_that_does_not_exist_gets_no_chain(string satker)
    {
        (await api.As("5305.kul").Post($"/v1/satker/{satker}/webhooks", new WebhookWish("https://127.0.0.1/", []))).Refuses(404, "not-found");
        (await Act($"/v1/satker/{satker}/realizations/none/sign-offs")).Refuses(404, "not-found");
        (await Act("/v1/satker/5302/realizations/none/sign-offs")).Refuses(404, "not-found");

        Assert.Equal(0, await api.Owner.Count("refusal r where not exists (select from office o where o.satker = r.satker)"));
        Assert.True(await api.Owner.Count("refusal where satker = '5302' and id = 'none'") > 0);
    }

    [Fact]
    public async Task A_name_that_is_too_long_for_any_is_not_found()
    {
        var name = Convert.ToHexString(RandomNumberGenerator.GetBytes(2000));
        (await Act($"/v1/satker/5302/realizations/{name}/sign-offs")).Refuses(404, "not-found");
        (await Act($"/v1/satker/{name}/realizations/none/sign-offs")).Refuses(404, "not-found");
        (await api.Nobody().Get($"/problems/{name}")).Refuses(404, "not-found");
        (await Act($"/v1/satker/5302/realizations/{name[..100]}/sign-offs")).Refuses(404, "not-found");

        Assert.Equal(1, await api.Owner.Count("refusal where length(id) >= 100"));
    }

    private Task<Answer> Act(string path) => api.As("5305.kul").Post(
        path, $$"""{"act":"submit","post":"5305.kul","contentHash":"sha256:{{new string('0', 64)}}"}""", Requests.IfMatch(1));

    private async Task<int> Seen(Doc report, string account)
    {
        await using var connection = await api.App.OpenConnectionAsync();
        await using var batch = new Npgsql.NpgsqlBatch(connection)
        {
            BatchCommands =
            {
                new("select from enter($1, now())") { Parameters = { new() { Value = account } } },
                new("select from refusal where id = $1") { Parameters = { new() { Value = report.Id } } },
            },
        };
        await using var rows = await batch.ExecuteReaderAsync();
        await rows.NextResultAsync();
        var seen = 0;
        while (await rows.ReadAsync())
        {
            seen++;
        }

        return seen;
    }
}
