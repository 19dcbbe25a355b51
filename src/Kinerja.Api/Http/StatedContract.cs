using System.Reflection;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.OpenApi;
using Swashbuckle.AspNetCore.SwaggerGen;

namespace Kinerja.Api;

/// <summary>Parameters, headers, examples, problems and security of each operation.</summary>
internal sealed class StatedContract : IOperationFilter
{
    /// <summary>The names of the two ways to log in.</summary>
    public const string Person = "person", System = "system";

    private const string Report = "0192f7c2-5b1e-7c60-9a55-3f1f0c8f2a11";

    private static readonly Dictionary<string, (string Description, string Example, OpenApiSchema Schema)> Path = new(StringComparer.Ordinal)
    {
        ["indicator"] = ("The code of an indicator.", "AK.01", QuerySchema.Text()),
        ["contentHash"] = ("The hash of a content, as it is printed beside its signatures.", $"sha256:{new string('0', 64)}", QuerySchema.Text()),
        ["satker"] = ("The office's code: 00, 53, 5305.", "5305", QuerySchema.Text()),
        ["id"] = ("The document's name in its office.", Report, QuerySchema.Text()),
        ["code"] = ("The code.", "SP.02", QuerySchema.Text()),
        ["year"] = ("The year.", "2024", QuerySchema.Whole(Period.FirstYear, Period.LastYear)),
        ["report"] = ("The realization report.", Report, QuerySchema.Text()),
        ["hash"] = ("SHA-256 of the file's bytes, in lower-case hexadecimal digits.",
            "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08", QuerySchema.Text("^[0-9a-f]{64}$")),
        ["line"] = ("The number of the agreement's line.", "2", QuerySchema.Text()),
        ["number"] = ("The number of the state: 0 is the DIPA awal.", "16", QuerySchema.Whole(0, BudgetRevision.LastNumber)),
        ["position"] = ("The entry's place in the ledger.", "17",
            new OpenApiSchema { Type = JsonSchemaType.Integer, Format = "int64", Minimum = "1" }),
        ["period"] = ("The period: 2024, 2024-S1, 2024-T3, 2024-B11.", "2024-T1", QuerySchema.Period),
    };

    public void Apply(OpenApiOperation operation, OperationFilterContext context)
    {
        var metadata = context.ApiDescription.ActionDescriptor.EndpointMetadata;
        var path = (operation.Parameters ?? []).OfType<OpenApiParameter>().Where(p => p.In == ParameterLocation.Path).ToList();
        operation.Parameters = [.. path];
        foreach (var parameter in path)
        {
            (parameter.Description, var example, var schema) = Path[parameter.Name!];
            (parameter.Schema, parameter.Example) = (schema, Shown(example, schema));
        }

        var bound = metadata.OfType<MethodInfo>().Single().GetParameters();
        foreach (var taken in metadata.OfType<TakesQuery>())
        {
            operation.Parameters.Add(Parameter(taken.Name, ParameterLocation.Query, taken.Description, taken.Example, taken.Required,
                taken.Schema ?? (bound.FirstOrDefault(one => one.Name == taken.Name) is { } parameter ? QuerySchema.Of(parameter) : QuerySchema.Text())));
        }

        var isPost = context.ApiDescription.HttpMethod == "POST";
        foreach (var taken in metadata.OfType<TakesHeader>())
        {
            operation.Parameters.Add(Parameter(taken.Name, ParameterLocation.Header, taken.Description, taken.Example,
                taken.Required && (isPost || taken.Name != "Idempotency-Key"), QuerySchema.Text()));
        }

        operation.Parameters.Add(Parameter("Accept-Language", ParameterLocation.Header,
            "Language of the texts: id (when absent) or en.", "en", required: false, QuerySchema.Text()));
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
        string name, ParameterLocation place, string description, string example, bool required, OpenApiSchema schema) => new()
        {
            Name = name,
            In = place,
            Description = description,
            Required = required,
            Example = Shown(example, schema),
            Schema = schema,
        };

    private static JsonValue Shown(string example, OpenApiSchema schema) =>
        schema.Type == JsonSchemaType.Integer ? JsonValue.Create(int.Parse(example, null)) : JsonValue.Create(example);
}
