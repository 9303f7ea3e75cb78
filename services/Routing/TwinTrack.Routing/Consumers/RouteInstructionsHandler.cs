using TwinTrack.Contracts.Payments.V1;
using TwinTrack.Contracts.Routing.V1;
using TwinTrack.Kernel;
using TwinTrack.Platform.Messaging;
using TwinTrack.Routing.Domain.Channels;
using TwinTrack.Routing.Domain.Tables;
using TwinTrack.Routing.Persistence;

namespace TwinTrack.Routing.Consumers;

/// <summary>
/// Answers a chunk with the route of each row. It changes only the places held under ceilings, so Payments may ask any
/// number of times. A row that only waits for a channel's abilities has no answer yet: Payments asks again.
/// </summary>
internal sealed class RouteInstructionsHandler(
    RoutingFactsQuery factsQuery, CeilingCapacityQuery ceilings, Outbox<RoutingDb> outbox, TimeProvider clock)
    : IMessageHandler<RouteInstructions>
{
    public async Task HandleAsync(RouteInstructions message, CancellationToken cancel)
    {
        var cycle = CycleId.Parse(message.CycleId, null);
        var facts = await factsQuery.ReadAsync(message.Programme, cycle, cancel);
        var rows = message.Rows.Select(Read).ToList();
        var rules = rows.Select(row => (row.Area, row.Instrument)).Distinct();
        var usage = facts.Table.HasCeilings
            ? await ceilings.LockUsageAsync_NeedsTransaction(
                rules.Select(
                    pair => new ChunkRouter(facts, message.Programme, cycle, facts.Terms, CeilingUsage.None).RowOf(
                        pair.Area, pair.Instrument)).OfType<TableRow>(),
                rows.ConvertAll(row => row.Obligation),
                cycle,
                facts.Terms.Day,
                cancel)
            : CeilingUsage.None;
        var router =
            new ChunkRouter(facts, message.Programme, cycle, facts.Terms with { Now = clock.GetUtcNow() }, usage);
        var answers = new List<RoutedRow>(rows.Count);
        foreach (var (asked, row) in message.Rows.Zip(rows))
        {
            var route = router.Route(row);
            if (route.Channel is null && route.Passed.Any(Waits))
            {
                continue;
            }

            answers.Add(
                new RoutedRow(asked.InstructionId, route.Channel?.Code, route.Channel?.Track ?? 0,
                    route.Channel?.Epoch ?? 0, route.Why, route.SwitchId?.ToString()));
        }

        await ceilings.StoreAsync_NeedsTransaction(usage, cancel);
        if (answers.Count > 0 || message.Rows.Count == 0)
        {
            outbox.Send(new InstructionsRouted(message.RequestId, message.Chunk, facts.Table.Version, answers));
        }
    }

    private static bool Waits(SkippedChannel passed) =>
        passed is { Reason: RouteReason.NotDeclared, By: { } undeclared } && Channel.MayStillDeclare(undeclared);

    private static ChunkRow Read(RouteRow row) => new(
        TypedId.Parse<InstructionId>(row.InstructionId), TypedId.Parse<ObligationId>(row.ObligationId), row.Area,
        row.Instrument, row.FundingSource, row.AmountMinor);
}
