using System.Text.Json.Nodes;

namespace Kinerja.Api.Tests;

/// <summary>What is at the edge of what HTTP and JSON allow is answered, never a fault and never a silent change.</summary>
public sealed class HostileInputTests(Api api) : IClassFixture<Api>
{
    [Theory]
    [InlineData("1e-30")]
    [InlineData("70.4500000000000000000000000000000001")]
    [InlineData("1234567890123456")]
    [InlineData("1e400")]
    public async Task A_number_that_could_not_be_kept_exactly_is_refused_and_never_rounded(string number)
    {
        var body = $$"""
            {"year":2024,"unit":"kul","date":"2024-01-29","lines":[
              {"no":"1","sasaran":"s","wording":"w","indicator":"SP.01","target":{"kind":"percent","value":{{number}}} }]}
            """;

        var answer = await api.As("5301.sekretaris").Post("/v1/satker/5301/agreements", body.Replace("kul", "sekretaris", StringComparison.Ordinal));

        Assert.Contains("/lines/0/target/value", answer.Text, StringComparison.Ordinal);
        Assert.Contains("too-many-digits", answer.Text, StringComparison.Ordinal);
        Assert.True(answer.Status is 400 or 422);
    }

    [Theory]
    [InlineData(99, false)]
    [InlineData(100, true)]
    [InlineData(80_000, true)]
    public async Task A_hundred_faults_are_named_and_that_there_are_more(int wrong, bool more)
    {
        var body = $"{{{string.Join(',', Enumerable.Range(0, wrong).Select(number => $"\"x{number}\":1"))}}}";

        var errors = Errors((await api.As("5305.kul").Post("/v1/sign-offs:batch", body)).Refuses(400, "malformed-request"));

        Assert.Equal(more, errors.Contains(("", "more-faults")));
        Assert.Equal(more ? 101 : 100, errors.Count); // The member that is missing is one of them.
    }

    private static List<(string Pointer, string Code)> Errors(Answer answer) =>
        [.. answer.Json["errors"]!.AsArray().Select(error => ((string)error!["pointer"]!, (string)error["code"]!))];

    [Fact]
    public async Task Too_many_items_are_counted_and_not_looked_at() =>
        (await api.As("5305.kul").Post("/v1/sign-offs:batch", $$"""{"items":[{{string.Join(',', Enumerable.Repeat("1", 480_000))}}]}"""))
            .Refuses(400, "malformed-request", ("/items", "bad-count"));

    [Fact]
    public async Task An_empty_post_in_an_act_is_named()
    {
        var draft = await api.Given.DraftedAgreement();
        var act = Given.ActBody(draft, new Hand("sign", ""));

        (await api.As($"{draft.Satker}.ketua").Post(draft.SignOffs, act, Requests.IfMatch(1)))
            .Refuses(400, "malformed-request", ("/post", "bad-format"));
    }

    [Theory]
    [InlineData("")]
    [InlineData("a/b")]
    [InlineData("É1")]
    [InlineData("AK.01\n")]
    public async Task A_code_that_could_not_be_an_address_is_refused(string code) =>
        (await api.As("00.admin-katalog").Post("/v1/indicators", Indicators.Of(2024).First() with { Code = code }))
            .Refuses(400, "malformed-request", ("/code", "bad-format"));

    [Fact]
    public async Task An_indicator_defined_twice_is_a_conflict_and_one_whose_method_cannot_work_is_refused()
    {
        var indicator = Indicators.Of(2024).First(one => one.Kind == ValueKind.AkipGrade);

        (await api.As("00.admin-katalog").Post("/v1/indicators", indicator)).Refuses(409, "already-exists");
        (await api.As("00.admin-katalog").Post("/v1/indicators", indicator with
        {
            Code = "ZZ.01",
            Rollup = new RollupRule(indicator.Code, AgreementLevel.Ketua, RollupMethod.WeightedRatio,
                new Population(Self: false, Reach.Children, OnlyCarrying: false)),
        })).Refuses(422, "rules-broken", ("/rollup/method", "method-does-not-fit"));
    }

    [Fact]
    public async Task A_key_is_the_same_key_however_the_address_is_written()
    {
        var posting = new Posting("operator", "nobody", Capacity.Definitive, "SK uji", new DateOnly(2020, 1, 1));
        var key = Requests.Key("one-key-many-spellings");

        var first = (await api.As("5303.sekretaris").Post("/v1/satker/5303/posts", posting, key)).Is(201);
        foreach (var spelling in new[] { "/v1/satker/5303/posts/", "/V1/satker/5303/POSTS" })
        {
            var again = (await api.As("5303.sekretaris").Post(spelling, posting, key)).Is(201);
            Assert.Equal(first.Body, again.Body);
            Assert.Equal("true", again.Header("Idempotency-Replayed"));
        }
    }

    [Theory]
    [InlineData("/v1/satker/53/agreements", "5305.ketua")]
    [InlineData("/v1/satker?pageSize=x", null)]
    public async Task A_problem_that_began_as_an_exception_carries_the_headers_of_every_answer(string path, string? account)
    {
        var client = account is null ? api.Nobody() : api.As(account);
        var answer = account is null ? await client.Get(path) : await client.Post(path, "{", Requests.Key(""));

        answer.Is(400);
        Assert.True(Guid.TryParse(answer.Header("Kinerja-Request-Id"), out _));
        Assert.Equal("nosniff", answer.Header("X-Content-Type-Options"));
    }

    [Theory]
    [InlineData("EN", "en")]
    [InlineData("EN-us, id;q=0.5", "en")]
    [InlineData("en;q=0", "id")]
    [InlineData("fr, de", "id")]
    public async Task The_language_is_the_one_preferred(string wanted, string language)
    {
        var answer = await api.Nobody().Get("/v1/satker/none", ("Accept-Language", wanted));

        Assert.Equal(Texts.Of("not-found", language), answer.Refuses(404, "not-found").Detail);
    }

    [Fact]
    public async Task A_field_that_this_document_happens_to_lack_is_left_out_and_one_that_none_has_is_refused()
    {
        var answer = await api.Nobody().Get("/v1/satker/5305?fields=id,content.dipaCode");

        Assert.Equal(["id", "content"], answer.Is(200).Json.AsObject().Select(member => member.Key));
        (await api.Nobody().Get("/v1/satker/5305?fields=content.dipacode"))
            .Refuses(400, "malformed-request", ("", "unknown-field"));
    }

    [Fact]
    public async Task A_body_of_another_charset_or_kind_is_415()
    {
        foreach (var type in new[] { "application/json; charset=utf-16", "application/ld+json", "text/json" })
        {
            var content = Requests.Content(new JsonObject());
            content.Headers.ContentType = System.Net.Http.Headers.MediaTypeHeaderValue.Parse(type);
            (await api.As("5305.ketua").Send(HttpMethod.Post, "/v1/satker/5305/agreements", content, Requests.Key("k")))
                .Refuses(415, "not-json");
        }
    }
}
