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
    public async Task An_appointment_ends_at_once_on_its_very_day_too_and_leaves_the_post_free()
    {
        var head = Head("kul", Capacity.Definitive, "2020-01-01") with { Subject = "one-day" };
        var appointed = (await Appoint("5309", head)).Is(201);

        (await Administrator.Put($"{appointed.Headers.Location}", head with { Until = new DateOnly(2019, 12, 31) }, Requests.IfMatch(1)))
            .Refuses(422, "rules-broken", ("/until", "until-before-from"));
        (await Administrator.Put($"{appointed.Headers.Location}", head with { Until = head.From }, Requests.IfMatch(1))).Is(200);

        Assert.DoesNotContain("one-day", (await Administrator.Get("/v1/satker/5309/posts?asOf=2020-01-01")).Is(200).Text, StringComparison.Ordinal);
        (await Appoint("5309", head with { Subject = "another", From = new DateOnly(2019, 1, 1) })).Is(201);
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

    [Theory]
    [InlineData("definitive", "post-already-held")]
    [InlineData("plt", "post-not-vacant")]
    public async Task A_post_with_a_definitive_holder_takes_neither_a_second_nor_a_Plt_but_a_Plh(string capacity, string code)
    {
        var second = Head("sekretaris", Words.Read<Capacity>(capacity), "2021-01-01");

        (await Appoint("5301", second)).Refuses(409, code);
        (await Appoint("5301", second with { Capacity = Capacity.Plh })).Is(201);
    }

    [Fact]
    public async Task A_vacant_post_takes_a_Plt_and_no_Plh_and_after_him_a_definitive_holder()
    {
        var plt = Head("kul", Capacity.Plt, "2021-01-01");
        (await Appoint("5307", plt with { Capacity = Capacity.Plh })).Refuses(409, "nobody-to-stand-in-for");
        var appointed = (await Appoint("5307", plt)).Is(201);
        (await Appoint("5307", plt with { Subject = "another" })).Refuses(409, "post-has-acting-holder");
        (await Appoint("5307", Head("kul", Capacity.Definitive, "2022-01-01"))).Refuses(409, "post-has-acting-holder");
        (await Appoint("5307", plt with { Subject = "another", Capacity = Capacity.Plh })).Is(201);

        var path = $"/v1/satker/5307/posts/{appointed.Json["id"]}";
        (await Administrator.Put(path, plt with { Until = new DateOnly(2022, 1, 1) }, Requests.IfMatch(1))).Is(200);

        (await Appoint("5307", Head("kul", Capacity.Definitive, "2022-01-01"))).Is(201);
        (await Administrator.Put(path, plt, Requests.IfMatch(2))).Refuses(409, "post-not-vacant");
    }

    [Fact]
    public async Task The_register_tells_who_held_which_post_on_a_day_how_and_by_which_decree()
    {
        var first = Head("tpph", Capacity.Definitive, "2021-01-01") with { Decree = "SK 1/2021", Until = new DateOnly(2022, 1, 1) };
        var acting = Head("tpph", Capacity.Plt, "2022-01-01") with { Decree = "SK 2/2022", Subject = "acting" };
        (await Appoint("5308", first)).Is(201);
        (await Appoint("5308", acting)).Is(201);

        foreach (var (day, holder) in new[]
        {
            ("2020-12-31", null), ("2021-01-01", "nobody definitive SK 1/2021"), ("2021-12-31", "nobody definitive SK 1/2021"),
            ("2022-01-01", "acting plt SK 2/2022"), ("2190-01-01", "acting plt SK 2/2022"),
        })
        {
            var rows = (await Administrator.Get($"/v1/satker/5308/posts?asOf={day}")).Is(200).Json["items"]!.AsArray()
                .Where(row => (string)row!["post"]! == "5308.tpph").Select(row => $"{row!["subject"]} {row["capacity"]} {row["decree"]}");
            Assert.Equal(holder is null ? [] : [holder], rows);
        }
    }

    [Fact]
    public async Task A_system_client_is_bound_to_one_office()
    {
        var system = new Posting("sistem", "client:of-53", Capacity.Definitive, "SK uji", new DateOnly(2020, 1, 1));
        var bound = (await api.As("53.sekretaris").Post("/v1/satker/53/posts", system)).Is(201);

        (await api.As("52.sekretaris").Post("/v1/satker/52/posts", system)).Refuses(409, "system-bound-elsewhere");
        (await api.As("52.sekretaris").Post("/v1/satker/52/posts", system with { Post = "operator" }))
            .Refuses(409, "system-bound-elsewhere");
        (await api.As("53.sekretaris").Post("/v1/satker/53/posts", system with { Post = "operator", Subject = "client:of-53" })).Is(201);
        (await api.As("52.sekretaris").Post("/v1/satker/52/posts", system with { Subject = "client:of-52" })).Is(201);

        (await api.As("53.sekretaris").Put($"{bound.Headers.Location}", system with { Until = new DateOnly(2021, 1, 1) }, Requests.IfMatch(1)))
            .Is(200);
        (await api.As("52.sekretaris").Post("/v1/satker/52/posts", system)).Refuses(409, "system-bound-elsewhere");
    }

    [Theory]
    [InlineData("5305", "verifikator")]
    [InlineData("5305", "inspektur")]
    [InlineData("53", "admin-periode")]
    [InlineData("53", "admin-katalog")]
    [InlineData("53", "sekjen")]
    [InlineData("5305", "ren")]
    public async Task A_post_that_the_office_does_not_have_is_nobodys(string satker, string post) =>
        (await Appoint(satker, Head(post, Capacity.Definitive, "2024-01-01")))
            .Refuses(422, "rules-broken", ("/post", "unknown-post"));

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

    private HttpClient Administrator => api.As("00.admin-periode");

    private static Posting Head(string post, Capacity capacity, string from) =>
        new(post, "nobody", capacity, "SK uji", DateOnly.Parse(from, null));

    private Task<Answer> Appoint(string satker, Posting posting) => Administrator.Post($"/v1/satker/{satker}/posts", posting);
}
