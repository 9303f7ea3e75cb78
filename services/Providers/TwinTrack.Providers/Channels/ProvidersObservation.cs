using Microsoft.EntityFrameworkCore;
using TwinTrack.Kernel;
using TwinTrack.Platform.Observability;
using TwinTrack.Providers.Domain;
using TwinTrack.Providers.Persistence;

namespace TwinTrack.Providers.Channels;

/// <summary>
/// Metrics of gates, queues and doubts by channel. Final orders are most of the table, so only open units are counted.
/// </summary>
internal sealed class ProvidersObservation(TimeProvider clock) : IObservation
{
    private const int ChannelsMax = 100;

    public string Source => "providers.channels";

    public async Task LookAsync(IServiceProvider scope, Gauges gauges, CancellationToken cancel)
    {
        var db = scope.GetRequiredService<ProvidersDb>();
        var now = clock.GetUtcNow();
        var gates = await db.Gates.AsNoTracking().OrderBy(gate => gate.Channel).Take(ChannelsMax)
            .Select(gate => new { gate.Channel, gate.Open, gate.Epoch }).ToListAsync(cancel);
        gauges.Set(MetricNames.GateOpen, Source, gates.Select(gate => new Sample(gate.Open ? 1 : 0, Of(gate.Channel))));
        var stopped = await db.Stops.GroupBy(stop => stop.Channel)
            .Select(group => new { Channel = group.Key, Epoch = group.Max(stop => stop.Epoch) })
            .ToDictionaryAsync(row => row.Channel, row => row.Epoch, cancel);
        gauges.Set(MetricNames.GateEpoch, Source, gates.Select(
            gate => new Sample(stopped.GetValueOrDefault(gate.Channel, gate.Epoch), Of(gate.Channel))));
        var queued = await db.Queue.GroupBy(row => row.Channel)
            .Select(group => new { Channel = group.Key, Count = group.LongCount() })
            .ToDictionaryAsync(row => row.Channel, row => row.Count, cancel);
        var open = await db.Units.AsNoTracking().Where(unit => unit.Open)
            .Join(db.PaymentOrders, unit => unit.Reference, row => row.UnitReference,
                (unit, row) => new { unit.Channel, row.State, unit.CreatedAt })
            .GroupBy(row => new { row.Channel, row.State })
            .Select(group => new
            {
                group.Key.Channel,
                group.Key.State,
                Count = group.LongCount(),
                Oldest = group.Min(row => row.CreatedAt)
            })
            .ToListAsync(cancel);
        long CountOf(string channel, PaymentOrderState state) =>
            open.Where(row => row.Channel == channel && row.State == state).Sum(row => row.Count);
        gauges.Set(MetricNames.Instructions, Source, gates.SelectMany(gate => new Sample[]
        {
            new(queued.GetValueOrDefault(gate.Channel), Of(gate.Channel), State("queued")),
            new(CountOf(gate.Channel, PaymentOrderState.Sent), Of(gate.Channel), State("sent")),
            new(CountOf(gate.Channel, PaymentOrderState.Accepted), Of(gate.Channel), State("accepted")),
            new(CountOf(gate.Channel, PaymentOrderState.InDoubt), Of(gate.Channel), State("in_doubt")),
        }));
        gauges.Set(MetricNames.InDoubtOldestAge, Source, gates.Select(gate => new Sample(
            open.Where(row => row.Channel == gate.Channel && row.State == PaymentOrderState.InDoubt)
                .Select(row => (now - row.Oldest).TotalSeconds).DefaultIfEmpty(0).Max(), Of(gate.Channel))));
        var unmatched = await db.Unmatched.GroupBy(row => row.Channel)
            .Select(group => new { Channel = group.Key, Count = group.LongCount() })
            .ToDictionaryAsync(row => row.Channel, row => row.Count, cancel);
        gauges.Set(MetricNames.Circuit, Source,
            await CircuitsAsync(scope.GetRequiredService<ChannelConnections>(), gates.Select(gate => gate.Channel),
                cancel));
        gauges.Set(MetricNames.Unmatched, Source,
            gates.Select(gate => new Sample(unmatched.GetValueOrDefault(gate.Channel), Of(gate.Channel))));
    }

    /// <summary>Circuits of the channels that have a usable connection.</summary>
    private static async Task<IReadOnlyList<Sample>> CircuitsAsync(
        ChannelConnections connections, IEnumerable<string> channels, CancellationToken cancel)
    {
        var samples = new List<Sample>();
        foreach (var channel in channels)
        {
            if ((await connections.OpenAsync(channel, cancel)).Allows(out var connection, out _))
            {
                samples.Add(new Sample((int)connection.Adapter.StateOf(connection.Connection).Circuit, Of(channel)));
            }
        }

        return samples;
    }

    private static KeyValuePair<string, object?> Of(string channel) => Sample.Tag("channel", channel);

    private static KeyValuePair<string, object?> State(string state) => Sample.Tag("state", state);
}
