using System.Net.Http.Headers;

namespace Kinerja.Benchmarks;

/// <summary>Whether both servers answer a scenario with the same bytes; a ratio of different answers would mean nothing.</summary>
internal static class Sameness
{
    private const int Tried = 5;

    public static async Task<string> Of(Server api, Server twin, Scenario scenario)
    {
        using var client = new HttpClient();
        foreach (var request in scenario.Requests.Take(Tried))
        {
            var lines = request.Split("\r\n");
            var path = lines[0].Split(' ')[1];
            var token = lines[2].Split(' ')[2];
            var (one, other) = (await Get(client, api.Url + path, token), await Get(client, twin.Url + path, token));
            if (one.Length == 0 || !one.AsSpan().SequenceEqual(other))
            {
                return $"THE ANSWERS DIFFER on {path}: {one.Length} and {other.Length} bytes";
            }
        }

        return "the same bytes";
    }

    private static async Task<byte[]> Get(HttpClient client, string url, string token)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, url);
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        using var answer = await client.SendAsync(request);
        return await answer.Content.ReadAsByteArrayAsync();
    }
}
