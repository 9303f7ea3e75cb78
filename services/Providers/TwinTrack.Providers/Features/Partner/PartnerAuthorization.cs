using System.Security.Claims;
using TwinTrack.Kernel;
using TwinTrack.Providers.Channels;
using TwinTrack.Providers.Domain;

namespace TwinTrack.Providers.Features.Partner;

/// <summary>
/// Lets a partner's account use its own channel. Another partner's channel looks like a channel that does not exist.
/// </summary>
internal sealed class PartnerAuthorization(ChannelConnections lines)
{
    private const int ChannelMax = 64;

    public async Task<Result<PartnerChannel>> OpenAsync(string channel, ClaimsPrincipal user, CancellationToken cancel)
    {
        if (channel.Length > ChannelMax || !(await lines.OpenAsync(channel, cancel)).Allows(out var line, out _))
        {
            return ProviderRefusals.ChannelUnknown;
        }

        return line.Adapter is IPartnerExchange exchange
            && exchange.UsersOf(line.Connection).Contains(user.Identity?.Name ?? "", StringComparer.Ordinal)
            ? new PartnerChannel(line, exchange)
            : ProviderRefusals.ChannelUnknown;
    }

    internal sealed record PartnerChannel(ChannelConnection Line, IPartnerExchange Exchange)
    {
        public Connection Connection => Line.Connection;
    }
}
