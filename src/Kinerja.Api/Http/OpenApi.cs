using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using Microsoft.OpenApi;
using Swashbuckle.AspNetCore.Swagger;
using Swashbuckle.AspNetCore.SwaggerGen;

namespace Kinerja.Api;

/// <summary>The contract as a document, made from what the endpoints state, and the page that shows it.</summary>
internal static class OpenApi
{
    public const string Document = "kinerja.v1";

    private const string Person = "person";
    private const string System = "system";

    public static void Add(IServiceCollection services, IConfiguration configuration)
    {
        services.AddEndpointsApiExplorer();
        services.Configure<SwaggerOptions>(swagger =>
        {
            swagger.OpenApiVersion = OpenApiSpecVersion.OpenApi3_1;
            swagger.RouteTemplate = "openapi/{documentName}.json";
        });
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
            swagger.AddSecurityDefinition(Person, new OpenApiSecurityScheme
            {
                Type = SecuritySchemeType.OAuth2,
                Description = "People log in with authorization code and PKCE.",
                Flows = new OpenApiOAuthFlows { AuthorizationCode = Flow(authorization, token) },
            });
            swagger.AddSecurityDefinition(System, new OpenApiSecurityScheme
            {
                Type = SecuritySchemeType.OAuth2,
                Description = "Systems use client credentials; each client is bound to one office's subtree.",
                Flows = new OpenApiOAuthFlows { ClientCredentials = Flow(null, token) },
            });
            swagger.OperationFilter<StatedContract>();
            swagger.DocumentFilter<Tags>();
            swagger.DocumentFilter<ExactMembers>();
            swagger.SchemaFilter<ExactSchemas>();
        });
    }

    public static void Map(WebApplication app, IConfiguration configuration)
    {
        app.UseSwagger();
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

    private static OpenApiOAuthFlow Flow(string? authorization, string token) => new()
    {
        AuthorizationUrl = authorization is null ? null : new Uri(authorization, UriKind.RelativeOrAbsolute),
        TokenUrl = new Uri(token, UriKind.RelativeOrAbsolute),
        Scopes = new Dictionary<string, string> { ["kinerja"] = "Use the API with the posts one holds.", ["openid"] = "Log in." },
    };

    private static string SchemaName(Type type) => type.IsGenericType
        ? string.Concat(type.GetGenericArguments().Select(SchemaName)) + type.Name[..type.Name.IndexOf('`', StringComparison.Ordinal)]
        : type.DeclaringType == typeof(Value) ? $"{type.Name}Value" : type.Name.Replace("Body", "", StringComparison.Ordinal);

    /// <summary>Parameters, headers, examples, problems and security of each operation.</summary>
    private sealed class StatedContract : IOperationFilter
    {
        private static readonly Dictionary<string, (string Description, string Example)> Path = new(StringComparer.Ordinal)
        {
            ["indicator"] = ("The code of an indicator.", "AK.01"),
            ["contentHash"] = ("The hash of a content, as it is printed beside its signatures.", "sha256:0000000000000000000000000000000000000000000000000000000000000000"),
            ["satker"] = ("The office's code: 00, 53, 5305.", "5305"),
            ["id"] = ("The document's name in its office.", "0192f7c2-5b1e-7c60-9a55-3f1f0c8f2a11"),
            ["code"] = ("The code.", "SP.02"),
            ["year"] = ("The year.", "2024"),
            ["report"] = ("The realization report.", "0192f7c2-5b1e-7c60-9a55-3f1f0c8f2a11"),
            ["hash"] = ("SHA-256 of the file's bytes, in lower-case hexadecimal digits.", "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"),
            ["line"] = ("The number of the agreement's line.", "2"),
            ["number"] = ("The number of the state: 0 is the DIPA awal.", "16"),
            ["position"] = ("The entry's place in the ledger.", "17"),
            ["period"] = ("The period: 2024, 2024-S1, 2024-T3, 2024-B11.", "2024-T1"),
        };

        public void Apply(OpenApiOperation operation, OperationFilterContext context)
        {
            var metadata = context.ApiDescription.ActionDescriptor.EndpointMetadata;
            var path = (operation.Parameters ?? []).OfType<OpenApiParameter>().Where(p => p.In == ParameterLocation.Path).ToList();
            operation.Parameters = [.. path];
            foreach (var parameter in path)
            {
                (parameter.Description, var example) = Path[parameter.Name!];
                parameter.Example = parameter.Schema?.Type == JsonSchemaType.Integer ? int.Parse(example, null) : example;
            }

            foreach (var taken in metadata.OfType<TakesQuery>())
            {
                operation.Parameters.Add(Parameter(taken.Name, ParameterLocation.Query, taken.Description, taken.Example, taken.Required));
            }

            var isPost = context.ApiDescription.HttpMethod == "POST";
            foreach (var taken in metadata.OfType<TakesHeader>())
            {
                operation.Parameters.Add(Parameter(taken.Name, ParameterLocation.Header, taken.Description, taken.Example,
                    taken.Required && (isPost || taken.Name != "Idempotency-Key")));
            }

            operation.Parameters.Add(Parameter("Accept-Language", ParameterLocation.Header,
                "Language of the texts: id (when absent) or en.", "en", required: false));
            operation.Description ??= operation.Summary;
            foreach (var (status, response) in operation.Responses ?? [])
            {
                response.Description = Texts.Title(int.Parse(status, null), Language.English);
            }

            foreach (var (status, response) in operation.Responses ?? [])
            {
                if (response is OpenApiResponse { Headers: null } stated && Headers(status, context) is { Count: > 0 } headers)
                {
                    stated.Headers = headers;
                }
            }

            if (metadata.OfType<Microsoft.AspNetCore.Authorization.IAuthorizeData>().Any())
            {
                operation.Security = [.. new[] { Person, System }.Select(scheme => new OpenApiSecurityRequirement
                {
                    [new OpenApiSecuritySchemeReference(scheme, context.Document)] = ["kinerja"],
                })];
            }

            if (metadata.OfType<TakesFile>().Any())
            {
                operation.RequestBody = new OpenApiRequestBody
                {
                    Required = true,
                    Content = new Dictionary<string, IOpenApiMediaType> { ["application/octet-stream"] = new OpenApiMediaType() },
                };
            }
            else if (operation.RequestBody is OpenApiRequestBody { Content: { } contents } body)
            {
                body.Required = true;
                if (contents["application/json"] is OpenApiMediaType json && metadata.OfType<Example>().FirstOrDefault() is { } shown)
                {
                    json.Example = JsonSerializer.SerializeToNode(shown.Body, Json.Documents);
                }
            }
        }

        /// <summary>The headers of an answer that a client should know of.</summary>
        private static Dictionary<string, IOpenApiHeader> Headers(string status, OperationFilterContext context)
        {
            var writes = context.ApiDescription.ActionDescriptor.EndpointMetadata.OfType<TakesHeader>()
                .Any(taken => taken.Name == "Idempotency-Key");
            var names = status switch
            {
                "200" or "304" when context.ApiDescription.HttpMethod == "GET" => [("ETag", "The version, or a mark of the bytes.")],
                "200" or "201" when writes =>
                [
                    ("ETag", "The new version."),
                    ("Location", "Where a new document is."),
                    ("Idempotency-Replayed", "true when this answer was given before."),
                ],
                "401" => [("WWW-Authenticate", "How to authenticate.")],
                "412" => [("ETag", "The present version.")],
                "429" =>
                [
                    ("Retry-After", "Seconds to wait."),
                    ("RateLimit", "What is left of each quota, and for how many seconds; on every answer."),
                    ("RateLimit-Policy", "The quotas and their windows; on every answer."),
                ],
                "503" => [("Retry-After", "Seconds to wait.")],
                _ => Array.Empty<(string Name, string Description)>(),
            };
            return names.ToDictionary(header => header.Item1, header => (IOpenApiHeader)new OpenApiHeader
            {
                Description = header.Item2,
                Schema = new OpenApiSchema { Type = JsonSchemaType.String },
            }, StringComparer.Ordinal);
        }

        private static OpenApiParameter Parameter(
            string name, ParameterLocation place, string description, string example, bool required) => new()
            {
                Name = name,
                In = place,
                Description = description,
                Required = required,
                Example = JsonValue.Create(example),
                Schema = new OpenApiSchema { Type = JsonSchemaType.String },
            };
    }

    /// <summary>What each group of operations is about.</summary>
    private sealed class Tags : IDocumentFilter
    {
        public void Apply(OpenApiDocument document, DocumentFilterContext context) => document.Tags = new HashSet<OpenApiTag>
        {
            new() { Name = "Me", Description = "Who I am, which posts I hold, what awaits my act." },
            new() { Name = "Satker", Description = "The tree of offices and their units. Public." },
            new() { Name = "Posts", Description = "Who holds which post, when." },
            new() { Name = "Indicators", Description = "The national catalogue, which is public, and the offices' own indicators." },
            new() { Name = "Years", Description = "The policy of each year, which is public, and the windows of its periods." },
            new() { Name = "Agreements", Description = "Perjanjian Kinerja." },
            new() { Name = "Realizations", Description = "Realization reports." },
            new() { Name = "Published", Description = "What anyone may read, and checking a printed document by its hash." },
            new() { Name = "Evidence", Description = "Files behind realizations, by content hash." },
            new() { Name = "Sign-offs", Description = "Acts upon many documents at once." },
            new() { Name = "Budgets", Description = "DIPA, its revisions, what was spent of it, and grants." },
            new() { Name = "Capaian", Description = "Realization against target, in percent." },
            new() { Name = "Roll-up", Description = "Child results upward, with coverage." },
            new() { Name = "Audit", Description = "Who did what and who read what, chained, with signed heads." },
            new() { Name = "Changes", Description = "What changed, as CloudEvents, in one order without gaps." },
            new() { Name = "Due", Description = "What is due, late, returned, and waiting for whom." },
            new() { Name = "Webhooks", Description = "The events an office reads, sent to who subscribed, by Standard Webhooks." },
            new() { Name = "Service", Description = "Health, version, explanations of problems." },
        };
    }

    /// <summary>A value is one of its kinds, each told by its member kind; every document has its content.</summary>
    private sealed class ExactSchemas : ISchemaFilter
    {
        private static readonly Dictionary<Type, string> Kinds = typeof(Value)
            .GetCustomAttributes(typeof(JsonDerivedTypeAttribute), inherit: false).Cast<JsonDerivedTypeAttribute>()
            .ToDictionary(derived => derived.DerivedType, derived => (string)derived.TypeDiscriminator!);

        public void Apply(IOpenApiSchema given, SchemaFilterContext context)
        {
            if (given is not OpenApiSchema schema)
            {
                return;
            }

            if (context.Type == typeof(Value) && context.MemberInfo is null)
            {
                var kinds = Kinds.Keys.Select(kind => (OpenApiSchemaReference)context.SchemaGenerator
                    .GenerateSchema(kind, context.SchemaRepository)).ToList();
                schema.Type = null;
                schema.Properties = null;
                schema.AdditionalPropertiesAllowed = true;
                schema.OneOf = [.. kinds];
                schema.Discriminator = new OpenApiDiscriminator
                {
                    PropertyName = "kind",
                    Mapping = Kinds.Values.Zip(kinds).ToDictionary(pair => pair.First, pair => pair.Second),
                };
            }
            else if (Kinds.TryGetValue(context.Type, out var kind))
            {
                schema.Properties ??= new Dictionary<string, IOpenApiSchema>();
                schema.Properties["kind"] = new OpenApiSchema { Type = JsonSchemaType.String, Enum = [JsonValue.Create(kind)] };
                (schema.Required ??= new HashSet<string>()).Add("kind");
            }
            else if (context.Type.IsGenericType && context.Type.GetGenericTypeDefinition() == typeof(Document<>))
            {
                (schema.Required ??= new HashSet<string>()).Add("content");
            }
        }
    }

    /// <summary>Decimals are no doubles; and a reference that may be null says so in the words of 3.1.</summary>
    private sealed class ExactMembers : IDocumentFilter
    {
        public void Apply(OpenApiDocument document, DocumentFilterContext context)
        {
            foreach (var schema in document.Components!.Schemas!.Values.OfType<OpenApiSchema>())
            {
                foreach (var (name, member) in schema.Properties ?? new Dictionary<string, IOpenApiSchema>())
                {
                    if (member is not OpenApiSchema exact)
                    {
                        continue;
                    }

                    NoDouble(exact);
                    NoDouble(exact.AdditionalProperties as OpenApiSchema);
                    if (exact is { AllOf: [var reference], Type: JsonSchemaType.Null })
                    {
                        exact.Type = null;
                        if (name != "content")
                        {
                            exact.AllOf = null;
                            exact.OneOf = [reference, new OpenApiSchema { Type = JsonSchemaType.Null }];
                        }
                    }
                }
            }
        }

        private static void NoDouble(OpenApiSchema? schema)
        {
            if (schema is { Format: "double" })
            {
                schema.Format = null;
            }
        }
    }
}
