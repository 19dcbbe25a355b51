using System.Globalization;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Kinerja.Api.Tests;

/// <summary>What the service answered, read whole.</summary>
internal sealed record Answer(int Status, HttpResponseHeaders Headers, string? ContentType, byte[] Body)
{
    public string Text => Encoding.UTF8.GetString(Body);

    public JsonNode Json => JsonNode.Parse(Body) ?? throw new InvalidOperationException("null");

    public string? ETag => Headers.ETag?.ToString();

    public string? Header(string name) => Headers.TryGetValues(name, out var values) ? string.Join(", ", values) : null;

    public Answer Is(int status)
    {
        Assert.True(Status == status, $"expected {status}, got {Status}: {Text}");
        return this;
    }

    /// <summary>A problem with this status and code, complete as RFC 9457 and the contract demand.</summary>
    public Answer Refuses(int status, string code)
    {
        Is(status);
        Assert.Equal("application/problem+json", ContentType);
        var problem = Json.AsObject();
        Assert.Equal(
            ["type", "title", "status", "detail", "instance", "code", "traceId", "errors"], problem.Select(member => member.Key));
        Assert.True((string)problem["code"]! == code, $"expected {code}: {Text}");
        Assert.NotEqual(code, (string)problem["detail"]!); // What has no words would say its code.
        Assert.Equal(status, (int)problem["status"]!);
        Assert.EndsWith($"/problems/{code}", (string)problem["type"]!, StringComparison.Ordinal);
        Assert.Equal(32, ((string)problem["traceId"]!).Length);
        return this;
    }

    /// <summary>A problem that names exactly these faults, in any order.</summary>
    public Answer Refuses(int status, string code, params IEnumerable<(string Pointer, string Code)> faults)
    {
        Refuses(status, code);
        Assert.Equal(
            faults.Order(), Json["errors"]!.AsArray().Select(e => ((string)e!["pointer"]!, (string)e["code"]!)).Order());
        return this;
    }

    public string Detail => (string)Json["detail"]!;
}

/// <summary>Requests as an integrator sends them.</summary>
internal static class Requests
{
    public static Task<Answer> Get(this HttpClient client, string path, params (string Name, string Value)[] headers) =>
        client.Send(HttpMethod.Get, path, null, headers);

    /// <summary>A write with a key of its own, unless a header says otherwise (an empty value leaves a header out).</summary>
    public static Task<Answer> Post(this HttpClient client, string path, object body, params (string Name, string Value)[] headers) =>
        client.Send(HttpMethod.Post, path, Content(body), Keyed(headers));

    public static Task<Answer> Put(this HttpClient client, string path, object body, params (string Name, string Value)[] headers) =>
        client.Send(HttpMethod.Put, path, Content(body), headers);

    public static async Task<Answer> Send(
        this HttpClient client, HttpMethod method, string path, HttpContent? content, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(method, new Uri(path, UriKind.RelativeOrAbsolute)) { Content = content };
        foreach (var (name, value) in headers.Where(header => header.Value.Length > 0))
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }

        using var response = await client.SendAsync(request);
        return new Answer((int)response.StatusCode, response.Headers, response.Content.Headers.ContentType?.MediaType,
            await response.Content.ReadAsByteArrayAsync());
    }

    /// <summary>A body: text as it is, everything else as the contract writes it.</summary>
    public static HttpContent Content(object body) => new ByteArrayContent(body switch
    {
        byte[] bytes => bytes,
        string text => Encoding.UTF8.GetBytes(text),
        JsonNode node => Encoding.UTF8.GetBytes(node.ToJsonString()),
        _ => JsonSerializer.SerializeToUtf8Bytes(body, Json.Documents),
    })
    {
        Headers = { ContentType = new MediaTypeHeaderValue("application/json") },
    };

    public static (string Name, string Value) IfMatch(int version) =>
        ("If-Match", string.Create(CultureInfo.InvariantCulture, $"\"{version}\""));

    public static (string Name, string Value) Key(string key) => ("Idempotency-Key", key);

    public static readonly (string Name, string Value) English = ("Accept-Language", "en");

    private static (string Name, string Value)[] Keyed((string Name, string Value)[] headers) =>
        headers.Any(header => header.Name == "Idempotency-Key") ? headers : [.. headers, Key(Guid.NewGuid().ToString())];
}
