using System.ComponentModel.DataAnnotations;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using Microsoft.OpenApi;
using Swashbuckle.AspNetCore.SwaggerGen;

namespace Kinerja.Api;

/// <summary>A value is one of its kinds, each told by its member kind; a document names its kind and has its content; a text that is
/// one of some words says which.</summary>
internal sealed class ExactSchemas : ISchemaFilter
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
        else if (context.Type.IsGenericType && context.Type.GetGenericTypeDefinition() == typeof(Document<>)
            && schema.Properties is { } members)
        {
            (schema.Required ??= new HashSet<string>()).Add("content");
            ((OpenApiSchema)members["kind"]).Enum = [JsonValue.Create(DocumentKinds.ByType[context.Type])];
        }
        else if (context.MemberInfo?.GetCustomAttributes(typeof(AllowedValuesAttribute), inherit: false) is [AllowedValuesAttribute words])
        {
            schema.Enum = [.. words.Values.Select(word => word is string text ? (JsonNode)text : JsonNullSentinel.JsonNull)];
        }
    }
}

/// <summary>Decimals are no doubles; and a reference that may be null says so in the words of 3.1.</summary>
internal sealed class ExactMembers : IDocumentFilter
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
