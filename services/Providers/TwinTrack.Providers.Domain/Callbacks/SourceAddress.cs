using System.Net;

namespace TwinTrack.Providers.Domain.Callbacks;

/// <summary>The real source of a request behind our proxies.</summary>
public static class SourceAddress
{
    /// <summary>
    /// The nearest address that is not one of our proxies. It is the peer, or the first untrusted address of
    /// X-Forwarded-For, read from the right. Addresses to the left of it can be forged. Null when it is unknown.
    /// </summary>
    public static IPAddress? Of(IPAddress? peer, string? forwardedFor, IReadOnlyList<IPNetwork> trusted)
    {
        var at = Plain(peer);
        var hops = (forwardedFor ?? "").Split(
            ',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        for (var index = hops.Length - 1; index >= 0 && at is not null
            && trusted.Any(network => network.Contains(at)); index--)
        {
            at = IPAddress.TryParse(hops[index], out var hop) ? Plain(hop) : null;
        }

        return at;
    }

    private static IPAddress? Plain(IPAddress? address) =>
        address is { IsIPv4MappedToIPv6: true } ? address.MapToIPv4() : address;
}
