using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging.Abstractions;

namespace Kinerja.Api.Tests;

public sealed class Ed25519Tests
{
    private static readonly string Seed = "4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb";

    [Theory]
    [InlineData("9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60", "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a", "",
        "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b")]
    [InlineData("4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb", "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c", "72",
        "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00")]
    public void It_signs_as_RFC_8032_does(string seed, string key, string message, string signature)
    {
        using var signing = Ed25519.OfSeed(Convert.FromHexString(seed));
        using var verifying = Ed25519.OfPublic(Convert.FromHexString(key));
        var (said, signed) = (Convert.FromHexString(message), Convert.FromHexString(signature));

        Assert.Equal(key, Convert.ToHexStringLower(signing.Public));
        Assert.Equal(signature, Convert.ToHexStringLower(signing.Sign(said)));
        Assert.True(verifying.Verifies(said, signed));
        Assert.False(verifying.Verifies([.. said, 1], signed));
        signed[7] ^= 1;
        Assert.False(verifying.Verifies(said, signed));
        Assert.False(verifying.Verifies(said, signed.AsSpan(1)));
    }

    [Fact]
    public async Task A_key_is_a_file_of_openssl_or_a_seed_and_earlier_ones_are_still_shown()
    {
        var file = Path.GetTempFileName();
        await File.WriteAllTextAsync(file, PemEncoding.WriteString("PRIVATE KEY", Convert.FromHexString($"302e020100300506032b657004220420{Seed}")),
            TestContext.Current.CancellationToken);
        using var ofFile = Keys(("Signing:Key", file), ("Signing:Earlier:0", "11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo"));
        using var ofSeed = Keys(("Signing:Key", Convert.ToBase64String(Convert.FromHexString(Seed))));
        using var ofNothing = Keys();

        Assert.Equal(2, ofFile.Public.Keys.Count);
        Assert.Equal(ofSeed.Public.Keys[0], ofFile.Public.Keys[0]);
        Assert.Equal("kPrK_qmxVWaYVA9wwBF6Iuo3vVzz7TxHCTwXBygrS4k", ofFile.Public.Keys[1].Kid); // RFC 8037, A.3
        Assert.Equal((true, false), (ofSeed.IsKept, ofNothing.IsKept));
        Assert.Throws<InvalidOperationException>(() => Keys(("Signing:Key", "neither")));
        var text = Encoding.UTF8.GetBytes("teks");
        using var verifying = Ed25519.OfPublic(System.Buffers.Text.Base64Url.DecodeFromChars(ofSeed.Public.Keys[0].X));
        Assert.True(verifying.Verifies(text, ofFile.Sign(text)));
    }

    private static SigningKeys Keys(params (string Name, string Value)[] settings) => new(
        new ConfigurationBuilder().AddInMemoryCollection(settings.Select(one => KeyValuePair.Create(one.Name, (string?)one.Value))).Build(),
        NullLogger<SigningKeys>.Instance);
}
