using System.Globalization;
using System.Reflection;
using System.Security.Cryptography;
using Microsoft.AspNetCore.Http.Metadata;

namespace Kinerja.Api;

/// <summary>Strong entity tags: a document's version, and for a chosen selection of fields a mark of that selection;
/// the same for every caller.</summary>
internal static class ETag
{
    public static string Of(int version, string? representation = null) => representation is null
        ? string.Create(CultureInfo.InvariantCulture, $"\"{version}\"")
        : string.Create(CultureInfo.InvariantCulture, $"\"{version}.{Mark(System.Text.Encoding.UTF8.GetBytes(representation))}\"");

    /// <summary>The tag of a computed answer: a mark of its bytes.</summary>
    public static string OfBytes(ReadOnlySpan<byte> bytes) => $"\"{Mark(bytes)}\"";

    /// <summary>The version a tag names, whatever its representation; none when it is not one of ours.</summary>
    public static int? Version(string tag)
    {
        var text = tag.Trim().Trim('"').Split('.')[0];
        return int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var version) ? version : null;
    }

    /// <summary>Whether the reader already has what it would get.</summary>
    public static bool Matches(HttpRequest request, string tag) =>
        request.Headers.IfNoneMatch.SelectMany(values => (values ?? "").Split(','))
            .Any(value => value.Trim() is var mine && (mine == tag || mine == "*" || mine == "W/" + tag));

    private static string Mark(ReadOnlySpan<byte> bytes) => Convert.ToHexStringLower(SHA256.HashData(bytes).AsSpan(0, 12));
}

/// <summary>The version a writer saw, from <c>If-Match</c>: absent is 428.</summary>
/// <param name="Version">The version; none when whichever there is will do (<c>*</c>).</param>
internal sealed record IfMatch(int? Version) : IEndpointParameterMetadataProvider
{
    private const int OfAnother = -1;

    /// <summary>Why not upon this version; the one place where a version that was seen is compared with the one there is.</summary>
    public static Refusal? WhyNot(int? seen, int version) => seen is { } one && one != version ? Refusal.Stale(version) : null;

    public static ValueTask<IfMatch?> BindAsync(HttpContext http)
    {
        string? header = http.Request.Headers.IfMatch;
        return string.IsNullOrWhiteSpace(header)
            ? throw new BadRequest(428, [Fault.At("", "if-match-required")])
            : ValueTask.FromResult<IfMatch?>(new IfMatch(header.Trim() == "*" ? null : ETag.Version(header) ?? OfAnother));
    }

    public static void PopulateMetadata(ParameterInfo parameter, EndpointBuilder builder)
    {
        foreach (var status in new[] { 412, 428 })
        {
            builder.Metadata.Add(new ProducesResponseTypeMetadata(status, typeof(Problem), ["application/problem+json"]));
        }

        builder.Metadata.Add(new TakesHeader("If-Match", "The ETag of the version you saw; another version answers 412. * stands for whichever there is.", "\"3\"", Required: true));
    }
}
