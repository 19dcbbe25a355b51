using System.Text.Json.Nodes;

namespace Kinerja.Api.Tests;

public sealed class BatchTests(Api api) : IClassFixture<Api>
{
    private const string Path = "/v1/sign-offs:batch";

    private Given Given => api.Given;

    [Fact]
    public async Task Each_act_has_its_own_result_and_a_refused_one_undoes_no_other()
    {
        var reports = new[] { await Given.Reported(3), await Given.Reported(3), await Given.Reported(3), await Given.Reported(2) };
        var accept = new Hand("accept", "53.verifikator");
        var stranger = new Doc("realization", "5201", reports[0].Id, 1, reports[0].ContentHash, reports[0].Json);

        var answer = (await api.As("53.verifikator").Post(Path, Batch(
            Item(reports[0], accept), Item(reports[1] with { Version = 2 }, accept), Item(stranger, accept),
            Item(reports[2], accept with { Post = "52.verifikator" }), Item(reports[3], accept), Item(reports[1], accept),
            Item(reports[2], accept with { Act = "return" })))).Is(200);

        var results = answer.Json["results"]!.AsArray();
        Assert.Equal(
            ["200 5 accepted ", "412 4  stale", "404   not-found", "403   wrong-post", "409   no-such-act", "200 5 accepted ", "422   rules-broken"],
            results.Select(result => $"{result!["status"]} {result["version"]} {result["state"]} {result["code"]}"));
        Assert.Equal("reasons-required", (string)results[6]!["errors"]![0]!["code"]!);
        Assert.Contains("53.verifikator", (string)results[3]!["detail"]!, StringComparison.Ordinal);
        Assert.Equal("accepted", (await Given.Now(reports[0], "53.verifikator")).State);
        Assert.Equal("approved", (await Given.Now(reports[2], "53.verifikator")).State);
    }

    [Fact]
    public async Task A_retried_batch_gets_the_same_bytes_and_has_one_effect()
    {
        var (report, other) = (await Given.Reported(3), await Given.Reported(2));
        var batch = Batch(Item(report, new Hand("accept", "53.verifikator")), Item(other, new Hand("accept", "53.verifikator")));
        var client = api.As("53.verifikator");

        var first = (await client.Post(Path, batch, Requests.Key("evening"))).Is(200);
        await Given.Through(other, new Hand("approve", $"{other.Satker}.ketua"));
        var second = (await client.Post(Path, batch, Requests.Key("evening"))).Is(200);

        Assert.Equal(first.Body, second.Body);
        Assert.Equal((null, "true"), (first.Header("Idempotency-Replayed"), second.Header("Idempotency-Replayed")));
        Assert.Equal(5, await api.Owner.Count($"document_version where id = '{report.Id}'"));
        (await client.Post(Path, Batch(Item(report, new Hand("accept", "53.verifikator"))), Requests.Key("evening"))).Refuses(422, "key-reused");
    }

    [Fact]
    public async Task What_an_attempt_did_before_it_broke_off_is_replayed_and_the_rest_is_done()
    {
        var (done, open) = (await Given.Reported(3), await Given.Reported(2));
        var batch = Batch(Item(done, new Hand("accept", "53.verifikator")),
            Item(open with { Version = 4 }, new Hand("accept", "53.verifikator")));
        var client = api.As("53.verifikator");
        (await client.Post(Path, batch, Requests.Key("broken off"))).Is(200);
        Assert.Equal(1, await api.Owner.Execute("delete from idempotency where key = 'broken off' and operation not like '%#%'"));

        await Given.Through(open, new Hand("approve", $"{open.Satker}.ketua"));
        var again = (await client.Post(Path, batch, Requests.Key("broken off"))).Is(200);

        Assert.Equal(["200", "200"], again.Json["results"]!.AsArray().Select(result => $"{result!["status"]}"));
        Assert.Equal(5, await api.Owner.Count($"document_version where id = '{done.Id}'"));
    }

    [Fact]
    public async Task Twins_of_a_batch_have_one_effect()
    {
        var reports = new[] { await Given.Reported(3), await Given.Reported(3) };
        var batch = Batch([.. reports.Select(report => Item(report, new Hand("accept", "53.verifikator")))]);

        var answers = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => api.As("53.verifikator").Post(Path, batch, Requests.Key("twins"))));

        Assert.All(answers.Where(answer => answer.Status != 200), answer => answer.Refuses(409, "key-in-flight"));
        Assert.All(answers.Where(answer => answer.Status == 200), answer =>
            Assert.Equal(["200", "200"], answer.Json["results"]!.AsArray().Select(result => $"{result!["status"]}")));
        Assert.Equal(10, await api.Owner.Count($"document_version where id in ('{reports[0].Id}', '{reports[1].Id}')"));
        (await api.As("53.verifikator").Post(Path, batch, Requests.Key("twins"))).Is(200);
    }

    [Fact]
    public async Task An_agreement_signed_in_a_batch_and_its_amendment_are_found()
    {
        var (satker, unit) = Given.FreshUnit();
        var draft = await Given.Drafted(satker, Given.Agreement(unit));
        var inForce = await Given.Through(draft, Given.WayOfAgreement(satker, unit));

        var answer = (await api.As($"{satker}.{unit}").Post(Path, Batch(Item(inForce, new Hand("amend", $"{satker}.{unit}"), Given.Reasons("change-of-priority"))))).Is(200);

        var begun = (string)answer.Json["results"]![0]!["location"]!;
        Assert.Equal(inForce.Id, (string)(await api.As($"{satker}.{unit}").Get(begun)).Is(200).Json["content"]!["amends"]!["agreement"]!);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(101)]
    public async Task A_batch_has_one_to_a_hundred_items(int items)
    {
        var item = Item(new Doc("realization", "5305", "x", 1, $"sha256:{new string('0', 64)}", new JsonObject()), new Hand("accept", "53.verifikator"));
        var batch = Batch([.. Enumerable.Range(0, items).Select(_ => item.DeepClone())]);

        (await api.As("53.verifikator").Post(Path, batch)).Refuses(400, "malformed-request", [("/items", "bad-count")]);
    }

    private static JsonObject Batch(params JsonNode[] items) => new() { ["items"] = new JsonArray([.. items]) };

    private static JsonObject Item(Doc document, Hand hand, JsonArray? reasons = null)
    {
        var item = new JsonObject
        {
            ["kind"] = document.Kind,
            ["satker"] = document.Satker,
            ["id"] = document.Id,
            ["version"] = document.Version,
            ["act"] = hand.Act,
            ["post"] = hand.Post,
            ["contentHash"] = document.ContentHash,
        };
        if (reasons is not null)
        {
            item["reasons"] = reasons;
        }

        return item;
    }
}
