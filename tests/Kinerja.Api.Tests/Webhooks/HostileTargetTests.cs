using System.Net;
using Microsoft.Extensions.DependencyInjection;

namespace Kinerja.Api.Tests;

/// <summary>Targets that only this service could reach: refused when they are named, and again at each connection.</summary>
public sealed class HostileTargetTests(WebhookApi api) : IClassFixture<WebhookApi>
{
    private const int Urls = 500;

    private static readonly string[] Closed4 =
    [
        "0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12", "192.0.0.0/24", "192.0.2.0/24",
        "192.88.99.0/24", "192.168.0.0/16", "198.18.0.0/15", "198.51.100.0/24", "203.0.113.0/24", "224.0.0.0/4", "240.0.0.0/4",
    ];

    private HttpClient Administrator => api.As("00.admin-periode");

    [Fact]
    public async Task Five_hundred_hostile_urls_are_refused_and_none_is_connected_to()
    {
        var targets = api.Services.GetRequiredService<WebhookTargets>();
        var dice = new Random(Seeds.Run);
        var connected = new List<string>();
        foreach (var url in Enumerable.Range(0, Urls).Select(number => Hostile(number, dice)))
        {
            var answer = await Administrator.Post("/v1/satker/5301/webhooks", new WebhookWish(url, []));
            var tried = await targets.Post(new Uri(url), [], []);
            if (answer.Status != 422 || tried.Status is not null || tried.Error is not ("target-not-allowed" or "target-without-tls" or "not-a-target"))
            {
                connected.Add($"{url}: {answer.Status} {tried}");
            }
        }

        Assert.True(connected.Count == 0, $"KINERJA_SEED={Seeds.Run}: {string.Join('\n', connected)}");
        Assert.Equal(0, await api.Owner.Count("webhook where satker = '5301'"));
    }

    [Fact]
    public async Task A_name_that_moves_inside_after_it_was_taken_is_refused_at_the_connection()
    {
        await using var receiver = await Receiver.Start();
        api.Names["moves.test"] = [IPAddress.Parse("93.184.215.14")];
        var (webhook, _) = await api.Subscribed("5302", $"https://moves.test:{receiver.Port}/", Subscriptions.Nothing);
        foreach (IPAddress[] inside in new IPAddress[][] { [IPAddress.Loopback], [IPAddress.Parse("93.184.215.14"), IPAddress.Loopback], [IPAddress.IPv6Loopback] })
        {
            api.Names["moves.test"] = inside;
            var before = (await api.Attempts(webhook)).Count;
            await api.Tested(webhook);
            await Eventually.Holds(async () => (await api.Attempts(webhook)).Count == before + 10);
            Assert.All(await api.Attempts(webhook), attempt =>
                Assert.Equal((null, "target-not-allowed"), ((int?)attempt["status"], (string?)attempt["error"])));
        }

        Assert.True(api.Resolved >= 30);
        Assert.Empty(receiver.All);
        (await Administrator.Post("/v1/satker/5302/webhooks", new WebhookWish("https://moves.test/", [])))
            .Refuses(422, "rules-broken", ("/url", "target-not-allowed"));
        (await Administrator.Post("/v1/satker/5302/webhooks", new WebhookWish("https://nowhere.test/", [])))
            .Refuses(422, "rules-broken", ("/url", "target-unresolved"));
    }

    [Fact]
    public async Task A_host_that_the_configuration_allows_is_connected_to_wherever_it_stands()
    {
        await using var receiver = await Receiver.Start();
        api.Names["allowed.test"] = [IPAddress.Loopback];
        var (webhook, _) = await api.Subscribed("5303", $"http://allowed.test:{receiver.Port}/kinerja", Subscriptions.Nothing);
        await api.Tested(webhook);

        Assert.Equal($"allowed.test:{receiver.Port}", (await receiver.Next()).Headers["host"]);
    }

    /// <summary>An address of a closed range in one of the spellings by which they are smuggled, or a name that stands for it.</summary>
    private string Hostile(int number, Random dice)
    {
        var range = IPNetwork.Parse(Closed4[number % Closed4.Length]);
        var bytes = range.BaseAddress.GetAddressBytes();
        var within = (uint)dice.NextInt64(1L << (32 - range.PrefixLength));
        var value = ((uint)bytes[0] << 24 | (uint)bytes[1] << 16 | (uint)bytes[2] << 8 | bytes[3]) | within;
        if (value == (127u << 24 | 1))
        {
            value++; // The one address that the tests allow.
        }

        var (a, b, c, d) = (value >> 24, value >> 16 & 255, value >> 8 & 255, value & 255);
        var dotted = $"{a}.{b}.{c}.{d}";
        var mapped = $"{a:x2}{b:x2}:{c:x2}{d:x2}";
        var name = $"n{number}.test";
        api.Names[name] = number % 2 == 0 ? [IPAddress.Parse(dotted)] : [IPAddress.Parse("93.184.215.14"), IPAddress.Parse(dotted)];
        var host = (number / Closed4.Length % 16) switch
        {
            0 => dotted,
            1 => $"{value}",
            2 => $"0x{value:x}",
            3 => $"0{Convert.ToString(a, 8)}.0{Convert.ToString(b, 8)}.0{Convert.ToString(c, 8)}.0{Convert.ToString(d, 8)}",
            4 => $"0x{a:x}.{b}.0x{c:x}.{d}",
            5 => $"{a}.{value & 0xFFFFFF}",
            6 => $"[::ffff:{dotted}]",
            7 => $"[::ffff:{mapped}]",
            8 => $"[64:ff9b::{mapped}]",
            9 => $"[2002:{mapped}::1]",
            10 => $"[::{mapped}]",
            11 => $"[fe80::{mapped}]",
            12 => $"[fd{a:x2}::{mapped}]",
            13 => $"[ff02::{mapped}]",
            14 => $"[2001:0:{mapped}::1]",
            _ => name,
        };
        return (number % 7) switch
        {
            0 => $"https://{host}:8443/",
            1 => $"https://{host.ToUpperInvariant().Replace("0X", "0x", StringComparison.Ordinal)}/latest/meta-data/",
            2 => $"http://{host}/",
            _ => $"https://{host}/",
        };
    }
}
