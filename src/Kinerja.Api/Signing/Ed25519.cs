using System.Runtime.InteropServices;
using System.Security.Cryptography;
using Microsoft.Win32.SafeHandles;

namespace Kinerja.Api;

/// <summary>
/// Ed25519 (RFC 8032) by OpenSSL's libcrypto, which .NET on Linux needs for everything else already: the base library has no
/// Ed25519 of its own.
/// </summary>
internal sealed partial class Ed25519 : IDisposable
{
    public const int KeyBytes = 32;
    public const int SignatureBytes = 64;

    private const int Algorithm = 1087; // NID_ED25519
    private const string Library = "libcrypto";
    private readonly Key key;

    static Ed25519() => NativeLibrary.SetDllImportResolver(typeof(Ed25519).Assembly, (name, assembly, path) =>
    {
        if (name != Library)
        {
            return 0;
        }

        foreach (var candidate in new[] { "libcrypto.so.3", "libcrypto.so.1.1", "libcrypto.3.dylib", "libcrypto" })
        {
            if (NativeLibrary.TryLoad(candidate, assembly, path, out var handle))
            {
                return handle;
            }
        }

        return 0;
    });

    private Ed25519(Key key) => this.key = key.IsInvalid ? throw new CryptographicException("This is no Ed25519 key.") : key;

    /// <summary>The key pair of a seed of 32 bytes.</summary>
    public static Ed25519 OfSeed(ReadOnlySpan<byte> seed) => new(NewPrivate(Algorithm, 0, seed, (nuint)seed.Length));

    /// <summary>A public key of 32 bytes: it verifies, and signs nothing.</summary>
    public static Ed25519 OfPublic(ReadOnlySpan<byte> key) => new(NewPublic(Algorithm, 0, key, (nuint)key.Length));

    public byte[] Public
    {
        get
        {
            var bytes = new byte[KeyBytes];
            var length = (nuint)bytes.Length;
            Demand(GetPublic(key, bytes, ref length));
            return bytes;
        }
    }

    public byte[] Sign(ReadOnlySpan<byte> message)
    {
        using var context = NewContext();
        var signature = new byte[SignatureBytes];
        var length = (nuint)signature.Length;
        Demand(SignInit(context, 0, 0, 0, key));
        Demand(SignAll(context, signature, ref length, message, (nuint)message.Length));
        return signature;
    }

    public bool Verifies(ReadOnlySpan<byte> message, ReadOnlySpan<byte> signature)
    {
        using var context = NewContext();
        Demand(VerifyInit(context, 0, 0, 0, key));
        return VerifyAll(context, signature, (nuint)signature.Length, message, (nuint)message.Length) == 1;
    }

    public void Dispose() => key.Dispose();

    private static void Demand(int done)
    {
        if (done != 1)
        {
            throw new CryptographicException("libcrypto refused.");
        }
    }

    [LibraryImport(Library, EntryPoint = "EVP_PKEY_new_raw_private_key")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial Key NewPrivate(int type, nint engine, ReadOnlySpan<byte> key, nuint length);

    [LibraryImport(Library, EntryPoint = "EVP_PKEY_new_raw_public_key")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial Key NewPublic(int type, nint engine, ReadOnlySpan<byte> key, nuint length);

    [LibraryImport(Library, EntryPoint = "EVP_PKEY_get_raw_public_key")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int GetPublic(Key key, Span<byte> bytes, ref nuint length);

    [LibraryImport(Library, EntryPoint = "EVP_PKEY_free")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial void FreeKey(nint key);

    [LibraryImport(Library, EntryPoint = "EVP_MD_CTX_new")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial Context NewContext();

    [LibraryImport(Library, EntryPoint = "EVP_MD_CTX_free")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial void FreeContext(nint context);

    [LibraryImport(Library, EntryPoint = "EVP_DigestSignInit")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int SignInit(Context context, nint keyContext, nint digest, nint engine, Key key);

    [LibraryImport(Library, EntryPoint = "EVP_DigestSign")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int SignAll(
        Context context, Span<byte> signature, ref nuint signatureLength, ReadOnlySpan<byte> message, nuint messageLength);

    [LibraryImport(Library, EntryPoint = "EVP_DigestVerifyInit")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int VerifyInit(Context context, nint keyContext, nint digest, nint engine, Key key);

    [LibraryImport(Library, EntryPoint = "EVP_DigestVerify")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int VerifyAll(
        Context context, ReadOnlySpan<byte> signature, nuint signatureLength, ReadOnlySpan<byte> message, nuint messageLength);

    /// <summary>A key as libcrypto holds it.</summary>
    private sealed class Key() : SafeHandleZeroOrMinusOneIsInvalid(ownsHandle: true)
    {
        protected override bool ReleaseHandle()
        {
            FreeKey(handle);
            return true;
        }
    }

    /// <summary>A signing or a verifying in libcrypto.</summary>
    private sealed class Context() : SafeHandleZeroOrMinusOneIsInvalid(ownsHandle: true)
    {
        protected override bool ReleaseHandle()
        {
            FreeContext(handle);
            return true;
        }
    }
}
