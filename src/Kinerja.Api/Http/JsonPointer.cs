using System.Text.Json;

namespace Kinerja.Api;

/// <summary>JSON Pointers (RFC 6901) into a request body.</summary>
internal static class JsonPointer
{
    public static string Child(string pointer, string member) => $"{pointer}/{Fault.Step(member)}";

    public static string Child(string pointer, int index) => FormattableString.Invariant($"{pointer}/{index}");

    /// <summary>Where a text stops being JSON: the member or element that was being read.</summary>
    public static string OfFirstError(ReadOnlySpan<byte> json)
    {
        var path = new Stack<Place>();
        var reader = new Utf8JsonReader(json, new JsonReaderOptions { MaxDepth = 32 });
        try
        {
            while (reader.Read())
            {
                switch (reader.TokenType)
                {
                    case JsonTokenType.StartObject or JsonTokenType.StartArray:
                        Step(path);
                        path.Push(new Place(reader.TokenType == JsonTokenType.StartArray));
                        break;
                    case JsonTokenType.EndObject or JsonTokenType.EndArray:
                        path.Pop();
                        break;
                    case JsonTokenType.PropertyName:
                        path.Peek().Member = reader.GetString();
                        break;
                    default:
                        Step(path);
                        break;
                }
            }
        }
        catch (Exception end) when (end is JsonException or InvalidOperationException)
        {
            // Here the text stops being JSON, or a name stops being text.
        }

        return path.Reverse().Aggregate("", (pointer, place) => place.ToPointer(pointer));
    }

    private static void Step(Stack<Place> path)
    {
        if (path.TryPeek(out var place) && place.InArray)
        {
            place.Index++;
        }
    }

    private sealed class Place(bool inArray)
    {
        public bool InArray => inArray;

        public int Index { get; set; } = -1;

        public string? Member { get; set; }

        public string ToPointer(string parent) =>
            inArray ? Index < 0 ? parent : Child(parent, Index) : Member is null ? parent : Child(parent, Member);
    }
}
