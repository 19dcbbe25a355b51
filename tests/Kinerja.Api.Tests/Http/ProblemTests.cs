namespace Kinerja.Api.Tests;

public sealed class ProblemTests(Api api) : IClassFixture<Api>
{
    [Theory]
    [InlineData("GET", "/nowhere", 404, "not-found")]
    [InlineData("GET", "/v1/nowhere", 404, "not-found")]
    [InlineData("GET", "/v1/satker/9999", 404, "not-found")]
    [InlineData("GET", "/v1/years/abc/policy", 404, "not-found")]
    [InlineData("GET", "/problems/no-such-code", 404, "not-found")]
    [InlineData("DELETE", "/v1/satker", 405, "method-not-allowed")]
    [InlineData("PATCH", "/v1/satker/5305/agreements/x", 405, "method-not-allowed")]
    [InlineData("GET", "/v1/me", 401, "not-authenticated")]
    [InlineData("POST", "/v1/satker/5305/agreements", 401, "not-authenticated")]
    public async Task The_frameworks_own_errors_are_problems_too(string method, string path, int status, string code)
    {
        using var body = method == "POST" ? Requests.Content("{}") : null;

        var problem = (await api.Nobody().Send(new HttpMethod(method), path, body)).Refuses(status, code);

        Assert.Equal(path, (string)problem.Json["instance"]!);
        Assert.Equal($"/problems/{code}", (string)problem.Json["type"]!);
        Assert.Equal("no-store", problem.Header("Cache-Control"));
    }

    [Theory]
    [InlineData("Bearer nonsense", "token-invalid")]
    [InlineData("Bearer ", "token-invalid")]
    [InlineData("Basic YTpi", "not-authenticated")]
    public async Task A_token_that_is_not_good_is_refused_also_where_none_is_needed(string header, string code)
    {
        foreach (var path in new[] { "/v1/me", "/v1/satker/5305", "/health/live" })
        {
            var problem = (await api.Nobody().Get(path, ("Authorization", header))).Refuses(401, code);
            Assert.Equal(code == "token-invalid" ? "Bearer realm=\"kinerja\", error=\"invalid_token\"" : "Bearer realm=\"kinerja\"",
                problem.Header("WWW-Authenticate"));
        }

        Assert.Equal("Bearer realm=\"kinerja\"", (await api.Nobody().Get("/v1/me")).Header("WWW-Authenticate"));
    }

    [Theory]
    [InlineData("", "id")]
    [InlineData("id", "id")]
    [InlineData("en", "en")]
    [InlineData("en-GB", "en")]
    [InlineData("fr", "id")]
    [InlineData("fr, en;q=0.8, id;q=0.5", "en")]
    [InlineData("en;q=0.3, id;q=0.9", "id")]
    public async Task Words_follow_Accept_Language_and_codes_do_not(string accepted, string expected)
    {
        var problem = (await api.Nobody().Get("/v1/satker/9999", ("Accept-Language", accepted))).Refuses(404, "not-found");

        Assert.Equal(expected == "en" ? "Not found" : "Tidak ditemukan", (string)problem.Json["title"]!);
        Assert.Equal(
            expected == "en" ? "There is none, or it is not yours to see." : "Tidak ada, atau bukan wewenang Anda untuk melihatnya.",
            problem.Detail);
        Assert.Equal("Accept-Language", problem.Header("Vary")); // Once.
    }

    [Fact]
    public async Task A_refusal_in_English_names_the_same_posts()
    {
        var draft = await api.Given.DraftedAgreement();
        var hand = Given.WayOfAgreement(draft.Satker, Given.Unit(draft))[0];

        var refused = (await api.Given.Act(draft, hand, "53.ketua", Requests.English)).Refuses(403, "post-not-held");

        Assert.Equal($"This needs the post {hand.Post}; the posts you hold now: 53.ketua.", refused.Detail);
    }

    [Fact]
    public async Task Every_code_has_a_page_in_both_languages()
    {
        foreach (var code in Texts.Codes)
        {
            var page = (await api.Nobody().Get($"/problems/{code}")).Is(200);
            Assert.Equal("text/html", page.ContentType);
            Assert.Contains(System.Net.WebUtility.HtmlEncode(Texts.Of(code, Language.Indonesian)), page.Text, StringComparison.Ordinal);
            Assert.Contains(System.Net.WebUtility.HtmlEncode(Texts.Of(code, Language.English)), page.Text, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task A_service_without_its_database_says_that_it_is_away_and_lives()
    {
        var address = api.With(("ConnectionStrings:App", "Host=127.0.0.1;Port=1;Username=x;Password=x;Database=x;Timeout=2"));
        using var client = api.At(address, "5305.kul");

        var away = (await client.Get("/v1/satker/5305")).Refuses(503, "unavailable");
        Assert.Equal("1", away.Header("Retry-After"));
        (await client.Get("/health/ready")).Refuses(503, "unavailable");
        (await client.Get("/health/live")).Is(200);
    }

    [Fact]
    public async Task A_service_without_its_issuer_says_that_it_is_away_and_serves_what_is_public()
    {
        var address = api.With(("Identity:Issuer", "http://127.0.0.1:1"));
        using var client = api.At(address, "5305.kul");
        using var anonymous = new HttpClient { BaseAddress = address };

        (await client.Get("/v1/me")).Refuses(503, "unavailable");
        (await anonymous.Get("/v1/satker/5305")).Is(200);
    }
}
