using System.Text.Json;

namespace Kinerja.Domain;

/// <summary>A member that differs between two versions of a document.</summary>
/// <param name="Pointer">Where it stands (JSON Pointer).</param>
/// <param name="Before">What stood there; null when nothing did.</param>
/// <param name="After">What stands there now; null when nothing does.</param>
public sealed record MemberChange(string Pointer, JsonElement? Before, JsonElement? After);

/// <summary>What changed between two versions.</summary>
public static class Difference
{
    /// <summary>The members that differ, the deepest that can be named; items of a list by their place.</summary>
    public static IEnumerable<MemberChange> Between(JsonElement? before, JsonElement? after) => Between("", before, after);

    private static IEnumerable<MemberChange> Between(string pointer, JsonElement? before, JsonElement? after)
    {
        if (before is { } earlier && after is { } later && earlier.ValueKind == later.ValueKind
            && earlier.ValueKind is JsonValueKind.Object or JsonValueKind.Array)
        {
            var (were, are) = (Members(earlier), Members(later));
            return were.Keys.Union(are.Keys, StringComparer.Ordinal).SelectMany(name => Between(
                $"{pointer}/{Fault.Step(name)}",
                were.TryGetValue(name, out var was) ? was : null, are.TryGetValue(name, out var @is) ? @is : null));
        }

        return before is { } one && after is { } other && JsonElement.DeepEquals(one, other) ? [] : [new(pointer, before, after)];
    }

    private static Dictionary<string, JsonElement> Members(JsonElement value) => value.ValueKind == JsonValueKind.Object
        ? value.EnumerateObject().ToDictionary(member => member.Name, member => member.Value, StringComparer.Ordinal)
        : value.EnumerateArray().Index().ToDictionary(
            item => item.Index.ToString(System.Globalization.CultureInfo.InvariantCulture), item => item.Item, StringComparer.Ordinal);
}
