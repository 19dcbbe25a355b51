using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Kinerja.Api.Tests;

/// <summary>The program by the trust store of its machine, which the environment names (<c>SSL_CERT_FILE</c>): no setting of its own
/// trusts more.</summary>
public sealed class TlsTargetTests(SilentApi api) : IClassFixture<SilentApi>
{
    [Fact]
    public async Task Only_a_trusted_certificate_that_names_the_host_is_sent_to()
    {
        using var trusted = new Authority();
        using var unknown = new Authority();
        var store = Path.GetTempFileName();
        await File.WriteAllTextAsync(store, trusted.Pem, TestContext.Current.CancellationToken);
        await using var service = await OwnProcess.Start(api, new Uri($"http://127.0.0.1:{Shell.FreePort()}"),
            [("SSL_CERT_FILE", store), ("Webhooks:Parallel", "4"), ("Webhooks:RetrySeconds:0", "0")]);
        await using var good = await Receiver.Start(trusted.Certify(IPAddress.Loopback));
        await using var stranger = await Receiver.Start(unknown.Certify(IPAddress.Loopback));
        await using var another = await Receiver.Start(trusted.Certify(IPAddress.Parse("192.0.2.1")));

        Assert.Equal(["204 delivered"], await Sent("5301", good));
        Assert.Single(good.All);
        foreach (var (satker, refused) in new[] { ("5302", stranger), ("5303", another) })
        {
            // Two tries: the second was the last.
            Assert.Equal(["target-certificate given-up", "target-certificate waiting"], await Sent(satker, refused));
            Assert.Empty(refused.All);
        }

        File.Delete(store);
    }

    /// <summary>How the tries of a test event ended, the latest first.</summary>
    private async Task<IEnumerable<string>> Sent(string satker, Receiver receiver)
    {
        Assert.StartsWith("https://", receiver.Url, StringComparison.Ordinal);
        var (webhook, _) = await api.Subscribed(satker, receiver.Url, Subscriptions.Nothing);
        await api.Tested(webhook);
        await Eventually.Holds(async () => (await api.Attempts(webhook)).Any(attempt => (string)attempt["state"]! != "waiting"));
        return await api.Ends(webhook);
    }

    /// <summary>Somebody who certifies servers.</summary>
    private sealed class Authority : IDisposable
    {
        private static readonly DateTimeOffset From = new(2020, 1, 1, 0, 0, 0, TimeSpan.Zero), Until = new(2100, 1, 1, 0, 0, 0, TimeSpan.Zero);
        private readonly ECDsa key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        private readonly X509Certificate2 own;

        public Authority()
        {
            var request = new CertificateRequest($"CN=Otoritas uji {Guid.NewGuid()}", key, HashAlgorithmName.SHA256);
            request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
            own = request.CreateSelfSigned(From, Until);
        }

        public string Pem => own.ExportCertificatePem();

        /// <summary>A certificate of a server at an address.</summary>
        public X509Certificate2 Certify(IPAddress address)
        {
            using var its = ECDsa.Create(ECCurve.NamedCurves.nistP256);
            var request = new CertificateRequest("CN=penerima", its, HashAlgorithmName.SHA256);
            var names = new SubjectAlternativeNameBuilder();
            names.AddIpAddress(address);
            request.CertificateExtensions.Add(names.Build());
            using var certificate = request.Create(own, From, Until, RandomNumberGenerator.GetBytes(8));
            return certificate.CopyWithPrivateKey(its);
        }

        public void Dispose()
        {
            own.Dispose();
            key.Dispose();
        }
    }
}
