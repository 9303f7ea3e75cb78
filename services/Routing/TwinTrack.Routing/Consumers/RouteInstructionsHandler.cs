using TwinTrack.Contracts.Payments.V1;
using TwinTrack.Contracts.Routing.V1;
using TwinTrack.Kernel;
using TwinTrack.Platform;
using TwinTrack.Routing.Domain;
using TwinTrack.Routing.Domain.Channels;
using TwinTrack.Routing.Domain.Tables;
using TwinTrack.Routing.Persistence;
using Route = TwinTrack.Routing.Domain.Tables.Route;

namespace TwinTrack.Routing.Consumers;

/// <summary>Answers a chunk with the way of each row. Changes nothing here, so it may be asked as often as Payments likes.</summary>
internal sealed class RouteInstructionsHandler(RouteMaps maps, Outbox<RoutingDb> outbox) : IHandle<RouteInstructions>
{
    public async Task HandleAsync(RouteInstructions message, CancellationToken cancel)
    {
        var cycle = CycleId.Parse(message.CycleId, null);
        var map = await maps.ReadAsync(message.Programme, cycle, cancel);
        var known = new Dictionary<(string, string), Route>();
        var rows = new List<RoutedRow>(message.Rows.Count);
        foreach (var row in message.Rows)
        {
            if (!known.TryGetValue((row.Area, row.Instrument), out var route))
            {
                route = map.Route(message.Programme, cycle, row.Area, InstrumentOf(row.Instrument));
                known.Add((row.Area, row.Instrument), route);
            }

            rows.Add(new RoutedRow(
                row.InstructionId, route.Channel?.Code, route.Channel?.Track ?? 0, route.Channel?.Epoch ?? 0, route.Why, route.SwitchId?.ToString()));
        }

        outbox.Send(new InstructionsRouted(message.RequestId, message.Chunk, map.Table.Version, rows));
    }

    private static Instrument InstrumentOf(string word) =>
        Word.Read<Instrument>(word) ?? throw new FormatException($"'{word}' is not an instrument; one of {Word.All<Instrument>()}.");
}
