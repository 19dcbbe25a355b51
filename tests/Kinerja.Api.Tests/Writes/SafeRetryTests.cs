using System.Text.Json.Nodes;

namespace Kinerja.Api.Tests;

public sealed class SafeRetryTests(Api api) : IClassFixture<Api>
{
    private Given Given => api.Given;

    [Fact]
    public async Task A_retried_draft_gets_the_same_bytes_and_has_one_effect()
    {
        var (satker, unit) = Given.FreshUnit();
        var path = $"/v1/satker/{satker}/agreements";
        var client = api.As($"{satker}.{unit}");

        var first = (await client.Post(path, Given.Agreement(unit), Requests.Key("one"))).Is(201);
        var second = (await client.Post(path, Given.Agreement(unit), Requests.Key("one"))).Is(201);

        Assert.Equal(first.Body, second.Body);
        Assert.Equal((first.ETag, first.Header("Location")), (second.ETag, second.Header("Location")));
        Assert.Equal((null, "true"), (first.Header("Idempotency-Replayed"), second.Header("Idempotency-Replayed")));
        await HasVersions(Doc.Of(first), 1);
    }

    [Fact]
    public async Task A_retried_act_is_replayed_although_its_version_is_past()
    {
        var draft = await Given.DraftedAgreement();
        var hand = Given.WayOfAgreement(draft.Satker, Given.Unit(draft))[0];

        var first = (await Given.Act(draft, hand, null, Requests.Key("sign"))).Is(200);
        await Given.Through(Doc.Of(first), Given.WayOfAgreement(draft.Satker, Given.Unit(draft))[1..]);
        var second = (await Given.Act(draft, hand, null, Requests.Key("sign"))).Is(200);

        Assert.Equal(first.Body, second.Body);
        Assert.Equal("true", second.Header("Idempotency-Replayed"));
        await HasVersions(draft, 1 + Given.WayOfAgreement(draft.Satker, Given.Unit(draft)).Length);
    }

    [Fact]
    public async Task A_key_with_another_body_is_refused()
    {
        var (satker, unit) = Given.FreshUnit();
        var path = $"/v1/satker/{satker}/agreements";
        var client = api.As($"{satker}.{unit}");
        var draft = Doc.Of((await client.Post(path, Given.Agreement(unit), Requests.Key("two"))).Is(201));

        (await client.Post(path, Given.Agreement(unit, 2023), Requests.Key("two"))).Refuses(422, "key-reused");
        await HasVersions(draft, 1);
        (await client.Post(path, Given.Agreement(unit, 2023), Requests.Key("three"))).Is(201);
    }

    [Fact]
    public async Task Keys_of_different_persons_and_paths_are_different_keys()
    {
        var (satker, unit) = Given.FreshUnit();
        var (other, otherUnit) = Given.FreshUnit();

        (await api.As($"{satker}.{unit}").Post($"/v1/satker/{satker}/agreements", Given.Agreement(unit), Requests.Key("shared"))).Is(201);
        (await api.As($"{other}.{otherUnit}").Post($"/v1/satker/{other}/agreements", Given.Agreement(otherUnit), Requests.Key("shared")))
            .Is(201);
        (await api.As($"{satker}.{unit}").Post($"/v1/satker/{satker}/realizations", Given.Report(unit), Requests.Key("shared"))).Is(201);
    }

    [Fact]
    public async Task A_refused_request_leaves_no_key_behind()
    {
        var (satker, unit) = Given.FreshUnit();
        var path = $"/v1/satker/{satker}/agreements";
        var client = api.As($"{satker}.{unit}");
        var wrong = Given.Agreement(unit, 2024, Given.Line(indicator: "XX.99"));

        (await client.Post(path, wrong, Requests.Key("four"))).Refuses(422, "rules-broken");
        Assert.Equal(0, await api.Owner.Count("idempotency where key = 'four'"));
        (await client.Post(path, Given.Agreement(unit), Requests.Key("four"))).Is(201);
        Assert.Equal(1, await api.Owner.Count("idempotency where key = 'four'"));
    }

    [Fact]
    public async Task A_request_whose_answer_was_lost_has_one_effect_when_it_is_sent_again()
    {
        var draft = await Given.DraftedAgreement();
        var hand = Given.WayOfAgreement(draft.Satker, Given.Unit(draft))[0];
        await using var network = new Swallower(api.Address);
        using var lost = api.At(network.Address, hand.Post);
        (string, string)[] headers = [Requests.IfMatch(1), Requests.Key("lost")];

        await Assert.ThrowsAsync<HttpRequestException>(() => lost.Post(draft.SignOffs, Given.ActBody(draft, hand), headers));
        var again = (await api.As(hand.Post).Post(draft.SignOffs, Given.ActBody(draft, hand), headers)).Is(200);

        Assert.Equal(1, network.Swallowed);
        Assert.Equal("true", again.Header("Idempotency-Replayed"));
        Assert.Equal(2, Doc.Of(again).Version);
        await HasVersions(draft, 2);
    }

    [Fact]
    public async Task An_appointment_is_retried_as_safely()
    {
        var appointment = new JsonObject
        {
            ["post"] = "operator",
            ["subject"] = "nobody",
            ["capacity"] = "plt",
            ["decree"] = "SK",
            ["from"] = "2024-01-01",
        };
        var client = api.As("5305.sekretaris");

        var first = (await client.Post("/v1/satker/5305/posts", appointment, Requests.Key("five"))).Is(201);
        var second = (await client.Post("/v1/satker/5305/posts", appointment, Requests.Key("five"))).Is(201);

        Assert.Equal(first.Body, second.Body);
        Assert.Equal(1, await api.Owner.Count("posting where satker = '5305' and subject = 'nobody'"));
    }

    private async Task HasVersions(Doc document, int versions)
    {
        Assert.Equal(versions, await api.Owner.Count($"document_version where id = '{document.Id}'"));
        Assert.Equal(versions, await api.Owner.Count($"journal where id = '{document.Id}'"));
        Assert.Equal([$"{versions}"], await api.Owner.Rows($"select version from document where id = '{document.Id}'"));
    }
}
