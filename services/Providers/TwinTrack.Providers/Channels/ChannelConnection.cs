using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using TwinTrack.Kernel;
using TwinTrack.Providers.Domain;
using TwinTrack.Providers.Domain.Callbacks;
using TwinTrack.Providers.Persistence;

namespace TwinTrack.Providers.Channels;

/// <summary>Everything needed to talk to one channel's provider.</summary>
internal sealed record ChannelConnection(string Channel, IProviderAdapter Adapter, Connection Connection, Tempo Tempo,
    CallbackSettings Callbacks)
{
    /// <summary>Longest time for one call. After it the result is unknown.</summary>
    public static readonly TimeSpan CallMax = TimeSpan.FromSeconds(30);

    public Abilities Abilities => Adapter.AbilitiesOf(Connection);

    /// <summary>Orders in a unit: the configured number, but at most what the provider takes.</summary>
    public int UnitMax => Abilities is { Bulk: true, UnitMax: var theirs } ? Math.Min(Tempo.UnitMax, theirs) : 1;
}

/// <summary>
/// Builds a channel's connection from its gate, its settings and the adapter, or says what is missing.
/// </summary>
internal sealed class ChannelConnections(ProvidersDb db, AdapterRegistry adapters, ProviderSealers sealers)
{
    public async Task<Result<ChannelConnection>> OpenAsync(string channel, CancellationToken cancel)
    {
        var gate = await db.Gates.AsNoTracking().SingleOrDefaultAsync(row => row.Channel == channel, cancel);
        if (gate is null || gate.Adapter.Length == 0)
        {
            return ProviderRefusals.ChannelUnknown;
        }

        return await OpenAsync(gate, cancel);
    }

    public async Task<Result<ChannelConnection>> OpenAsync(Gate gate, CancellationToken cancel)
    {
        if (adapters[gate.Adapter] is null)
        {
            return ProviderRefusals.AdapterMissing(gate.Adapter, adapters.Kinds);
        }

        var stored =
            await db.Connections.AsNoTracking().SingleOrDefaultAsync(row => row.Channel == gate.Channel, cancel);
        return stored is null ? ProviderRefusals.ConnectionMissing : Check(gate, Settings(stored));
    }

    public Result<ChannelConnection> Check(Gate gate, IReadOnlyDictionary<string, string> settings)
    {
        if (adapters[gate.Adapter] is not { } adapter)
        {
            return ProviderRefusals.AdapterMissing(gate.Adapter, adapters.Kinds);
        }

        return Currency.Of(gate.Currency)
            .Then(currency => adapter.Check(new Connection(gate.Channel, currency, settings)))
            .Then(connection => Tempo.Of(connection)
                .Then(tempo => CallbackSettings.Of(connection).Then<ChannelConnection>(
                    settings => new ChannelConnection(gate.Channel, adapter, connection, tempo, settings))));
    }

    public IReadOnlyDictionary<string, string> Settings(StoredConnection stored) =>
        JsonSerializer.Deserialize<Dictionary<string, string>>(sealers.Connections.Open(stored.Sealed))!;
}
