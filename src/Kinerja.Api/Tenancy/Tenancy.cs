using Microsoft.AspNetCore.Authorization;

namespace Kinerja.Api;

/// <summary>Who is let in: a token of the issuer, active, for this service and with its scope.</summary>
internal static class Tenancy
{
    public static void Add(IServiceCollection services, IConfiguration configuration)
    {
        services.AddHttpClient(nameof(TokenChecks), http => http.Timeout = TimeSpan.FromSeconds(2));
        services.AddSingleton<TokenChecks>();
        services.AddAuthentication(IntrospectionOptions.Scheme)
            .AddScheme<IntrospectionOptions, IntrospectionHandler>(IntrospectionOptions.Scheme, options =>
            {
                configuration.GetSection("Identity").Bind(options);
                options.Endpoint = options.Endpoint.Length > 0 ? options.Endpoint : $"{options.Issuer.TrimEnd('/')}/token/introspection";
            });
        services.AddAuthorization(authorization => authorization.DefaultPolicy = new AuthorizationPolicyBuilder()
            .RequireAuthenticatedUser().RequireClaim(IntrospectionOptions.InScope).Build());
    }
}
