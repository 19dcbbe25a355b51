using System.Net;

namespace Kinerja.Domain.Tests;

/// <summary>Which addresses and URLs may be targets: every closed range by its edges, and the neighbours that are open.</summary>
public sealed class TargetTests
{
    [Theory]
    [InlineData("0.0.0.0", "0.255.255.255", null, "1.0.0.0")]
    [InlineData("10.0.0.0", "10.255.255.255", "9.255.255.255", "11.0.0.0")]
    [InlineData("100.64.0.0", "100.127.255.255", "100.63.255.255", "100.128.0.0")]
    [InlineData("127.0.0.0", "127.255.255.255", "126.255.255.255", "128.0.0.0")]
    [InlineData("169.254.0.0", "169.254.255.255", "169.253.255.255", "169.255.0.0")]
    [InlineData("172.16.0.0", "172.31.255.255", "172.15.255.255", "172.32.0.0")]
    [InlineData("192.0.0.0", "192.0.0.255", "191.255.255.255", "192.0.1.0")]
    [InlineData("192.0.2.0", "192.0.2.255", "192.0.1.255", "192.0.3.0")]
    [InlineData("192.31.196.0", "192.31.196.255", "192.31.195.255", "192.31.197.0")]
    [InlineData("192.52.193.0", "192.52.193.255", "192.52.192.255", "192.52.194.0")]
    [InlineData("192.88.99.0", "192.88.99.255", "192.88.98.255", "192.88.100.0")]
    [InlineData("192.168.0.0", "192.168.255.255", "192.167.255.255", "192.169.0.0")]
    [InlineData("192.175.48.0", "192.175.48.255", "192.175.47.255", "192.175.49.0")]
    [InlineData("198.18.0.0", "198.19.255.255", "198.17.255.255", "198.20.0.0")]
    [InlineData("198.51.100.0", "198.51.100.255", "198.51.99.255", "198.51.101.0")]
    [InlineData("203.0.113.0", "203.0.113.255", "203.0.112.255", "203.0.114.0")]
    [InlineData("224.0.0.0", "239.255.255.255", "223.255.255.255", null)]
    [InlineData("240.0.0.0", "255.255.255.255", null, null)]
    [InlineData("::", "1fff:ffff:ffff:ffff:ffff:ffff:ffff:ffff", null, "2000::")]
    [InlineData("::1", "::ffff:8.8.8.8", null, null)]
    [InlineData("::8.8.8.8", "::ffff:0:8.8.8.8", null, null)]
    [InlineData("64:ff9b::8.8.8.8", "64:ff9b:1:ffff:ffff:ffff:ffff:ffff", null, null)]
    [InlineData("100::", "100::ffff:ffff:ffff:ffff", null, null)]
    [InlineData("2001::", "2001:1ff:ffff:ffff:ffff:ffff:ffff:ffff", "2000:ffff::", "2001:200::")]
    [InlineData("2001:db8::", "2001:db8:ffff:ffff:ffff:ffff:ffff:ffff", "2001:db7:ffff::", "2001:db9::")]
    [InlineData("2002::", "2002:ffff:ffff:ffff:ffff:ffff:ffff:ffff", "2001:ffff::", "2003::")]
    [InlineData("2620:4f:8000::", "2620:4f:8000:ffff:ffff:ffff:ffff:ffff", "2620:4f:7fff::", "2620:4f:8001::")]
    [InlineData("3fff::", "3fff:fff:ffff:ffff:ffff:ffff:ffff:ffff", "3ffe:ffff::", "3fff:1000::")]
    [InlineData("4000::", "fbff:ffff:ffff:ffff:ffff:ffff:ffff:ffff", "3fff:ffff::", null)]
    [InlineData("fc00::", "fdff:ffff:ffff:ffff:ffff:ffff:ffff:ffff", null, null)]
    [InlineData("fe80::", "febf:ffff:ffff:ffff:ffff:ffff:ffff:ffff", null, null)]
    [InlineData("fec0::", "ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff", null, null)]
    public void A_range_is_closed_from_its_first_address_to_its_last(string first, string last, string? before, string? after)
    {
        Assert.False(IsPublic(first));
        Assert.False(IsPublic(last));
        Assert.True(before is null || IsPublic(before), before);
        Assert.True(after is null || IsPublic(after), after);
    }

    [Fact]
    public void What_is_no_address_is_no_target()
    {
        Assert.False(Target.IsPublic([]));
        Assert.False(Target.IsPublic([8, 8, 8]));
        Assert.True(Target.IsPublic([8, 8, 8, 8]));
    }

    [Theory]
    [InlineData("https://dashboard.example/kinerja", null)]
    [InlineData("https://dashboard.example:8443/kinerja?dari=ntt", null)]
    [InlineData("https://8.8.8.8/", null)]
    [InlineData("http://allowed.test/", null)]
    [InlineData("http://dashboard.example/", "target-without-tls")]
    [InlineData("ftp://allowed.test/", "not-a-target")]
    [InlineData("file:///etc/passwd", "not-a-target")]
    [InlineData("gopher://dashboard.example/", "not-a-target")]
    [InlineData("dashboard.example", "not-a-target")]
    [InlineData("//dashboard.example/", "not-a-target")]
    [InlineData("https://", "not-a-target")]
    [InlineData("https://user@dashboard.example/", "not-a-target")]
    [InlineData("https://user:sandi@dashboard.example/", "not-a-target")]
    [InlineData("https://dashboard.example@127.0.0.1/", "not-a-target")]
    [InlineData("https://dashboard.example\\@127.0.0.1/", "not-a-target")]
    [InlineData("https://dashboard.example/#bagian", "not-a-target")]
    [InlineData("https://dashboard.example /", "not-a-target")]
    [InlineData("https://dashboard.example/\r\nHost: x", "not-a-target")]
    [InlineData("https://127。0。0。1/", "not-a-target")]
    [InlineData("https://１２７.0.0.1/", "not-a-target")]
    [InlineData("https://dashboard.example:0/", "not-a-target")]
    public void A_url_is_whole_and_plain_and_over_tls(string url, string? code) =>
        Assert.Equal(code, Target.WhyNot(url, host => host == "allowed.test")?.Code);

    private static bool IsPublic(string address) => Target.IsPublic(IPAddress.Parse(address).GetAddressBytes());
}
