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
