using System.Net;

namespace TwinTrack.Payments.Domain.Webhooks;

/// <summary>
/// Which addresses are public. The special-purpose addresses of IANA's registries (RFC 6890) are not, nor the metadata
/// services of clouds.
/// </summary>
public static class PublicAddress
{
    private static readonly IReadOnlyList<IPNetwork> Special = [.. new[]
    {
        "0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12", "192.0.0.0/24",
        "192.0.2.0/24", "192.88.99.0/24", "192.168.0.0/16",
        "198.18.0.0/15", "198.51.100.0/24", "203.0.113.0/24", "224.0.0.0/4", "240.0.0.0/4",
        // Of IPv6 only 2000::/3 is global. The ranges inside it that reach IPv4, or reach no host, are listed here.
        "::/3", "2001::/23", "2001:db8::/32", "2002::/16", "3fff::/20", "4000::/2", "8000::/1",
    }.Select(text => IPNetwork.Parse(text))];

    /// <param name="address">The resolved address. An IPv4 address mapped into IPv6 is checked as IPv4.</param>
    /// <param name="allowed">Networks that the installation allows although they are not public.</param>
    public static bool IsOpen(IPAddress address, IReadOnlyList<IPNetwork> allowed)
    {
        var plain = address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;
        return allowed.Any(network => network.Contains(plain)) || !Special.Any(network => network.Contains(plain));
    }
}
