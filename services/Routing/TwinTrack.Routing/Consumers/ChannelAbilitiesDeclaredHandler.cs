using TwinTrack.Contracts.Providers.V1;
using TwinTrack.Kernel;
using TwinTrack.Platform.Messaging;
using TwinTrack.Platform.Security;
using TwinTrack.Routing.Domain;
using TwinTrack.Routing.Domain.Channels;
using TwinTrack.Routing.Domain.Rules;
using TwinTrack.Routing.Persistence;

namespace TwinTrack.Routing.Consumers;

/// <summary>Stores with the channel what its adapter can do, or why Providers cannot say.</summary>
internal sealed class ChannelAbilitiesDeclaredHandler(RoutingDb db, AuditTrail<RoutingDb> audit)
    : IMessageHandler<ChannelAbilitiesDeclared>
{
    public async Task HandleAsync(ChannelAbilitiesDeclared message, CancellationToken cancel)
    {
        if (await db.ChannelToChangeAsync(message.Channel, cancel) is not { } channel)
        {
            return;
        }

        var (before, refusedBefore) = (JsonColumn.Write(channel.Abilities), channel.AbilitiesRefusal);
        channel.Declare(message.Abilities is { } declared ? Read(declared) : null, message.Refusal, message.At);
        if (before != JsonColumn.Write(channel.Abilities) || refusedBefore != channel.AbilitiesRefusal)
        {
            await audit.RecordAsync(Actor.System, "declare-abilities", message.Channel,
                new { abilities = message.Abilities, refusal = message.Refusal }, cancel);
        }
    }

    private static ChannelAbilities Read(DeclaredAbilities declared) => new(
        declared.Recall, declared.StatusQuery, declared.Bulk, declared.Callback, declared.Portability,
        declared.ValiditySeconds,
        [.. declared.Instruments.Select(word => Word.Parse<Instrument>(word, "abilities.instruments"))],
        [.. declared.DisclosedFields.Select(word => Word.Parse<DataField>(word, "abilities.disclosedFields"))],
        declared.MaxPerPaymentMinor);
}
