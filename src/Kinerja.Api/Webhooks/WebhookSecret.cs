using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Kinerja.Api;

/// <summary>What signs the deliveries of one subscription, and is known to its target (Standard Webhooks 1.0).</summary>
internal sealed record WebhookSecret(byte[] Bytes)
{
    private const int Size = 32;

    public string Text => $"whsec_{Convert.ToBase64String(Bytes)}";

    public static WebhookSecret New() => new(RandomNumberGenerator.GetBytes(Size));

    /// <summary>
    /// The headers of a message: one <c>v1</c> signature (HMAC-SHA256) for each secret that holds, then the <c>v1a</c> signature
    /// (Ed25519) of the service, all over <c>id.timestamp.body</c>.
    /// </summary>
    public static IEnumerable<(string Name, string Value)> Headers(
        string id, DateTimeOffset at, byte[] body, IEnumerable<byte[]> secrets, SigningKeys keys)
    {
        var timestamp = at.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        byte[] content = [.. Encoding.UTF8.GetBytes($"{id}.{timestamp}."), .. body];
        var signatures = secrets.Select(secret => $"v1,{Convert.ToBase64String(HMACSHA256.HashData(secret, content))}")
            .Append($"v1a,{Convert.ToBase64String(keys.Sign(content))}");
        return [("webhook-id", id), ("webhook-timestamp", timestamp), ("webhook-signature", string.Join(' ', signatures))];
    }
}
