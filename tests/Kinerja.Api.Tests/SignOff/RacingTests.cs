namespace Kinerja.Api.Tests;

public sealed class RacingTests(Api api) : IClassFixture<Api>
{
    private const int Racers = 8;

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    public async Task One_of_eight_simultaneous_signatures_is_taken(int round)
    {
        var draft = await api.Given.DraftedAgreement();
        var hand = Given.WayOfAgreement(draft.Satker, Given.Unit(draft))[0];

        var answers = await Task.WhenAll(Enumerable.Range(0, Racers).Select(_ => api.Given.Act(draft, hand)));

        Assert.True(answers.Count(answer => answer.Status == 200) == 1, $"round {round}");
        Assert.All(answers.Where(answer => answer.Status != 200), answer => Assert.True(answer.Status is 409 or 412, answer.Text));
        Assert.Equal(2, await api.Owner.Count($"document_version where id = '{draft.Id}'"));
        Assert.Equal(2, await api.Owner.Count($"journal where id = '{draft.Id}'"));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task One_of_eight_simultaneous_drafts_for_the_same_unit_is_taken(int round)
    {
        var (satker, unit) = api.Given.FreshUnit();

        var answers = await Task.WhenAll(Enumerable.Range(0, Racers).Select(_ =>
            api.As($"{satker}.{unit}").Post($"/v1/satker/{satker}/agreements", Given.Agreement(unit))));

        Assert.True(answers.Count(answer => answer.Status == 201) == 1, $"round {round}");
        Assert.All(answers.Where(answer => answer.Status != 201), answer => answer.Refuses(409, "already-exists"));
        Assert.Equal(1, await api.Owner.Count($"document where kind = 'agreement' and satker = '{satker}' and unit = '{unit}'"));
    }

    [Fact]
    public async Task Of_eight_simultaneous_redrafts_of_a_version_one_is_taken()
    {
        var draft = await api.Given.DraftedAgreement();
        var unit = Given.Unit(draft);

        var answers = await Task.WhenAll(Enumerable.Range(1, Racers).Select(target =>
            api.As($"{draft.Satker}.{unit}").Put(draft.Path, Given.Agreement(unit, 2024, Given.Line(target: new Value.Percent(target))),
                Requests.IfMatch(1))));

        Assert.Single(answers, answer => answer.Status == 200);
        Assert.All(answers.Where(answer => answer.Status != 200), answer => answer.Refuses(412, "stale"));
    }

    [Fact]
    public async Task Eight_requests_with_one_key_have_one_effect()
    {
        var (satker, unit) = api.Given.FreshUnit();

        var answers = await Task.WhenAll(Enumerable.Range(0, Racers).Select(_ =>
            api.As($"{satker}.{unit}").Post($"/v1/satker/{satker}/agreements", Given.Agreement(unit), Requests.Key("twins"))));

        Assert.All(answers.Where(answer => answer.Status != 201), answer => answer.Refuses(409, "key-in-flight"));
        Assert.Single(answers, answer => answer.Status == 201 && answer.Header("Idempotency-Replayed") is null);
        Assert.Single(answers.Where(answer => answer.Status == 201).Select(answer => answer.Text).Distinct());
        Assert.Equal(1, await api.Owner.Count($"journal where satker = '{satker}' and kind = 'agreement'"));
    }
}
