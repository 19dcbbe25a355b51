using System.Text.Json.Nodes;

namespace Kinerja.Api.Tests;

/// <summary>Which tokens count, how long an answer of the issuer stands, and what happens while it is away.</summary>
public sealed class TokenTests(Api api) : IClassFixture<Api>, IAsyncLifetime
{
    private const string Account = "5305.kul";
    private const string Refused = "Bearer realm=\"kinerja\", error=\"invalid_token\"";
    private readonly Clock clock = new();
    private StubIssuer issuer = null!;
    private Uri address = null!;

    public async ValueTask InitializeAsync()
    {
        issuer = await StubIssuer.Start();
        address = api.With(issuer, clock);
    }

    public ValueTask DisposeAsync() => issuer.DisposeAsync();

    [Fact]
    public async Task An_answer_of_the_issuer_stands_for_thirty_seconds_and_no_longer()
    {
        (await Me(Account)).Is(200);
        issuer.Revokes(Account);

        clock.Now = clock.Now.AddMilliseconds(29_900);
        (await Me(Account)).Is(200);
        Assert.Equal(1, issuer.Questions);

        clock.Now = clock.Now.AddMilliseconds(100);
        Assert.Equal(Refused, (await Me(Account)).Refuses(401, "token-invalid").Header("WWW-Authenticate"));
    }

    [Fact]
    public async Task An_act_asks_afresh_so_a_revoked_token_signs_nothing_from_that_instant_on()
    {
        (await Me(Account)).Is(200);
        (await Act(Account)).Refuses(404, "not-found"); // It was let in, and finds no such document.
        issuer.Revokes(Account);

        (await Act(Account)).Refuses(401, "token-invalid");
        (await Me(Account)).Refuses(401, "token-invalid"); // What the act learned holds for all.
    }

    [Fact]
    public async Task An_answer_that_was_asked_for_before_a_revocation_does_not_outlive_it()
    {
        var late = new TaskCompletionSource();
        issuer.Held = late.Task;
        var asked = Me(Account);
        await Eventually.Holds(() => Task.FromResult(issuer.Questions == 1)); // It says yes, and the answer is on its way.
        issuer.Held = Task.CompletedTask;
        issuer.Revokes(Account);
        (await Act(Account)).Refuses(401, "token-invalid");

        late.SetResult();
        (await asked).Is(200);
        (await Me(Account)).Refuses(401, "token-invalid");
        Assert.Equal(2, issuer.Questions);
    }

    [Fact]
    public async Task A_token_ends_at_its_own_end_although_the_issuers_answer_still_stands()
    {
        var end = clock.Now.AddSeconds(10).ToUnixTimeSeconds();
        issuer.Says(Account, answer => answer["exp"] = end);
        (await Me(Account)).Is(200);

        clock.Now = clock.Now.AddSeconds(9);
        (await Me(Account)).Is(200);
        clock.Now = clock.Now.AddSeconds(1);
        Assert.Equal(Refused, (await Me(Account)).Refuses(401, "token-invalid").Header("WWW-Authenticate"));
    }

    [Theory]
    [InlineData(500, "a fault")]
    [InlineData(401, "not this client")]
    [InlineData(200, "no JSON")]
    [InlineData(200, null)]
    public async Task While_the_issuer_is_ill_known_tokens_live_on_for_thirty_seconds_unknown_ones_and_acts_wait(int status, string? body)
    {
        (await Me(Account)).Is(200);
        issuer.Ill = (status, body);

        (await Me(Account)).Is(200);
        Assert.Equal("1", (await Me("5305.ketua")).Refuses(503, "unavailable").Header("Retry-After"));
        Assert.Equal("1", (await Act(Account)).Refuses(503, "unavailable").Header("Retry-After"));
        clock.Now = clock.Now.AddSeconds(29);
        (await Me(Account)).Is(200);
        clock.Now = clock.Now.AddSeconds(1);
        (await Me(Account)).Refuses(503, "unavailable");
        (await api.Nobody(address).Get("/v1/satker/5305")).Is(200);

        issuer.Ill = null;
        (await Me(Account)).Is(200);
        (await Act(Account)).Refuses(404, "not-found");
    }

    public static readonly TheoryData<string, string, string?> Faults = new()
    {
        { "of another audience", "aud", "\"urn:another:api\"" },
        { "of no audience", "aud", null },
        { "of several audiences without ours", "aud", """["urn:one", "urn:two"]""" },
        { "of another issuer", "iss", "\"https://issuer.example\"" },
        { "of another kind", "token_type", "\"DPoP\"" },
        { "without an end", "exp", null },
        { "that has ended", "exp", "1" },
        { "whose end is no number", "exp", "\"tomorrow\"" },
        { "that is not active", "active", "false" },
        { "that is active in words only", "active", "\"true\"" },
        { "of a person called a client", "sub", "\"client:dashboard-53\"" },
    };

    [Theory]
    [MemberData(nameof(Faults))]
    public async Task A_token_is_refused(string why, string member, string? json)
    {
        (await Me(Account)).Is(200);
        issuer.Says(why, answer =>
        {
            answer["sub"] = Account;
            answer[member] = json is null ? null : JsonNode.Parse(json);
        });

        foreach (var path in new[] { "/v1/me", "/v1/satker/5305" })
        {
            Assert.Equal(Refused, (await Bearing(why).Get(path)).Refuses(401, "token-invalid").Header("WWW-Authenticate"));
        }
    }

    [Fact]
    public async Task Garbage_is_refused_and_never_asked_about_when_it_is_no_token_at_all()
    {
        foreach (var header in new[] { "Bearer", "Bearer ", $"Bearer {new string('x', 5000)}", "Bearer  " })
        {
            var answer = await api.Nobody(address).Get("/v1/me", ("Authorization", header));
            Assert.Equal(Refused, answer.Refuses(401, "token-invalid").Header("WWW-Authenticate"));
        }

        Assert.Equal(0, issuer.Questions);
    }

    [Fact]
    public async Task A_token_for_us_among_others_counts_and_one_without_the_scope_is_told_which_it_lacks()
    {
        issuer.Says(Account, answer => answer["aud"] = new JsonArray("urn:one", "urn:kinerja:api"));
        (await Me(Account)).Is(200);
        issuer.Says("5305.ketua", answer => answer["scope"] = "openid profile");
        Assert.Equal("Bearer realm=\"kinerja\", error=\"insufficient_scope\", scope=\"kinerja\"",
            (await Me("5305.ketua")).Refuses(403, "insufficient-scope").Header("WWW-Authenticate"));
    }

    [Fact]
    public async Task A_token_without_the_scope_is_nobodys_where_none_is_needed()
    {
        var draft = await api.Given.DraftedAgreement();
        var verify = $"/v1/verify/{draft.ContentHash}";
        issuer.Says("without", answer => (answer["sub"], answer["scope"]) = ($"{draft.Satker}.ketua", "openid"));
        issuer.Says("with", answer => answer["sub"] = $"{draft.Satker}.ketua");

        (await Bearing("with").Get(verify)).Is(200);
        (await Bearing("without").Get(verify)).Refuses(404, "not-found");
        (await Bearing("without").Get("/v1/satker/5305")).Is(200);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("dashboard-53")]
    public async Task A_systems_token_names_its_client(string? subject)
    {
        issuer.Says("system", answer => (answer["sub"], answer["client_id"]) = (subject, "dashboard-53"));

        Assert.Equal("client:dashboard-53", (string)(await Me("system")).Is(200).Json["subject"]!);
    }

    [Fact]
    public async Task Where_and_for_what_an_issuer_is_asked_is_configuration()
    {
        var elsewhere = api.With(issuer, clock, ("Identity:Endpoint", issuer.Url + StubIssuer.Path),
            ("Identity:Audience", "urn:another:api"), ("Identity:Scope", "other"));
        (await api.Bearing(elsewhere, Account).Get("/v1/me")).Refuses(401, "token-invalid");
        issuer.Says("for the other", answer => (answer["sub"], answer["aud"], answer["scope"]) = (Account, "urn:another:api", "other"));

        Assert.Equal(Account, (string)(await api.Bearing(elsewhere, "for the other").Get("/v1/me")).Is(200).Json["subject"]!);
    }

    [Fact]
    public async Task Callers_with_one_token_share_one_question()
    {
        var answers = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => Me(Account)));

        Assert.All(answers, answer => answer.Is(200));
        Assert.InRange(issuer.Questions, 1, 2);
    }

    private HttpClient Bearing(string token) => api.Bearing(address, token);

    private Task<Answer> Me(string token) => Bearing(token).Get("/v1/me");

    /// <summary>An act upon a document that does not exist: whoever is let in is told so.</summary>
    private Task<Answer> Act(string token) => Bearing(token).Post("/v1/satker/5305/realizations/none/sign-offs",
        $$"""{"act":"submit","post":"5305.kul","contentHash":"sha256:{{new string('0', 64)}}"}""", Requests.IfMatch(1));
}
