namespace Kinerja.Domain;

/// <summary>
/// Where events may be sent to: nowhere that only this service can reach. A name is judged by each of its addresses, at each
/// connection anew. The ranges are those of IANA's special-purpose registries (RFC 6890) and what carries an IPv4 address
/// inside an IPv6 one.
/// </summary>
public static class Target
{
    /// <summary>IPv4: everything that is not globally reachable unicast.</summary>
    private static readonly (byte[] Prefix, int Bits)[] Closed4 =
    [
        ([0], 8),               // this network
        ([10], 8),              // private
        ([100, 64], 10),        // behind a carrier's NAT
        ([127], 8),             // loopback
        ([169, 254], 16),       // link-local: clouds answer their secrets here
        ([172, 16], 12),        // private
        ([192, 0, 0], 24),      // protocol assignments
        ([192, 0, 2], 24),      // documentation
        ([192, 31, 196], 24),   // AS112
        ([192, 52, 193], 24),   // AMT
        ([192, 88, 99], 24),    // 6to4 relays
        ([192, 168], 16),       // private
        ([192, 175, 48], 24),   // AS112
        ([198, 18], 15),        // benchmarks
        ([198, 51, 100], 24),   // documentation
        ([203, 0, 113], 24),    // documentation
        ([224], 4),             // multicast
        ([240], 4),             // reserved, and broadcast
    ];

    /// <summary>IPv6: what is closed within 2000::/3; everything outside of that is closed, so mapped, translated (64:ff9b::),
    /// unique local, link-local and multicast addresses are.</summary>
    private static readonly (byte[] Prefix, int Bits)[] Closed6 =
    [
        ([0x20, 0x01, 0x00], 23),                   // protocol assignments, with Teredo
        ([0x20, 0x01, 0x0D, 0xB8], 32),             // documentation
        ([0x20, 0x02], 16),                         // 6to4
        ([0x26, 0x20, 0x00, 0x4F, 0x80, 0x00], 48), // AS112
        ([0x3F, 0xFF, 0x00], 20),                   // documentation
    ];

    /// <summary>Whether anyone on the internet reaches the address.</summary>
    /// <param name="address">4 or 16 bytes, the first as it is written first.</param>
    public static bool IsPublic(ReadOnlySpan<byte> address) => address.Length switch
    {
        4 => !IsIn(address, Closed4),
        16 => (address[0] & 0xE0) == 0x20 && !IsIn(address, Closed6),
        _ => false,
    };

    /// <summary>Why a URL is no target, whatever its name stands for; none when it may be one.</summary>
    /// <param name="url">The URL as it was written.</param>
    /// <param name="isAllowed">Whether the configuration allows a host, though it be private or without TLS.</param>
    public static Fault? WhyNot(string url, Func<string, bool> isAllowed)
    {
        // Other characters are read otherwise by others.
        var isPlain = url.All(letter => letter is > ' ' and < (char)0x7F and not ('\\' or '"' or '<' or '>' or '`' or '{' or '}' or '|' or '^'));
        return !isPlain || !Uri.TryCreate(url, UriKind.Absolute, out var uri) || uri.Host.Length == 0 || uri.UserInfo.Length > 0
            || url.Contains('#', StringComparison.Ordinal) || url.Contains('@', StringComparison.Ordinal) || uri.Port is <= 0
            || (uri.Scheme != "https" && uri.Scheme != "http")
                ? Fault.At("/url", "not-a-target")
            : uri.Scheme != "https" && !isAllowed(uri.Host) ? Fault.At("/url", "target-without-tls")
            : null;
    }

    private static bool IsIn(ReadOnlySpan<byte> address, (byte[] Prefix, int Bits)[] ranges)
    {
        foreach (var (prefix, bits) in ranges)
        {
            if (StartsWith(address, prefix, bits))
            {
                return true;
            }
        }

        return false;
    }

    private static bool StartsWith(ReadOnlySpan<byte> address, ReadOnlySpan<byte> prefix, int bits)
    {
        var whole = bits / 8;
        return address[..whole].SequenceEqual(prefix[..whole])
            && (bits % 8 == 0 || (address[whole] ^ prefix[whole]) >> (8 - (bits % 8)) == 0);
    }
}
