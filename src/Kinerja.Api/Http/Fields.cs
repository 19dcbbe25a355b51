using System.Buffers;
using System.Reflection;
using System.Text.Json;
using Microsoft.AspNetCore.Http.Metadata;

namespace Kinerja.Api;

/// <summary>Sparse answers: <c>?fields=id,content.lines.target</c> keeps the named members and leaves out the rest.</summary>
internal sealed record Fields(string Text, IReadOnlyList<string[]> Paths) : IEndpointParameterMetadataProvider
{
    private const string Parameter = "fields";

    private static readonly Fields Whole = new("", []);

    /// <summary>Nothing is left out.</summary>
    public bool All => Paths.Count == 0;

    public static ValueTask<Fields> BindAsync(HttpContext http) => ValueTask.FromResult(Of(http));

    /// <summary>The members a request asks for.</summary>
    public static Fields Of(HttpContext http)
    {
        var text = http.Request.Query[Parameter].ToString();
        if (text.Length == 0)
        {
            return Whole;
        }

        var names = text.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        if (names.Length == 0)
        {
            throw new BadRequest(400, [Fault.At("", "unknown-field", ("field", text))]);
        }

        return new Fields(
            string.Join(',', names.Order(StringComparer.Ordinal)), [.. names.Select(name => name.Split('.'))]);
    }

    /// <summary>The same of each row of a page, which stays a page.</summary>
    public Fields OfRows() => this with { Paths = [["nextPageToken"], .. Paths.Select(path => (string[])["items", .. path])] };

    public static void PopulateMetadata(ParameterInfo parameter, EndpointBuilder builder) =>
        builder.Metadata.Add(Taken("Only these members, by dotted names: id,content.lines.target", "id,version"));

    /// <summary>How an endpoint states that it takes them.</summary>
    public static TakesQuery Taken(string description, string example) => new(Parameter, description, example);

    /// <summary>A name that the type has nowhere is refused; one that this body happens to lack is left out.</summary>
    public void MustBeOf(Type type)
    {
        var unknown = Paths.Where(path => !Has(type, path)).Select(path => string.Join('.', path)).ToList();
        if (unknown.Count > 0)
        {
            throw new BadRequest(400, [.. unknown.Select(field => Fault.At("", "unknown-field", ("field", field)))]);
        }
    }

    /// <summary>The body with the chosen members only.</summary>
    public byte[] Select(byte[] body)
    {
        using var document = JsonDocument.Parse(body);
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer, new JsonWriterOptions { Encoder = Json.Documents.Encoder }))
        {
            Copy(document.RootElement, Paths, 0, writer);
        }

        return buffer.WrittenSpan.ToArray();
    }

    private static bool Has(Type type, ReadOnlySpan<string> path)
    {
        if (path.Length == 0)
        {
            return true;
        }

        var name = path[0];
        var rest = path[1..];
        var contract = Json.Documents.GetTypeInfo(type);
        if (contract.ElementType is { } element)
        {
            return Has(element, path);
        }

        if (contract.Properties.FirstOrDefault(property => property.Name == name) is { } member)
        {
            return Has(member.PropertyType, rest);
        }

        if (contract.PolymorphismOptions is not { } union)
        {
            return false;
        }

        if (name == union.TypeDiscriminatorPropertyName)
        {
            return rest.Length == 0;
        }

        foreach (var derived in union.DerivedTypes)
        {
            if (derived.DerivedType != type && Has(derived.DerivedType, path))
            {
                return true;
            }
        }

        return false;
    }

    private static void Copy(JsonElement json, IReadOnlyList<string[]> paths, int depth, Utf8JsonWriter writer)
    {
        if (json.ValueKind == JsonValueKind.Array)
        {
            writer.WriteStartArray();
            foreach (var item in json.EnumerateArray())
            {
                Copy(item, paths, depth, writer);
            }

            writer.WriteEndArray();
        }
        else if (json.ValueKind != JsonValueKind.Object || paths.Any(path => path.Length == depth))
        {
            json.WriteTo(writer);
        }
        else
        {
            writer.WriteStartObject();
            foreach (var member in json.EnumerateObject())
            {
                var inside = paths.Where(path => path[depth] == member.Name).ToList();
                if (inside.Count > 0)
                {
                    writer.WritePropertyName(member.Name);
                    Copy(member.Value, inside, depth + 1, writer);
                }
            }

            writer.WriteEndObject();
        }
    }
}
