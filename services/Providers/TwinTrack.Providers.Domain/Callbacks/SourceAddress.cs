using System.Net;

namespace TwinTrack.Providers.Domain.Callbacks;

/// <summary>Where a request really came from, seen through proxies of ours.</summary>
public static class SourceAddress
{
    /// <summary>
    /// The nearest address that is no proxy of ours: the peer itself, or, read from the right, the first address of
    /// X-Forwarded-For that is not trusted. What stands left of that one, anybody can write. Null when it cannot be
    /// told.
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
