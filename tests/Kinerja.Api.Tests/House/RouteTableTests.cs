using Microsoft.AspNetCore.Routing;

namespace Kinerja.Api.Tests;

/// <summary>Every route of the running service, and who may use it: a route without a row here fails.</summary>
public sealed class RouteTableTests(Api api) : IClassFixture<Api>
{
    private const string Public = "anyone";
    private const string Token = "token";

    /// <summary>The route, who may use it, and for those that need a post an account without it and what it is answered.</summary>
    private static readonly Dictionary<string, (string Who, string? Without, string? Code)> Table = new()
    {
        ["GET /health/live"] = (Public, null, null),
        ["GET /health/ready"] = (Public, null, null),
        ["GET /version"] = (Public, null, null),
        ["GET /problems/{code}"] = (Public, null, null),
        ["GET /.well-known/api-catalog"] = (Public, null, null),
        ["GET /.well-known/webhook-keys"] = (Public, null, null),
        ["GET /v1/audit/"] = (Token, null, null),
        ["GET /v1/audit/{position:long}"] = (Token, "5371.ketua", "not-found"),
        ["GET /v1/audit/head"] = (Token, "5371.ketua", "not-found"),
        ["GET /v1/audit/sights"] = (Token, "5305.rendatin", "sights-not-yours"),
        ["GET /v1/changes/"] = (Token, null, null),
        ["GET /v1/satker/{satker}/webhooks/"] = (Token, null, null),
        ["GET /v1/satker/{satker}/webhooks/{id}"] = (Token, "5371.ketua", "not-found"),
        ["GET /v1/satker/{satker}/webhooks/{id}/attempts"] = (Token, "5371.ketua", "not-found"),
        ["POST /v1/satker/{satker}/webhooks/"] = (Token, "5305.ketua", "post-not-held"),
        ["PUT /v1/satker/{satker}/webhooks/{id}"] = (Token, "5371.ketua", "not-found"),
        ["POST /v1/satker/{satker}/webhooks/{id}/replay"] = (Token, "5371.ketua", "not-found"),
        ["POST /v1/satker/{satker}/webhooks/{id}/secret"] = (Token, "5371.ketua", "not-found"),
        ["POST /v1/satker/{satker}/webhooks/{id}/test"] = (Token, "5371.ketua", "not-found"),
        ["GET /v1/satker/"] = (Public, null, null),
        ["GET /v1/satker/{satker}"] = (Public, null, null),
        ["GET /v1/satker/{satker}/children"] = (Public, null, null),
        ["GET /v1/satker/{satker}/units"] = (Public, null, null),
        ["GET /v1/indicators/"] = (Public, null, null),
        ["GET /v1/indicators/unmapped"] = (Token, null, null),
        ["GET /v1/indicators/{code}"] = (Public, null, null),
        ["GET /v1/indicators/{code}/history"] = (Public, null, null),
        ["GET /v1/years/{year:int}/policy/"] = (Public, null, null),
        ["GET /v1/years/{year:int}/periods/"] = (Public, null, null),
        ["GET /v1/years/{year:int}/periods/{period}"] = (Public, null, null),
        ["GET /v1/published/"] = (Public, null, null),
        ["GET /v1/verify/{contentHash}"] = (Public, null, null),
        ["POST /v1/years/{year:int}/periods/"] = (Token, "00.admin-katalog", "post-not-held"),
        ["PUT /v1/years/{year:int}/periods/{period}"] = (Token, "00.admin-katalog", "post-not-held"),
        ["POST /v1/years/{year:int}/periods/{period}/closings"] = (Token, "00.admin-katalog", "post-not-held"),
        ["POST /v1/years/{year:int}/periods/{period}/reopenings"] = (Token, "00.admin-katalog", "post-not-held"),
        ["GET /v1/me/"] = (Token, null, null),
        ["GET /v1/satker/{satker}/posts/"] = (Token, null, null),
        ["GET /v1/satker/{satker}/posts/{id}"] = (Token, "5371.ketua", "not-found"),
        ["PUT /v1/satker/{satker}/posts/{id}"] = (Token, "5371.ketua", "not-found"),
        ["GET /v1/satker/{satker}/indicators/"] = (Token, null, null),
        ["GET /v1/satker/{satker}/indicators/{code}"] = (Token, "5371.ketua", "not-found"),
        ["POST /v1/satker/{satker}/indicators/"] = (Token, "5371.ketua", "not-found"),
        ["PUT /v1/satker/{satker}/indicators/{code}"] = (Token, "5371.ketua", "not-found"),
        ["PUT /v1/satker/{satker}/indicators/{code}/mapping"] = (Token, "00.admin-periode", "post-not-held"),
        ["GET /v1/satker/{satker}/evidence/{hash}"] = (Token, "5371.ketua", "not-found"),
        ["PUT /v1/satker/{satker}/evidence/{hash}"] = (Token, "5371.ketua", "not-found"),
        ["GET /v1/satker/{satker}/agreements/"] = (Token, null, null),
        ["GET /v1/satker/{satker}/agreements/cascade"] = (Token, "5371.ketua", "not-found"),
        ["GET /v1/satker/{satker}/agreements/{id}"] = (Token, "5371.ketua", "not-found"),
        ["GET /v1/satker/{satker}/agreements/{id}/sign-offs"] = (Token, "5371.ketua", "not-found"),
        ["GET /v1/satker/{satker}/realizations/"] = (Token, null, null),
        ["GET /v1/satker/{satker}/realizations/returns"] = (Token, "5371.ketua", "not-found"),
        ["GET /v1/satker/{satker}/realizations/{id}"] = (Token, "5371.ketua", "not-found"),
        ["GET /v1/satker/{satker}/realizations/{id}/sign-offs"] = (Token, "5371.ketua", "not-found"),
        ["GET /v1/satker/{satker}/capaian/"] = (Token, "5371.ketua", "not-found"),
        ["GET /v1/satker/{satker}/capaian/children"] = (Token, "5371.ketua", "not-found"),
        ["GET /v1/satker/{satker}/capaian/years"] = (Token, "5371.ketua", "not-found"),
        ["GET /v1/satker/{satker}/capaian/below"] = (Token, "5371.ketua", "not-found"),
        ["GET /v1/satker/{satker}/capaian/below/offices"] = (Token, "5371.ketua", "not-found"),
        ["GET /v1/satker/{satker}/capaian/{report}/{line}/explain"] = (Token, "5371.ketua", "not-found"),
        ["GET /v1/satker/{satker}/rollup/"] = (Token, "5371.ketua", "not-found"),
        ["GET /v1/satker/{satker}/rollup/{indicator}/explain"] = (Token, "5371.ketua", "not-found"),
        ["GET /v1/satker/{satker}/rollup/{indicator}/years"] = (Token, "5371.ketua", "not-found"),
        ["POST /v1/satker/{satker}/posts/"] = (Token, "5371.ketua", "may-not-appoint"),
        ["POST /v1/satker/{satker}/moves"] = (Token, "53.sekretaris", "post-not-held"),
        ["POST /v1/indicators/"] = (Token, "00.admin-periode", "post-not-held"),
        ["PUT /v1/indicators/{code}"] = (Token, "00.admin-periode", "post-not-held"),
        ["PUT /v1/years/{year:int}/policy/"] = (Token, "00.admin-periode", "post-not-held"),
        ["POST /v1/years/{year:int}/policy/preview"] = (Token, "00.admin-periode", "post-not-held"),
        ["POST /v1/years/{year:int}/indicators:copy"] = (Token, "00.admin-periode", "post-not-held"),
        ["POST /v1/satker/{satker}/agreements/"] = (Token, "5371.ketua", "not-found"),
        ["PUT /v1/satker/{satker}/agreements/{id}"] = (Token, "5371.ketua", "not-found"),
        ["POST /v1/satker/{satker}/agreements/{id}/sign-offs"] = (Token, "5371.ketua", "not-found"),
        ["POST /v1/satker/{satker}/realizations/"] = (Token, "5371.ketua", "not-found"),
        ["PUT /v1/satker/{satker}/realizations/{id}"] = (Token, "5371.ketua", "not-found"),
        ["POST /v1/satker/{satker}/realizations/{id}/sign-offs"] = (Token, "5371.ketua", "not-found"),
        ["GET /v1/satker/{satker}/due/"] = (Token, "5371.ketua", "not-found"),
        ["GET /v1/satker/{satker}/due/children"] = (Token, "5371.ketua", "not-found"),
        ["POST /v1/sign-offs:batch"] = (Token, null, null),
        ["GET /v1/satker/{satker}/budgets/"] = (Token, "5371.ketua", "not-found"),
        ["GET /v1/satker/{satker}/budgets/{year:int}"] = (Token, "5371.ketua", "not-found"),
        ["GET /v1/satker/{satker}/budgets/{year:int}/revisions"] = (Token, null, null),
        ["GET /v1/satker/{satker}/budgets/{year:int}/revisions/{number:int}"] = (Token, "5371.ketua", "not-found"),
        ["GET /v1/satker/{satker}/budgets/{year:int}/revisions/{number:int}/sign-offs"] = (Token, "5371.ketua", "not-found"),
        ["GET /v1/satker/{satker}/budgets/{year:int}/compare"] = (Token, "5371.ketua", "not-found"),
        ["GET /v1/satker/{satker}/budgets/{year:int}/realizations"] = (Token, "5371.ketua", "not-found"),
        ["GET /v1/satker/{satker}/budgets/{year:int}/realizations/{id}"] = (Token, "5371.ketua", "not-found"),
        ["GET /v1/satker/{satker}/budgets/{year:int}/rollup"] = (Token, "5371.ketua", "not-found"),
        ["GET /v1/satker/{satker}/budgets/{year:int}/cascade"] = (Token, "5371.ketua", "not-found"),
        ["GET /v1/satker/{satker}/budgets/{year:int}/absorption"] = (Token, "5371.ketua", "not-found"),
        ["GET /v1/satker/{satker}/budgets/{year:int}/absorption/rollup"] = (Token, "5371.ketua", "not-found"),
        ["GET /v1/satker/{satker}/grants/"] = (Token, null, null),
        ["GET /v1/satker/{satker}/grants/{id}"] = (Token, "5371.ketua", "not-found"),
        ["PUT /v1/satker/{satker}/grants/{id}"] = (Token, "5371.ketua", "not-found"),
        ["POST /v1/satker/{satker}/budgets/{year:int}/revisions"] = (Token, "5371.ketua", "not-found"),
        ["PUT /v1/satker/{satker}/budgets/{year:int}/revisions/{number:int}"] = (Token, "5371.ketua", "not-found"),
        ["POST /v1/satker/{satker}/budgets/{year:int}/revisions/{number:int}/sign-offs"] = (Token, "5371.ketua", "not-found"),
        ["POST /v1/satker/{satker}/budgets/{year:int}/realizations"] = (Token, "5371.ketua", "not-found"),
        ["POST /v1/satker/{satker}/grants/"] = (Token, "5371.ketua", "not-found"),
    };

    [Fact]
    public void The_table_names_exactly_the_routes_of_the_running_service() =>
        Assert.Equal(Table.Keys.Order(StringComparer.Ordinal), Routes().Order(StringComparer.Ordinal));

    [Fact]
    public async Task Without_a_token_only_the_public_routes_answer()
    {
        (await api.As("00.admin-periode").Post("/v1/years/2024/periods", """{"period":"2024","opens":"2024-07-01","due":"2024-07-01"}""")).Is(201);
        foreach (var route in Routes())
        {
            var answer = await Ask(api.Nobody(), route);
            if (Table[route].Who == Public)
            {
                answer.Is(200);
            }
            else
            {
                answer.Refuses(401, "not-authenticated");
            }
        }
    }

    [Theory]
    [InlineData("/openapi/kinerja.v1.json")]
    [InlineData("/docs/index.html")]
    public async Task The_contract_and_its_page_are_public(string path) => (await api.Nobody().Get(path)).Is(200);

    [Fact]
    public async Task A_token_without_the_post_is_refused()
    {
        foreach (var (route, (_, without, code)) in Table.Where(row => row.Value.Without is not null))
        {
            var answer = await Ask(api.As(without!), route);
            Assert.True(code == (string?)answer.Json["code"], $"{route}: {answer.Text}");
        }
    }

    [Fact]
    public async Task A_person_without_any_post_changes_nothing_anywhere()
    {
        foreach (var route in Table.Keys.Where(route => route.StartsWith('P')))
        {
            var answer = await Ask(api.As("nobody"), route);
            var statuses = answer.Status == 200 ? answer.Json["results"]!.AsArray().Select(result => (int)result!["status"]!) : [answer.Status];
            Assert.All(statuses, status => Assert.True(status is 403 or 404, $"{route}: {answer.Text}"));
        }
    }

    private IEnumerable<string> Routes() =>
        from endpoint in api.Endpoints()
        from method in endpoint.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods ?? ["GET"]
        select $"{method} {(endpoint.RoutePattern.RawText!.StartsWith('/') ? "" : "/")}{endpoint.RoutePattern.RawText}";

    private static async Task<Answer> Ask(HttpClient client, string route)
    {
        var (method, pattern) = (route.Split(' ')[0], route.Split(' ')[1]);
        var path = pattern.TrimEnd('/').Replace("{satker}", "5305", StringComparison.Ordinal).Replace("{year:int}", "2024", StringComparison.Ordinal)
            .Replace("{code}", pattern.StartsWith("/problems", StringComparison.Ordinal) ? "stale" : "SP.01", StringComparison.Ordinal)
            .Replace("{id}", "x", StringComparison.Ordinal).Replace("{hash}", new string('0', 64), StringComparison.Ordinal)
            .Replace("{contentHash}", Indicators.HashOf(Indicators.Of(2024).First()), StringComparison.Ordinal)
            .Replace("{report}", "x", StringComparison.Ordinal).Replace("{number:int}", "1", StringComparison.Ordinal)
            .Replace("{indicator}", "AK.01", StringComparison.Ordinal)
            .Replace("{line}", "1", StringComparison.Ordinal).Replace("{position:long}", "1000000000", StringComparison.Ordinal).Replace("{period}", "2024", StringComparison.Ordinal);
        var query = pattern.EndsWith("/years", StringComparison.Ordinal)
                ? (pattern.Contains("/rollup/", StringComparison.Ordinal) ? "?" : "?indicator=SP.01&") + "from=2024&to=2024"
            : pattern is "/v1/indicators/{code}" or "/v1/satker/{satker}/indicators/{code}"
                or "/v1/satker/{satker}/indicators/{code}/mapping" or "/v1/satker/{satker}/agreements/cascade" or "/v1/satker/{satker}/realizations/returns"
                || pattern.Contains("{satker}/rollup/", StringComparison.Ordinal) || pattern.Contains("{satker}/due/", StringComparison.Ordinal)
                || (pattern.Contains("/capaian/", StringComparison.Ordinal) && !pattern.Contains("{report}", StringComparison.Ordinal)) ? "?year=2024"
            : pattern is "/v1/audit/head" or "/v1/audit/sights" ? "?satker=5305"
            : pattern == "/v1/satker/{satker}/budgets/" ? "?from=2024&to=2024"
            : pattern.EndsWith("/compare", StringComparison.Ordinal) ? "?from=0&to=1" : "";
        using var content = method == "GET" ? null : Requests.Content(pattern switch
        {
            _ when pattern.Contains("/posts/", StringComparison.Ordinal) =>
                new Posting("operator", "x", Capacity.Definitive, "SK", new DateOnly(2024, 1, 1)),
            _ when pattern.EndsWith("/moves", StringComparison.Ordinal) => """{"parent":"52","from":"2024-07-01","decree":"UU"}""",
            _ when pattern.EndsWith("/sign-offs", StringComparison.Ordinal) =>
                $$"""{"act":"sign","post":"5305.kul","contentHash":"sha256:{{new string('0', 64)}}"}""",
            _ when pattern.EndsWith(":batch", StringComparison.Ordinal) =>
                $$"""{"items":[{"kind":"agreement","satker":"5305","id":"x","version":1,"act":"sign","post":"5305.kul","contentHash":"sha256:{{new string('0', 64)}}"}]}""",
            _ when pattern.EndsWith("/reopenings", StringComparison.Ordinal) => """{"offices":["5305"],"reason":"x","deadline":"2024-07-01"}""",
            _ when pattern.Contains("/periods/", StringComparison.Ordinal) => """{"period":"2024","opens":"2024-07-01","due":"2024-07-01"}""",
            _ when pattern.EndsWith("/replay", StringComparison.Ordinal) => """{"after":"x"}""",
            _ when pattern.Contains("/webhooks", StringComparison.Ordinal) => CreateWebhook.Shown,
            _ when pattern.EndsWith("/mapping", StringComparison.Ordinal) => """{"indicator":"SP.01"}""",
            _ when pattern.Contains("{satker}/indicators", StringComparison.Ordinal) => DefineLocalIndicator.Shown,
            _ when pattern.Contains("/policy/", StringComparison.Ordinal) => Indicators.NextPolicy(2024),
            "/v1/indicators/" or "/v1/indicators/{code}" => Indicators.Of(2024).First() with { Code = "YY.01" },
            _ when pattern.Contains("/grants", StringComparison.Ordinal) => Money.Grant(),
            _ when pattern.Contains("/budgets", StringComparison.Ordinal) && pattern.EndsWith("/realizations", StringComparison.Ordinal) =>
                Money.Spent("2024-B01", (Money.Line(), 1)),
            _ when pattern.Contains("/budgets", StringComparison.Ordinal) => Money.State(0, Money.Line()),
            _ when pattern.Contains("/agreements", StringComparison.Ordinal) => Given.Agreement("kul"),
            _ => Given.Report("kul"),
        });
        return await client.Send(new HttpMethod(method), path + query, content, Requests.IfMatch(1), Requests.Key(Guid.NewGuid().ToString()));
    }
}
