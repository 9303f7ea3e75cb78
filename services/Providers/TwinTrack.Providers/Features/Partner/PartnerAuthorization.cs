using System.Security.Claims;
using TwinTrack.Kernel;
using TwinTrack.Providers.Channels;
using TwinTrack.Providers.Domain;

namespace TwinTrack.Providers.Features.Partner;

/// <summary>
/// Lets a partner's account use its own channel. Another partner's channel looks like a channel that does not exist.
/// </summary>
internal sealed class PartnerAuthorization(ChannelConnections connections)
{
    private const int ChannelMax = 64;

    public async Task<Result<PartnerChannel>> OpenAsync(string channel, ClaimsPrincipal user, CancellationToken cancel)
    {
        if (channel.Length > ChannelMax
            || !(await connections.OpenAsync(channel, cancel)).Allows(out var connection, out _))
        {
            return ProviderRefusals.ChannelUnknown;
        }

        return connection.Adapter is IPartnerExchange exchange
            && exchange.UsersOf(connection.Connection).Contains(user.Identity?.Name ?? "", StringComparer.Ordinal)
            ? new PartnerChannel(connection, exchange)
            : ProviderRefusals.ChannelUnknown;
    }

    internal sealed record PartnerChannel(ChannelConnection ChannelConnection, IPartnerExchange Exchange)
    {
        public Connection Connection => ChannelConnection.Connection;
    }
}
