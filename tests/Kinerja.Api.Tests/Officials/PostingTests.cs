namespace Kinerja.Api.Tests;

public sealed class PostingTests(Api api) : IClassFixture<Api>
{
    private static readonly Posting Operator = new("operator", "somebody", Capacity.Definitive, "SK uji", new DateOnly(2020, 1, 1));

    [Fact]
    public async Task A_posting_that_is_ended_takes_its_power_with_it_at_once()
    {
        const string posts = "/v1/satker/5304/posts";
        (await api.As("nobody").Post("/v1/satker/5304/agreements", Given.Agreement("kul"))).Refuses(404, "not-found");
        var appointed = (await api.As("5304.sekretaris").Post(posts, Operator with { Subject = "nobody" })).Is(201);
        (await api.As("nobody").Post("/v1/satker/5304/agreements", Given.Agreement("kul"))).Is(201);

        var ended = await api.As("5304.sekretaris").Put(
            $"{posts}/{appointed.Json["id"]}", Operator with { Subject = "nobody", Until = new DateOnly(2020, 1, 2) }, Requests.IfMatch(1));

        Assert.Equal(2, (int)ended.Is(200).Json["version"]!);
        (await api.As("nobody").Post("/v1/satker/5304/agreements", Given.Agreement("hsdm"))).Refuses(404, "not-found");
    }

    [Fact]
    public async Task A_posting_is_found_where_its_location_says()
    {
        var appointed = (await api.As("5303.sekretaris").Post("/v1/satker/5303/posts", Operator)).Is(201);

        var found = (await api.As("5303.sekretaris").Get($"{appointed.Headers.Location}")).Is(200);

        Assert.Equal((string)appointed.Json["contentHash"]!, (string)found.Json["contentHash"]!);
        (await api.As("5302.sekretaris").Get($"{appointed.Headers.Location}")).Refuses(404, "not-found");
    }

    [Fact]
    public async Task Of_a_posting_only_its_end_changes()
    {
        var appointed = (await api.As("5302.sekretaris").Post("/v1/satker/5302/posts", Operator)).Is(201);
        var path = $"/v1/satker/5302/posts/{appointed.Json["id"]}";

        (await api.As("5302.sekretaris").Put(path, Operator with { Subject = "nobody" }, Requests.IfMatch(1)))
            .Refuses(422, "only-the-end", ("", "only-the-end"));
        (await api.As("5302.ketua").Put(path, Operator with { Until = new DateOnly(2030, 1, 1) }, Requests.IfMatch(1)))
            .Refuses(403, "may-not-appoint");
        (await api.As("5302.sekretaris").Put(path, Operator with { Until = new DateOnly(2030, 1, 1) }, Requests.IfMatch(7)))
            .Refuses(412, "stale");
    }

    [Fact]
    public async Task A_unit_has_one_definitive_head_at_a_time_and_an_acting_one_beside()
    {
        var second = new Posting("sekretaris", "nobody", Capacity.Definitive, "SK uji", new DateOnly(2021, 1, 1));
        const string posts = "/v1/satker/5301/posts";

        (await api.As("53.sekretaris").Post(posts, second)).Refuses(409, "post-already-held");
        (await api.As("53.sekretaris").Post(posts, second with { Capacity = Capacity.Plh })).Is(201);
    }

    [Fact]
    public async Task Of_two_heads_appointed_at_the_same_instant_one_is_refused()
    {
        var heads = Enumerable.Range(0, 8).Select(n =>
            new Posting("kul", $"racer-{n}", Capacity.Definitive, "SK uji", new DateOnly(2021, 1, 1)));

        var answers = await Task.WhenAll(heads.Select(head => api.As("00.admin-periode").Post("/v1/satker/5306/posts", head)));

        Assert.Single(answers, answer => answer.Status == 201);
        Assert.All(answers.Where(answer => answer.Status != 201), answer => answer.Refuses(409, "post-already-held"));
    }

    [Theory]
    [InlineData("client:dashboard-53", "ketua", "not-for-a-system")]
    [InlineData("client:dashboard-53", "verifikator", "not-for-a-system")]
    [InlineData("nobody", "sistem", "only-for-a-system")]
    public async Task A_system_is_appointed_only_to_read_and_to_draft(string subject, string post, string code)
    {
        var wanted = new Posting(post, subject, Capacity.Plh, "SK uji", new DateOnly(2020, 1, 1));

        (await api.As("00.admin-periode").Post("/v1/satker/53/posts", wanted)).Refuses(422, "rules-broken", ("/post", code));
    }

    [Fact]
    public async Task Ri_appoints_for_itself_although_no_office_is_above()
    {
        var answer = await api.As("00.sekjen").Post("/v1/satker/00/posts", Operator);

        Assert.Equal("operator", (string)answer.Is(201).Json["content"]!["post"]!);
        (await api.As("53.sekretaris").Post("/v1/satker/00/posts", Operator)).Refuses(403, "may-not-appoint");
    }
}
