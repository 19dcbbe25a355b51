using Microsoft.OpenApi;
using Swashbuckle.AspNetCore.SwaggerGen;

namespace Kinerja.Api;

/// <summary>A computed answer has all its members, with null where there is nothing to say (<see cref="Json.Answers"/>); only of
/// what is stored or sent in is an optional member left out (<see cref="Json.Documents"/>).</summary>
internal sealed class RequiredMembers : IDocumentFilter
{
    public void Apply(OpenApiDocument document, DocumentFilterContext context)
    {
        var schemas = document.Components!.Schemas!;
        var stored = new HashSet<string>(StringComparer.Ordinal);
        foreach (var type in DocumentKinds.ByType.Keys)
        {
            if (context.SchemaRepository.TryLookupByType(type, out var reference))
            {
                Reach(reference);
            }
        }

        foreach (var body in document.Paths.Values.SelectMany(path => path.Operations!.Values).Select(operation => operation.RequestBody))
        {
            foreach (var media in body?.Content?.Values ?? [])
            {
                Reach(media.Schema);
            }
        }

        foreach (var (name, schema) in schemas)
        {
            if (schema is OpenApiSchema { Properties: { Count: > 0 } members } computed && !stored.Contains(name))
            {
                computed.Required = members.Keys.ToHashSet(StringComparer.Ordinal);
            }
        }

        void Reach(IOpenApiSchema? schema)
        {
            if (schema is OpenApiSchemaReference { Reference.Id: { } name })
            {
                if (stored.Add(name))
                {
                    Reach(schemas[name]);
                }

                return;
            }

            foreach (var part in Parts(schema))
            {
                Reach(part);
            }
        }
    }

    private static IEnumerable<IOpenApiSchema?> Parts(IOpenApiSchema? schema) => schema is null ? [] :
        [.. schema.Properties?.Values ?? [], .. schema.AllOf ?? [], .. schema.OneOf ?? [], schema.Items, schema.AdditionalProperties];
}
