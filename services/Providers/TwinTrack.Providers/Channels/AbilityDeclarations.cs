using TwinTrack.Contracts.Providers.V1;
using TwinTrack.Kernel;
using TwinTrack.Platform.Messaging;
using TwinTrack.Providers.Persistence;

namespace TwinTrack.Providers.Channels;

/// <summary>Declares to Routing what a channel's adapter can do over its connection, or why this is unknown.</summary>
internal sealed class AbilityDeclarations(Outbox<ProvidersDb> outbox, TimeProvider clock)
{
    public void Send(string channel, Result<ChannelConnection> connection) => outbox.Send(connection.Match(
        open => new ChannelAbilitiesDeclared(channel, Declared(open), null, clock.GetUtcNow()),
        refusal => new ChannelAbilitiesDeclared(
            channel, null, $"{refusal.Code}: {refusal.Reason}", clock.GetUtcNow())));

    private static DeclaredAbilities Declared(ChannelConnection open)
    {
        var can = open.Abilities;
        return new DeclaredAbilities(
            can.Recall, can.StatusQuery, can.Bulk, can.Callback, can.Portability,
            (long)Math.Ceiling(open.Tempo.Validity.TotalSeconds), can.Instruments, can.Discloses,
            can.MaxPerPaymentMinor);
    }
}
