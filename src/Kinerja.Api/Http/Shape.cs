using System.ComponentModel.DataAnnotations;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using System.Text.RegularExpressions;

namespace Kinerja.Api;

/// <summary>
/// Holds a JSON text against the contract of a type and names every fault at once, where the serializer would stop
/// at the first: unknown, missing, doubled and null members, wrong kinds, unknown words, and the ranges and lengths
/// that the type's attributes state (the same that OpenAPI shows).
/// </summary>
internal static class Shape
{
    public static void Check(JsonElement json, JsonTypeInfo type, string pointer, FoundFaults faults)
    {
        switch (type.Kind)
        {
            case JsonTypeInfoKind.Object when type.PolymorphismOptions is { } union:
                Union(json, type, union, pointer, faults);
                break;
            case JsonTypeInfoKind.Object:
                Members(json, type, discriminator: null, pointer, faults);
                break;
            case JsonTypeInfoKind.Enumerable:
                Elements(json, type, pointer, faults);
                break;
            case JsonTypeInfoKind.Dictionary:
                Entries(json, type, pointer, faults);
                break;
            default:
                Leaf(json, type.Type, pointer, faults);
                break;
        }
    }

    private static void Union(
        JsonElement json, JsonTypeInfo type, JsonPolymorphismOptions union, string pointer, FoundFaults faults)
    {
        if (!Is(json, JsonValueKind.Object, "object", pointer, faults))
        {
            return;
        }

        var discriminator = union.TypeDiscriminatorPropertyName;
        if (!json.TryGetProperty(discriminator, out var word))
        {
            faults.Add(Fault.At(JsonPointer.Child(pointer, discriminator), "missing-member"));
            return;
        }

        var cases = union.DerivedTypes.ToDictionary(d => (string)d.TypeDiscriminator!, d => d.DerivedType, StringComparer.Ordinal);
        if (word.ValueKind != JsonValueKind.String || !cases.TryGetValue(word.GetString()!, out var derived))
        {
            faults.Add(Fault.At(JsonPointer.Child(pointer, discriminator), "unknown-word",
                ("allowed", string.Join(", ", cases.Keys))));
            return;
        }

        Members(json, type.Options.GetTypeInfo(derived), discriminator, pointer, faults);
    }

    private static void Members(
        JsonElement json, JsonTypeInfo type, string? discriminator, string pointer, FoundFaults faults)
    {
        if (!Is(json, JsonValueKind.Object, "object", pointer, faults))
        {
            return;
        }

        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var member in json.EnumerateObject())
        {
            var at = JsonPointer.Child(pointer, member.Name);
            if (!seen.Add(member.Name))
            {
                faults.Add(Fault.At(at, "duplicate-member"));
            }
            else if (member.Name == discriminator)
            {
                continue;
            }
            else if (type.Properties.FirstOrDefault(p => p.Name == member.Name && !p.IsExtensionData) is not { } property)
            {
                faults.Add(Fault.At(at, "unknown-member"));
            }
            else if (member.Value.ValueKind != JsonValueKind.Null)
            {
                Member(member.Value, property, at, faults);
            }
            else if (!property.IsSetNullable || property.IsRequired)
            {
                faults.Add(Fault.At(at, "null-member"));
            }
        }

        foreach (var required in type.Properties.Where(p => p.IsRequired && !seen.Contains(p.Name)))
        {
            faults.Add(Fault.At(JsonPointer.Child(pointer, required.Name), "missing-member"));
        }
    }

    private static void Member(JsonElement json, JsonPropertyInfo property, string pointer, FoundFaults faults)
    {
        var attributes = property.AttributeProvider?.GetCustomAttributes(typeof(ValidationAttribute), true) ?? [];
        if (json.ValueKind == JsonValueKind.Number && attributes.OfType<RupiahAttribute>().FirstOrDefault() is { } rupiah)
        {
            if (Rupiah(json, rupiah, pointer) is { } fault)
            {
                faults.Add(fault);
            }

            return;
        }

        // How many there are is counted before each is looked at.
        if (json.ValueKind == JsonValueKind.Array && attributes.OfType<LengthAttribute>().FirstOrDefault() is { } length
            && Broken(length, json) is { } count)
        {
            faults.Add(count with { Pointer = pointer });
            return;
        }

        var before = faults.Count;
        Check(json, property.Options.GetTypeInfo(property.PropertyType), pointer, faults);
        if (faults.Count > before)
        {
            return;
        }

        foreach (var rule in attributes)
        {
            if (Broken((ValidationAttribute)rule, json) is { } fault)
            {
                faults.Add(fault with { Pointer = pointer });
            }
        }
    }

    /// <summary>An amount says what is wrong with it; a number beyond every decimal is too large, and 5.0 is written 5.</summary>
    private static Fault? Rupiah(JsonElement json, RupiahAttribute rupiah, string pointer) =>
        !json.TryGetDecimal(out var number) ? Fault.At(pointer, "amount-too-large")
        : RupiahAttribute.WhyNot(pointer, number, rupiah.IsSigned) is { } fault ? fault
        : json.TryGetInt64(out _) ? null
        : Fault.At(pointer, "fraction-of-rupiah");

    private static Fault? Broken(ValidationAttribute rule, JsonElement json) => rule switch
    {
        RangeAttribute range when json.GetDecimal() is var number
            && (number < Convert.ToDecimal(range.Minimum, null) || number > Convert.ToDecimal(range.Maximum, null)) =>
            Fault.At("", "out-of-range", ("low", $"{range.Minimum}"), ("high", $"{range.Maximum}")),
        StringLengthAttribute length when json.GetString()!.Length is var n
            && (n < length.MinimumLength || n > length.MaximumLength) =>
            Fault.At("", "bad-length", ("low", $"{length.MinimumLength}"), ("high", $"{length.MaximumLength}")),
        LengthAttribute length when json.GetArrayLength() is var n
            && (n < length.MinimumLength || n > length.MaximumLength) =>
            Fault.At("", "bad-count", ("low", $"{length.MinimumLength}"), ("high", $"{length.MaximumLength}")),
        RegularExpressionAttribute pattern when !Whole(pattern.Pattern, json.GetString()!) =>
            Fault.At("", "bad-format", ("pattern", pattern.Pattern)),
        _ => null,
    };

    private static void Elements(JsonElement json, JsonTypeInfo type, string pointer, FoundFaults faults)
    {
        if (!Is(json, JsonValueKind.Array, "array", pointer, faults))
        {
            return;
        }

        var element = type.Options.GetTypeInfo(type.ElementType!);
        var index = 0;
        foreach (var item in json.EnumerateArray())
        {
            Check(item, element, JsonPointer.Child(pointer, index++), faults);
        }
    }

    private static void Entries(JsonElement json, JsonTypeInfo type, string pointer, FoundFaults faults)
    {
        if (!Is(json, JsonValueKind.Object, "object", pointer, faults))
        {
            return;
        }

        var element = type.Options.GetTypeInfo(type.ElementType!);
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var entry in json.EnumerateObject())
        {
            var at = JsonPointer.Child(pointer, entry.Name);
            if (!seen.Add(entry.Name))
            {
                faults.Add(Fault.At(at, "duplicate-member"));
            }
            else
            {
                Check(entry.Value, element, at, faults);
            }
        }
    }

    private static void Leaf(JsonElement json, Type type, string pointer, FoundFaults faults)
    {
        type = Nullable.GetUnderlyingType(type) ?? type;
        if (type == typeof(decimal))
        {
            if (Is(json, JsonValueKind.Number, "number", pointer, faults) && !CanonicalJson.IsExact(json))
            {
                faults.Add(Fault.At(pointer, "too-many-digits"));
            }
        }
        else if (type == typeof(int) || type == typeof(long))
        {
            if (Is(json, JsonValueKind.Number, "integer", pointer, faults)
                && !(type == typeof(int) ? json.TryGetInt32(out _) : json.TryGetInt64(out _)))
            {
                faults.Add(Fault.At(pointer, "wrong-type", ("expected", "integer")));
            }
        }
        else if (type == typeof(bool))
        {
            if (json.ValueKind is not (JsonValueKind.True or JsonValueKind.False))
            {
                faults.Add(Fault.At(pointer, "wrong-type", ("expected", "boolean")));
            }
        }
        else if (Is(json, JsonValueKind.String, "string", pointer, faults))
        {
            try
            {
                Word(json.GetString()!, type, pointer, faults);
            }
            catch (InvalidOperationException)
            {
                faults.Add(Fault.At(pointer, "bad-character")); // Half a surrogate pair is no text.
            }
        }
    }

    private static void Word(string text, Type type, string pointer, FoundFaults faults)
    {
        if (type.IsEnum)
        {
            var words = Enum.GetNames(type).Select(JsonNamingPolicy.KebabCaseLower.ConvertName).ToList();
            if (!words.Contains(text, StringComparer.Ordinal))
            {
                faults.Add(Fault.At(pointer, "unknown-word", ("allowed", string.Join(", ", words))));
            }
        }
        else if (type == typeof(DateOnly) && Days.Read(text) is null)
        {
            faults.Add(Fault.At(pointer, "wrong-type", ("expected", "YYYY-MM-DD")));
        }
        else if (text.Contains('\0', StringComparison.Ordinal))
        {
            faults.Add(Fault.At(pointer, "bad-character"));
        }
    }

    /// <summary>The pattern matches the whole text, the empty one included.</summary>
    private static bool Whole(string pattern, string text) =>
        Regex.Match(text, pattern) is { Success: true } match && match.Length == text.Length;

    private static bool Is(JsonElement json, JsonValueKind kind, string expected, string pointer, FoundFaults faults)
    {
        if (json.ValueKind == kind)
        {
            return true;
        }

        faults.Add(Fault.At(pointer, json.ValueKind == JsonValueKind.Null ? "null-member" : "wrong-type", ("expected", expected)));
        return false;
    }
}

/// <summary>The faults of a body as they are found. The hundredth is the last that is looked for: whoever has so many sends something
/// else, and the answer says that there are more.</summary>
internal sealed class FoundFaults
{
    private const int Most = 100;
    private readonly List<Fault> found = [];

    public int Count => found.Count;

    public IReadOnlyList<Fault> All => found;

    /// <exception cref="BadRequest">There are more than are looked for.</exception>
    public void Add(Fault fault)
    {
        if (found.Count == Most)
        {
            throw new BadRequest(400, [.. found, Fault.At("", "more-faults", ("named", $"{Most}"))]);
        }

        found.Add(fault);
    }
}
