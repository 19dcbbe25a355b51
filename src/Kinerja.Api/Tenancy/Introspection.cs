using System.Collections.Concurrent;
using System.Net.Http.Headers;
using System.Security.Claims;
using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.Caching.Memory;
using Microsoft.Extensions.Options;

namespace Kinerja.Api;

/// <summary>Where access tokens are checked. Any OAuth 2.0 issuer with RFC 7662 introspection will do.</summary>
internal sealed class IntrospectionOptions : AuthenticationSchemeOptions
{
    public const string Scheme = "Bearer";

    /// <summary>The claim of a token that has the scope.</summary>
    public const string InScope = "scope";

    public string Issuer { get; set; } = "";

    /// <summary>The introspection endpoint; <c>{Issuer}/token/introspection</c> when not set.</summary>
    public string Endpoint { get; set; } = "";

    public string ClientId { get; set; } = "";

    public string ClientSecret { get; set; } = "";

    public string Audience { get; set; } = "urn:kinerja:api";

    /// <summary>The scope a token must have; a token without it is 403.</summary>
    public string Scope { get; set; } = "kinerja";
}

/// <summary>Marks an endpoint whose token is asked for afresh: a signature does not rest on a cached answer.</summary>
internal sealed record FreshToken
{
    public static readonly FreshToken Required = new();
}

/// <summary>The issuer could not be asked.</summary>
internal sealed class IssuerUnavailable(Exception cause) : Exception("The issuer does not answer.", cause);

/// <summary>What the issuer said of a token.</summary>
internal sealed record TokenState(string? Subject, bool InScope, DateTimeOffset Expires)
{
    public static readonly TokenState Inactive = new(null, false, DateTimeOffset.MinValue);

    public bool ActiveAt(DateTimeOffset now) => Subject is not null && now < Expires;
}

/// <summary>
/// Asks the issuer about opaque tokens. Answers are kept for at most 30 seconds and never past the token's end, noes
/// for 5 seconds; callers with the same token share one question in flight.
/// </summary>
internal sealed class TokenChecks(IHttpClientFactory clients, TimeProvider clock) : IDisposable
{
    private static readonly TimeSpan YesFor = TimeSpan.FromSeconds(30);
    private const long LastInstant = 253_402_300_799; // The end of the year 9999.
    private static readonly TimeSpan NoFor = TimeSpan.FromSeconds(5);
    private readonly MemoryCache known = new(new MemoryCacheOptions { SizeLimit = 50_000 });
    private readonly ConcurrentDictionary<string, Lazy<Task<TokenState>>> inFlight = new(StringComparer.Ordinal);
    private readonly Lock keeping = new();
    private long questions;

    /// <summary>What a token is kept by.</summary>
    public static string KeyOf(string token) => Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(token)));

    /// <summary>What the issuer said of a token, while that stands.</summary>
    public TokenState? Known(string key) =>
        known.TryGetValue<Answered>(key, out var answered) && clock.GetUtcNow() < answered!.Until ? answered.State : null;

    /// <summary>Asks the issuer; for a fresh answer by a question of its own.</summary>
    public async Task<TokenState> Ask(string key, string token, bool fresh, IntrospectionOptions options)
    {
        if (fresh)
        {
            return await AskAndKeep(key, token, options);
        }

        var question = inFlight.GetOrAdd(key, _ => new Lazy<Task<TokenState>>(() => AskAndKeep(key, token, options)));
        try
        {
            return await question.Value;
        }
        finally
        {
            inFlight.TryRemove(new(key, question));
        }
    }

    public void Dispose() => known.Dispose();

    /// <summary>An answer, until when it stands, and which question it answers.</summary>
    private sealed record Answered(TokenState State, DateTimeOffset Until, long Question);

    private async Task<TokenState> AskAndKeep(string key, string token, IntrospectionOptions options)
    {
        var question = Interlocked.Increment(ref questions);
        var state = await Ask(token, options);
        var now = clock.GetUtcNow();
        var left = state.Expires - now;
        var keepFor = !state.ActiveAt(now) ? NoFor : left < YesFor ? left : YesFor;
        var answered = new Answered(state, now + keepFor, question);
        lock (keeping)
        {
            // A question that was asked earlier and answered later knows nothing of a revocation in between.
            if (!known.TryGetValue<Answered>(key, out var other) || other!.Question < question)
            {
                known.Set(key, answered, new MemoryCacheEntryOptions { AbsoluteExpirationRelativeToNow = keepFor, Size = 1 });
            }
        }

        return state;
    }

    // No caller's going away ends a question: others may wait for it, its answer is kept, and the client's own time limit ends it.
    private async Task<TokenState> Ask(string token, IntrospectionOptions options)
    {
        try
        {
            using var question = new HttpRequestMessage(HttpMethod.Post, options.Endpoint)
            {
                Content = new FormUrlEncodedContent([new("token", token), new("token_type_hint", "access_token")]),
            };
            question.Headers.Authorization = new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes(
                Uri.EscapeDataString(options.ClientId) + ":" + Uri.EscapeDataString(options.ClientSecret))));
            using var answer = await clients.CreateClient(nameof(TokenChecks)).SendAsync(question);
            if (answer.StatusCode == System.Net.HttpStatusCode.BadRequest)
            {
                return TokenState.Inactive; // A token of a form this issuer never gives out.
            }

            answer.EnsureSuccessStatusCode();
            await using var body = await answer.Content.ReadAsStreamAsync();
            using var json = await JsonDocument.ParseAsync(body);
            return Read(json.RootElement, options);
        }
        catch (Exception cause) when (cause is HttpRequestException or OperationCanceledException or JsonException)
        {
            throw new IssuerUnavailable(cause);
        }
    }

    private static TokenState Read(JsonElement answer, IntrospectionOptions options)
    {
        if (answer.ValueKind != JsonValueKind.Object
            || !Says(answer, "active", JsonValueKind.True) || !For(answer, options.Audience)
            || (Text(answer, "iss") is { } issuer && issuer != options.Issuer)
            || (Text(answer, "token_type") is { } kind && !kind.Equals("Bearer", StringComparison.OrdinalIgnoreCase))
            || !Says(answer, "exp", JsonValueKind.Number) || !answer.GetProperty("exp").TryGetInt64(out var expires)
            || expires is < 0 or > LastInstant)
        {
            return TokenState.Inactive;
        }

        // A system's token names the client as its own subject, or no subject at all.
        var client = Text(answer, "client_id");
        var subject = Text(answer, "sub");
        if (subject is null || subject == client)
        {
            subject = client is null ? null : Actor.SystemPrefix + client;
        }
        else if (subject.StartsWith(Actor.SystemPrefix, StringComparison.Ordinal))
        {
            return TokenState.Inactive; // A person who calls himself a system.
        }

        var scopes = (Text(answer, "scope") ?? "").Split(' ');
        return new TokenState(subject, scopes.Contains(options.Scope), DateTimeOffset.FromUnixTimeSeconds(expires));
    }

    private static bool For(JsonElement answer, string audience) =>
        answer.TryGetProperty("aud", out var aud) && aud.ValueKind switch
        {
            JsonValueKind.String => aud.GetString() == audience,
            JsonValueKind.Array => aud.EnumerateArray().Any(one => one.ValueKind == JsonValueKind.String && one.GetString() == audience),
            _ => false,
        };

    private static bool Says(JsonElement answer, string member, JsonValueKind kind) =>
        answer.TryGetProperty(member, out var value) && value.ValueKind == kind;

    private static string? Text(JsonElement answer, string member) =>
        answer.TryGetProperty(member, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}

/// <summary>Bearer tokens on requests: nobody without one, 401 with a bad one.</summary>
internal sealed class IntrospectionHandler(
    IOptionsMonitor<IntrospectionOptions> options, ILoggerFactory log, UrlEncoder encoder, TokenChecks checks, RateLimits limits,
    TimeProvider clock)
    : AuthenticationHandler<IntrospectionOptions>(options, log, encoder)
{
    private const string Prefix = "Bearer ";

    protected override async Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        var header = Request.Headers.Authorization.ToString();
        if (header.Length == 0)
        {
            return AuthenticateResult.NoResult();
        }

        var token = header.StartsWith(Prefix, StringComparison.OrdinalIgnoreCase) ? header[Prefix.Length..].Trim() : "";
        if (token.Length is 0 or > 4096)
        {
            return AuthenticateResult.Fail("no bearer token");
        }

        var fresh = Context.GetEndpoint()?.Metadata.GetMetadata<FreshToken>() is not null;
        var key = TokenChecks.KeyOf(token);
        var state = checks.Known(key);
        if (state is null || fresh)
        {
            var known = state is { Subject: not null } ? Caller.Of(Principal(state)) : Caller.Nobody;
            if (!limits.MayAsk(Context, known))
            {
                return AuthenticateResult.Fail("asked about too often"); // Which is answered 429.
            }

            state = await checks.Ask(key, token, fresh, Options);
        }

        return state.ActiveAt(clock.GetUtcNow())
            ? AuthenticateResult.Success(new(Principal(state), Scheme.Name))
            : AuthenticateResult.Fail("not active");
    }

    private ClaimsPrincipal Principal(TokenState state)
    {
        var identity = new ClaimsIdentity([new Claim(ClaimTypes.Name, state.Subject!)], Scheme.Name);
        if (state.InScope)
        {
            identity.AddClaim(new Claim(IntrospectionOptions.InScope, Options.Scope));
        }

        return new ClaimsPrincipal(identity);
    }

    protected override Task HandleChallengeAsync(AuthenticationProperties properties)
    {
        // RFC 6750: no error is named to who tried no bearer token at all.
        var tried = Request.Headers.Authorization.ToString().StartsWith(Prefix.Trim(), StringComparison.OrdinalIgnoreCase);
        Response.Headers.WWWAuthenticate = tried ? "Bearer realm=\"kinerja\", error=\"invalid_token\"" : "Bearer realm=\"kinerja\"";
        return Problems.Write(Context, 401, tried ? "token-invalid" : "not-authenticated");
    }

    protected override Task HandleForbiddenAsync(AuthenticationProperties properties)
    {
        Response.Headers.WWWAuthenticate = $"Bearer realm=\"kinerja\", error=\"insufficient_scope\", scope=\"{Options.Scope}\"";
        return Problems.Write(Context, 403, "insufficient-scope");
    }
}
