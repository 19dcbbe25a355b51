namespace Kinerja.Api.Tests;

public sealed class RateLimitTests(Api api) : IClassFixture<Api>, IAsyncLifetime
{
    private readonly Clock clock = new() { Now = new DateTimeOffset(2026, 1, 5, 2, 0, 18, TimeSpan.Zero) };
    private StubIssuer issuer = null!;

    public async ValueTask InitializeAsync() => issuer = await StubIssuer.Start();

    public ValueTask DisposeAsync() => issuer.DisposeAsync();

    [Fact]
    public async Task A_client_is_told_what_is_left_and_waits_for_the_next_minute_when_nothing_is()
    {
        var address = Limited(client: 3, satker: 0);
        var kul = api.Bearing(address, "5305.kul");
        foreach (var left in new[] { 2, 1, 0 })
        {
            var answer = (await kul.Get("/v1/me")).Is(200);
            Assert.Equal("\"client\";q=3;w=60", answer.Header("RateLimit-Policy"));
            Assert.Equal($"\"client\";r={left};t=42", answer.Header("RateLimit"));
        }

        var refused = (await kul.Get("/v1/me")).Refuses(429, "too-many-requests");
        Assert.Equal(("42", "\"client\";r=0;t=42"), (refused.Header("Retry-After"), refused.Header("RateLimit")));
        (await kul.Get("/v1/me", Requests.English)).Refuses(429, "too-many-requests");
        (await api.Bearing(address, "5305.ketua").Get("/v1/me")).Is(200);

        clock.Now = clock.Now.AddSeconds(42);
        Assert.Equal("\"client\";r=2;t=60", (await kul.Get("/v1/me")).Is(200).Header("RateLimit"));
    }

    [Fact]
    public async Task A_satker_has_a_quota_of_its_own_whoever_asks()
    {
        var address = Limited(client: 10, satker: 2);
        Assert.Equal("\"client\";r=9;t=42, \"satker\";r=1;t=42",
            (await api.Bearing(address, "5305.kul").Get("/v1/satker/5305")).Is(200).Header("RateLimit"));
        (await api.Bearing(address, "53.ketua").Get("/v1/satker/5305/posts")).Is(200);

        (await api.Bearing(address, "5305.ketua").Get("/v1/satker/5305")).Refuses(429, "too-many-requests");
        (await api.Bearing(address, "5305.ketua").Get("/v1/satker/53")).Is(200);
        (await api.Bearing(address, "5305.ketua").Get("/v1/me")).Is(200);
    }

    [Fact]
    public async Task The_quota_of_a_satker_is_that_of_the_query_too()
    {
        var address = Limited(client: 10, satker: 2);
        (await api.Bearing(address, "5305.ketua").Get("/v1/audit?satker=5305")).Is(200);
        (await api.Bearing(address, "5305.ketua").Get("/v1/changes?after=now&satker=5305")).Is(200);

        (await api.Bearing(address, "5305.ketua").Get("/v1/audit?satker=5305")).Refuses(429, "too-many-requests");
        (await api.Bearing(address, "5305.ketua").Get("/v1/satker/5305")).Refuses(429, "too-many-requests");
        (await api.Bearing(address, "5305.ketua").Get("/v1/audit")).Is(200);
    }

    [Theory]
    [InlineData("/v1/satker/53")]
    [InlineData("/V1/satker/53")]
    [InlineData("/%76%31/SATKER/53/")]
    [InlineData("/v1/no-such-thing", 404)]
    [InlineData("/no-such-thing", 404)]
    [InlineData("/health/ready")]
    [InlineData("/version")]
    [InlineData("/problems/stale")]
    [InlineData("/.well-known/webhook-keys")]
    [InlineData("/openapi/kinerja.v1.json")]
    [InlineData("/OpenApi/kinerja.v1.json")]
    [InlineData("/docs/index.html")]
    public async Task However_a_path_is_written_it_is_counted(string path, int status = 200)
    {
        var nobody = api.Nobody(Limited(client: 1, satker: 0));
        var first = await nobody.Get(path);

        Assert.Equal("\"client\";r=0;t=42", first.Is(status).Header("RateLimit"));
        (await nobody.Get(path)).Refuses(429, "too-many-requests");
        (await nobody.Get("/health/live")).Is(200);
    }

    [Fact]
    public async Task Callers_without_a_token_and_with_a_bad_one_are_counted_by_their_address()
    {
        var address = Limited(client: 2, satker: 0);
        issuer.Revokes("bad");
        (await api.Bearing(address, "5305.kul").Get("/v1/satker")).Is(200); // Not known yet, so it is counted by both.
        (await api.Bearing(address, "bad").Get("/v1/satker")).Refuses(401, "token-invalid");

        (await api.Nobody(address).Get("/v1/satker")).Refuses(429, "too-many-requests");
        (await api.Bearing(address, "5305.kul").Get("/v1/satker")).Is(200);
        (await api.Nobody(address).Get("/health/live")).Is(200);
    }

    [Fact]
    public async Task The_issuer_is_asked_no_more_often_than_the_address_may_ask()
    {
        var address = Limited(client: 2, satker: 0);
        (await api.Bearing(address, "5305.kul").Get("/v1/me")).Is(200);
        (await api.Bearing(address, "5305.ketua").Get("/v1/me")).Is(200);
        foreach (var path in new[] { "/v1/me", "/v1/satker/5305", "/health/live" })
        {
            (await api.Bearing(address, $"unknown {path}").Get(path)).Refuses(429, "too-many-requests");
        }

        Assert.Equal(2, issuer.Questions);
        (await api.Bearing(address, "5305.kul").Get("/v1/me")).Is(200); // What is known of a token is asked of nobody.
        Assert.Equal(2, issuer.Questions);
    }

    [Theory]
    [InlineData("5305.kul", 404, "not-found")]
    [InlineData("bad", 401, "token-invalid")]
    public async Task An_act_that_asks_the_issuer_afresh_is_counted_before_and_once(string token, int status, string code)
    {
        var kul = api.Bearing(Limited(client: 3, satker: 0), token);
        issuer.Revokes("bad");
        await kul.Get("/v1/me"); // Unknown yet: one of the address, and one of its own when it is good.
        for (var left = 1; left >= 0; left--)
        {
            Assert.Equal($"\"client\";r={left};t=42", (await Act()).Refuses(status, code).Header("RateLimit"));
        }

        (await Act()).Refuses(429, "too-many-requests");
        Assert.Equal(3, issuer.Questions);

        Task<Answer> Act() => kul.Post("/v1/satker/5305/realizations/none/sign-offs",
            $$"""{"act":"submit","post":"5305.kul","contentHash":"sha256:{{new string('0', 64)}}"}""", Requests.IfMatch(1));
    }

    [Fact]
    public async Task An_answer_made_from_an_exception_says_what_is_left_too() => Assert.Equal("\"client\";r=4;t=42",
        (await api.Bearing(Limited(client: 5, satker: 0), "5305.kul").Get("/v1/satker?asOf=yesterday"))
            .Refuses(400, "malformed-request").Header("RateLimit"));

    [Fact]
    public async Task Without_limits_nothing_is_said_and_by_default_they_are_far_away()
    {
        Assert.Null((await api.Nobody(Limited(client: 0, satker: 0)).Get("/v1/satker/5305")).Is(200).Header("RateLimit"));
        Assert.Equal("\"client\";q=60000;w=60, \"satker\";q=600000;w=60",
            (await api.Nobody().Get("/v1/satker/5305")).Is(200).Header("RateLimit-Policy"));
    }

    [Fact]
    public async Task Of_many_requests_at_once_exactly_the_quota_is_answered()
    {
        var kul = api.Bearing(Limited(client: 25, satker: 0), "5305.kul");

        var answers = await Task.WhenAll(Enumerable.Range(0, 60).Select(_ => kul.Get("/v1/satker/5305/units")));

        Assert.Equal(25, answers.Count(answer => answer.Status == 200));
        Assert.All(answers.Where(answer => answer.Status != 200), answer => answer.Refuses(429, "too-many-requests"));
    }

    private Uri Limited(int client, int satker) =>
        api.With(issuer, clock, ("RateLimits:Client", $"{client}"), ("RateLimits:Satker", $"{satker}"));
}
