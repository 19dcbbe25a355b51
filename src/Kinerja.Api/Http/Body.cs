using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.Net.Http.Headers;

namespace Kinerja.Api;

/// <summary>A request body that was read whole, checked whole, and is of its declared shape.</summary>
/// <param name="Value">The body.</param>
/// <param name="Hash">SHA-256 over the bytes as they came: what a reused idempotency key is compared by.</param>
internal sealed record Body<T>(T Value, string Hash) : IEndpointParameterMetadataProvider
    where T : class
{
    private const int Limit = 1_000_000;

    public static async ValueTask<Body<T>?> BindAsync(HttpContext http)
    {
        if (!IsJson(http.Request.ContentType))
        {
            throw new BadRequest(415, [Fault.At("", "not-json")]);
        }

        var bytes = await Read(http);
        return new Body<T>(Parse(bytes), Convert.ToHexStringLower(SHA256.HashData(bytes)));
    }

    public static void PopulateMetadata(System.Reflection.ParameterInfo parameter, EndpointBuilder builder) =>
        builder.Metadata.Add(new AcceptsMetadata(["application/json"], typeof(T)));

    private static async ValueTask<byte[]> Read(HttpContext http)
    {
        if (http.Request.ContentLength > Limit)
        {
            throw new BadRequest(413, [Fault.At("", "body-too-large", ("limit", "1 MB"))]);
        }

        using var buffer = new MemoryStream();
        var chunk = new byte[16_384];
        int read;
        while ((read = await http.Request.Body.ReadAsync(chunk, http.RequestAborted)) > 0)
        {
            buffer.Write(chunk, 0, read);
            if (buffer.Length > Limit)
            {
                throw new BadRequest(413, [Fault.At("", "body-too-large", ("limit", "1 MB"))]);
            }
        }

        return buffer.ToArray();
    }

    /// <summary>application/json, in UTF-8.</summary>
    private static bool IsJson(string? contentType) =>
        MediaTypeHeaderValue.TryParse(contentType, out var type)
        && type.MediaType.Equals("application/json", StringComparison.OrdinalIgnoreCase)
        && (!type.Charset.HasValue || type.Charset.Equals("utf-8", StringComparison.OrdinalIgnoreCase));

    private static IReadOnlyList<Fault> Faults(JsonElement json)
    {
        var faults = new FoundFaults();
        try
        {
            Shape.Check(json, Json.Incoming.GetTypeInfo(typeof(T)), "", faults);
        }
        catch (InvalidOperationException)
        {
            faults.Add(Fault.At("", "bad-character")); // Nor is it the name of a member.
        }

        return faults.All;
    }

    private static T Parse(byte[] bytes)
    {
        JsonDocument document;
        try
        {
            document = JsonDocument.Parse(bytes, new JsonDocumentOptions { MaxDepth = 32 });
        }
        catch (JsonException)
        {
            throw new BadRequest(400, [Fault.At(JsonPointer.OfFirstError(bytes), "malformed-json")]);
        }

        using (document)
        {
            var faults = Faults(document.RootElement);
            return faults.Count == 0
                ? document.RootElement.Deserialize<T>(Json.Incoming)!
                : throw new BadRequest(400, faults);
        }
    }
}

/// <summary>A request that is not of the form the contract states; answered with all its faults at once.</summary>
internal sealed class BadRequest(int status, IReadOnlyList<Fault> faults) : Exception(faults[0].Code)
{
    public int Status => status;

    public IReadOnlyList<Fault> Faults => faults;
}
