using System.Security.Claims;

namespace Kinerja.Api;

/// <summary>Who is asking. What this person may do is read from the posts register with each request, never from the
/// token.</summary>
/// <param name="Subject">The account at the issuer; <c>client:</c> and the client's id for a system; empty for nobody.</param>
internal sealed record Caller(string Subject)
{
    public static readonly Caller Nobody = new("");

    /// <summary>Whose token it is; nobody when it was not given for this service, also where no token is needed.</summary>
    public static Caller Of(ClaimsPrincipal user) =>
        user.Identity is ClaimsIdentity { IsAuthenticated: true, Name: { Length: > 0 } name } identity
            && identity.HasClaim(claim => claim.Type == IntrospectionOptions.InScope) ? new Caller(name) : Nobody;

    public static ValueTask<Caller?> BindAsync(HttpContext http) => ValueTask.FromResult<Caller?>(Of(http.User));
}
