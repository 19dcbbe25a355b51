using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Kinerja.Benchmarks;

/// <summary>
/// An issuer for loads and for playing alone: RFC 7662 introspection that takes the token's own text for the subject, so
/// that hundreds of accounts act without hundreds of logins. It proves nobody's identity.
/// </summary>
internal sealed class StubIssuer : IAsyncDisposable
{
    public const string Audience = "urn:kinerja:api";
    private const string Prefix = "load.";
    private readonly WebApplication app;

    private StubIssuer(WebApplication app) => this.app = app;

    public string Url => app.Urls.First();

    /// <summary>The token of an account.</summary>
    public static string TokenOf(string subject) => Prefix + subject;

    public static async Task<StubIssuer> Start()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        var app = builder.Build();
        app.Urls.Add("http://127.0.0.1:0");
        app.MapPost("/token/introspection", async (HttpContext http) =>
        {
            var form = await http.Request.ReadFormAsync();
            var token = form["token"].ToString();
            return token.StartsWith(Prefix, StringComparison.Ordinal)
                ? Results.Json(new
                {
                    active = true,
                    sub = token[Prefix.Length..],
                    aud = Audience,
                    scope = "kinerja",
                    token_type = "Bearer",
                    exp = DateTimeOffset.UtcNow.AddHours(1).ToUnixTimeSeconds(),
                })
                : Results.Json(new { active = false });
        });
        await app.StartAsync();
        return new StubIssuer(app);
    }

    public ValueTask DisposeAsync() => app.DisposeAsync();
}
