using System.Text.Json.Nodes;

namespace Kinerja.Api.Tests;

/// <summary>A consumer of the feed.</summary>
internal sealed class Feed(HttpClient client, string filter = "")
{
    /// <summary>Where it stands; null before the first question.</summary>
    public string? Next { get; set; }

    /// <summary>Begins where the feed ends now.</summary>
    public async Task<Feed> FromNow()
    {
        Next = (string)(await client.Get("/v1/changes?after=now")).Is(200).Json["next"]!;
        return this;
    }

    /// <summary>One question.</summary>
    public async Task<IReadOnlyList<JsonNode>> Ask(int limit = 500, int wait = 0)
    {
        var answer = (await client.Get($"/v1/changes?limit={limit}&wait={wait}{filter}{(Next is null ? "" : $"&after={Next}")}")).Is(200).Json;
        Next = (string)answer["next"]!;
        return [.. answer["items"]!.AsArray().Select(item => item!)];
    }

    /// <summary>Everything up to the end.</summary>
    public async Task<IReadOnlyList<JsonNode>> Rest(int limit = 500)
    {
        var all = new List<JsonNode>();
        for (var before = ""; before != Next;)
        {
            before = Next;
            all.AddRange(await Ask(limit));
        }

        return all;
    }

    public static string IdOf(JsonNode change) => (string)change["data"]!["id"]!;
}
