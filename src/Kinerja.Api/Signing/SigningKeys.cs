using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Kinerja.Api;

/// <summary>A public key as a JSON Web Key (RFC 8037).</summary>
/// <param name="Kty">OKP.</param>
/// <param name="Crv">Ed25519.</param>
/// <param name="X">The key, base64url.</param>
/// <param name="Kid">Its thumbprint (RFC 7638).</param>
/// <param name="Use">sig.</param>
/// <param name="Alg">EdDSA.</param>
internal sealed record PublicKey(string Kty, string Crv, string X, string Kid, string Use, string Alg)
{
    public static PublicKey Of(byte[] key)
    {
        var x = Base64Url.EncodeToString(key);
        var thumbprint = SHA256.HashData(Encoding.UTF8.GetBytes($$"""{"crv":"Ed25519","kty":"OKP","x":"{{x}}"}"""));
        return new PublicKey("OKP", "Ed25519", x, Base64Url.EncodeToString(thumbprint), "sig", "EdDSA");
    }
}

/// <summary>Public keys, the one that signs now first.</summary>
/// <param name="Keys">The keys.</param>
internal sealed record PublicKeys(IReadOnlyList<PublicKey> Keys)
{
    /// <summary>Whether a JSON object is signed by one of these keys: its member <c>signature</c> is over the canonical form
    /// (RFC 8785) of the object without it, by the key that <c>kid</c> names.</summary>
    public bool Verifies(JsonObject signed)
    {
        if (signed["kid"] is not JsonValue kid || signed["signature"] is not JsonValue signature
            || Keys.FirstOrDefault(key => key.Kid == kid.ToString()) is not { } named || !Base64Url.IsValid(signature.ToString()))
        {
            return false;
        }

        var said = (JsonObject)signed.DeepClone();
        said.Remove("signature");
        using var key = Ed25519.OfPublic(Base64Url.DecodeFromChars(named.X));
        return key.Verifies(CanonicalJson.Bytes(JsonSerializer.SerializeToElement(said)), Base64Url.DecodeFromChars(signature.ToString()));
    }
}

/// <summary>The key this service signs with, and those it signed with before.</summary>
internal sealed class SigningKeys : IDisposable
{
    // The head of a PKCS #8 file of an Ed25519 key (RFC 8410); the seed follows.
    private static readonly byte[] Pkcs8 = Convert.FromHexString("302e020100300506032b657004220420");

    private readonly Ed25519 key;

    /// <summary>
    /// <c>Signing:Key</c> is a PKCS #8 file in PEM, or the seed itself in base64; <c>Signing:Earlier</c> are public keys, base64url,
    /// that are still shown. Without a key the service makes one that dies with it, and says so: its signatures hold as long
    /// as it runs, and no heads are exported with them.
    /// </summary>
    public SigningKeys(IConfiguration configuration, ILogger<SigningKeys> log)
    {
        var named = configuration["Signing:Key"];
        IsKept = !string.IsNullOrEmpty(named);
        if (!IsKept)
        {
            log.LogWarning("Signing:Key is not set: heads and events are signed with a key that ends with this process");
        }

        key = Ed25519.OfSeed(IsKept ? Seed(named!) : RandomNumberGenerator.GetBytes(Ed25519.KeyBytes));
        Public = new PublicKeys([
            PublicKey.Of(key.Public),
            .. (configuration.GetSection("Signing:Earlier").Get<string[]>() ?? []).Select(x => PublicKey.Of(Base64Url.DecodeFromChars(x)))]);
    }

    /// <summary>Whether the key outlives the process.</summary>
    public bool IsKept { get; }

    public PublicKeys Public { get; }

    public byte[] Sign(ReadOnlySpan<byte> message) => key.Sign(message);

    /// <summary>Adds to a JSON object which key signs it, and the signature; see <see cref="PublicKeys.Verifies"/>.</summary>
    public JsonObject Sign(JsonObject said)
    {
        said["kid"] = Public.Keys[0].Kid;
        said["signature"] = Base64Url.EncodeToString(Sign(CanonicalJson.Bytes(JsonSerializer.SerializeToElement(said))));
        return said;
    }

    public void Dispose() => key.Dispose();

    private static byte[] Seed(string named)
    {
        if (!File.Exists(named))
        {
            var seed = new byte[Ed25519.KeyBytes];
            return Convert.TryFromBase64String(named, seed, out var length) && length == seed.Length ? seed
                : throw new InvalidOperationException("Signing:Key names no file, and is no seed of 32 bytes in base64.");
        }

        var text = File.ReadAllText(named);
        var pem = PemEncoding.TryFind(text, out var found) ? Convert.FromBase64String(text[found.Base64Data]) : [];
        return pem.Length == Pkcs8.Length + Ed25519.KeyBytes && pem.AsSpan().StartsWith(Pkcs8) ? pem[Pkcs8.Length..]
            : throw new InvalidOperationException($"{named} holds no Ed25519 key in PKCS #8 (openssl genpkey -algorithm ed25519).");
    }
}
