using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using TwinTrack.Kernel;
using TwinTrack.Platform.Security;
using TwinTrack.Providers.Channels;
using TwinTrack.Providers.Domain;
using TwinTrack.Providers.Persistence;

namespace TwinTrack.Providers.Features;

/// <summary>
/// GET /providers/channels: each gate with its queued orders and its sent orders that have no final outcome.
/// </summary>
internal static class ListGates
{
    private const int ChannelsMax = 1_000;

    internal sealed record Response(IReadOnlyList<Item> Items, string? Next);

    /// <param name="Channel">Its code.</param>
    /// <param name="Queued">Queued orders, without a journal line.</param>
    /// <param name="Sent">Sent or accepted orders, without a final outcome.</param>
    /// <param name="OldestInDoubtAt">When the oldest order in doubt was sent.</param>
    /// <param name="Unmatched">References in the provider's answers that are not orders of this channel.</param>
    /// <param name="Circuit">Closed, HalfOpen or Open: whether this process lets calls through to the provider.</param>
    /// <param name="Calls">
    /// Calls by this process since it started. <paramref name="SilentCalls"/> of them had no answer.
    /// </param>
    /// <param name="TurnedAway">Calls not made because of the rate limit or an open circuit.</param>
    /// <param name="Problem">Why nothing can leave, apart from the gate; null when the connection is ready.</param>
    internal sealed record Item(
        string Channel,
        string Provider,
        string Adapter,
        int Track,
        string Currency,
        bool Open,
        long Epoch,
        long LastSequence,
        DateTimeOffset? ClosedAt,
        long Queued,
        long Sent,
        long InDoubt,
        DateTimeOffset? OldestInDoubtAt,
        long Unmatched,
        string? Problem,
        Circuit Circuit,
        long Calls,
        long SilentCalls,
        long TurnedAway);

    internal static void Map(IEndpointRouteBuilder routes) => routes.MapGet("/channels", AnswerAsync)
        .RequireRole(Role.Admin, Role.Operator, Role.Finance, Role.Reconciler, Role.Auditor, Role.ProgrammeManager,
            Role.CoChair)
        .WithName(nameof(ListGates))
        .WithSummary("Gates, queues and orders in doubt.");

    private static async Task<Ok<Response>> AnswerAsync(
        ProvidersDb db, ChannelConnections connections, CancellationToken cancel)
    {
        var gates = await db.Gates.AsNoTracking().OrderBy(gate => gate.Channel).Take(ChannelsMax).ToListAsync(cancel);
        var items = new List<Item>();
        foreach (var gate in gates)
        {
            items.Add(await ShowAsync(db, connections, gate, cancel));
        }

        return TypedResults.Ok(new Response(items, null));
    }

    private static async Task<Item> ShowAsync(
        ProvidersDb db, ChannelConnections connections, Gate gate, CancellationToken cancel)
    {
        var channel = gate.Channel;
        // Joined with open units, because final orders are most of the table and need no counting.
        var open = await db.Units.AsNoTracking().Where(unit => unit.Channel == channel && unit.Open)
            .Join(db.PaymentOrders, unit => unit.Reference, row => row.UnitReference,
                (unit, row) => new { row.State, unit.CreatedAt })
            .GroupBy(row => row.State)
            .Select(group => new
            {
                State = group.Key,
                Count = group.LongCount(),
                Oldest = group.Min(row => row.CreatedAt)
            })
            .ToDictionaryAsync(row => row.State, cancel);
        long CountOf(PaymentOrderState state) => open.TryGetValue(state, out var row) ? row.Count : 0;
        var opened = await connections.OpenAsync(channel, cancel);
        var problem = opened.Match<string?>(_ => null, refusal => $"{refusal.Code}: {refusal.Reason}");
        var wire =
            opened.Match(connection => connection.Adapter.StateOf(connection.Connection), _ => ConnectionState.Ready);
        return new Item(
            channel,
            gate.Provider,
            gate.Adapter,
            gate.Track,
            gate.Currency,
            gate.Open,
            await db.Stops.Where(stop => stop.Channel == channel).MaxAsync(stop => (long?)stop.Epoch, cancel)
                ?? gate.Epoch,
            gate.LastSequence,
            gate.ClosedAt,
            await db.Queue.LongCountAsync(row => row.Channel == channel, cancel),
            CountOf(PaymentOrderState.Sent) + CountOf(PaymentOrderState.Accepted),
            CountOf(PaymentOrderState.InDoubt),
            open.TryGetValue(PaymentOrderState.InDoubt, out var doubt) ? doubt.Oldest : null,
            await db.Unmatched.LongCountAsync(row => row.Channel == channel, cancel),
            problem,
            wire.Circuit,
            wire.Calls,
            wire.Silent,
            wire.TurnedAway);
    }
}
