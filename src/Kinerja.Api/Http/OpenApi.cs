using System.Globalization;
using System.Text;
using Microsoft.OpenApi;
using Swashbuckle.AspNetCore.Swagger;

namespace Kinerja.Api;

/// <summary>The contract as a document, made from what the endpoints state, and the page that shows it.</summary>
internal static class OpenApi
{
    public const string Document = "kinerja.v1";

    public static void Add(IServiceCollection services, IConfiguration configuration)
    {
        services.AddEndpointsApiExplorer();
        services.AddSwaggerGen(swagger =>
        {
            swagger.SwaggerDoc(Document, new OpenApiInfo
            {
                Title = "Kinerja API",
                Version = "1.0",
                Description = "Performance accountability (SAKIP) of KPU: agreements, realizations, capaian and roll-up of every "
                    + "satker, signed by the posts that persons really hold, with every figure traceable to its signed documents.",
                Contact = new OpenApiContact { Name = "Kinerja.Api" },
            });
            swagger.AddServer(new OpenApiServer { Url = "/", Description = "This service" });
            swagger.SupportNonNullableReferenceTypes();
            swagger.NonNullableReferenceTypesAsRequired();
            swagger.UseAllOfToExtendReferenceSchemas();
            swagger.CustomSchemaIds(SchemaName);
            foreach (var assembly in new[] { typeof(OpenApi).Assembly, typeof(Value).Assembly })
            {
                swagger.IncludeXmlComments(Path.Combine(AppContext.BaseDirectory, $"{assembly.GetName().Name}.xml"));
            }

            var issuer = configuration["Identity:Issuer"]?.TrimEnd('/') ?? "";
            var authorization = configuration["Identity:AuthorizationEndpoint"] ?? $"{issuer}/auth";
            var token = configuration["Identity:TokenEndpoint"] ?? $"{issuer}/token";
            swagger.AddSecurityDefinition(StatedContract.Person, new OpenApiSecurityScheme
            {
                Type = SecuritySchemeType.OAuth2,
                Description = "People log in with authorization code and PKCE.",
                Flows = new OpenApiOAuthFlows { AuthorizationCode = Flow(authorization, token) },
            });
            swagger.AddSecurityDefinition(StatedContract.System, new OpenApiSecurityScheme
            {
                Type = SecuritySchemeType.OAuth2,
                Description = "Systems use client credentials; each client is bound to one office's subtree.",
                Flows = new OpenApiOAuthFlows { ClientCredentials = Flow(null, token) },
            });
            swagger.OperationFilter<StatedContract>();
            swagger.DocumentFilter<ContractTags>();
            swagger.DocumentFilter<ToldEvents>();
            swagger.DocumentFilter<ExactMembers>();
            swagger.DocumentFilter<RequiredMembers>();
            swagger.SchemaFilter<ExactSchemas>();
        });
    }

    public static void Map(WebApplication app, IConfiguration configuration)
    {
        // It never changes while the service runs, and making it costs more than any answer.
        var contract = new Lazy<Found>(() => Written(app.Services.GetRequiredService<ISwaggerProvider>().GetSwagger(Document)));
        app.MapGet($"/openapi/{Document}.json", () => contract.Value).ExcludeFromDescription();
        app.UseSwaggerUI(page =>
        {
            page.RoutePrefix = "docs";
            page.DocumentTitle = "Kinerja API";
            page.SwaggerEndpoint($"../openapi/{Document}.json", "Kinerja API v1");
            page.OAuthClientId(configuration["Identity:DocsClientId"]);
            page.OAuthUsePkce();
            page.OAuthScopes("openid", "kinerja");
            page.EnableTryItOutByDefault();
        });
    }

    private static Found Written(OpenApiDocument document)
    {
        using var text = new StringWriter(CultureInfo.InvariantCulture);
        document.SerializeAsV31(new OpenApiJsonWriter(text));
        var bytes = Encoding.UTF8.GetBytes(text.ToString());
        return new Found(bytes, ETag.OfBytes(bytes));
    }

    private static OpenApiOAuthFlow Flow(string? authorization, string token) => new()
    {
        AuthorizationUrl = authorization is null ? null : new Uri(authorization, UriKind.RelativeOrAbsolute),
        TokenUrl = new Uri(token, UriKind.RelativeOrAbsolute),
        Scopes = new Dictionary<string, string> { ["kinerja"] = "Use the API with the posts one holds.", ["openid"] = "Log in." },
    };

    private static string SchemaName(Type type) => type.IsGenericType
        ? string.Concat(type.GetGenericArguments().Select(SchemaName)) + type.Name[..type.Name.IndexOf('`', StringComparison.Ordinal)]
        : type.DeclaringType == typeof(Value) ? $"{type.Name}Value" : type.Name.Replace("Body", "", StringComparison.Ordinal);
}
