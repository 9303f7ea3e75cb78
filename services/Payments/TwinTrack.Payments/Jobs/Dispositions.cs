using Microsoft.EntityFrameworkCore;
using TwinTrack.Contracts.Payments.V1;
using TwinTrack.Kernel;
using TwinTrack.Payments.Domain;
using TwinTrack.Payments.Persistence;

namespace TwinTrack.Payments.Jobs;

/// <summary>The scope of a switch: obligations of released, not yet certified batches that ever had an instruction on a channel that is left.</summary>
/// <param name="Areas">P-codes; empty means all.</param>
internal sealed record MoveScope(SwitchId SwitchId, CycleId CycleId, string Programme, string[] Areas, string[] Channels)
{
    internal static MoveScope Of(Move move) => new(move.Id, move.CycleId, move.Programme, move.AreaList(), move.ChannelList());

    internal Task<List<BatchId>> BatchesAsync(PaymentsDb db, CancellationToken cancel) =>
        db.Batches.Where(batch => batch.CycleId == CycleId && batch.Programme == Programme && batch.State == BatchState.Released)
            .OrderBy(batch => batch.Id).Select(batch => batch.Id).ToListAsync(cancel);
}

/// <summary>What stands where in a scope, read in one query so that it is one moment's truth.</summary>
internal sealed record Dispositions(string ListHash, long Count, long SumMinor, IReadOnlyList<DispositionRow> Rows)
{
    internal static async Task<Dispositions> ReadAsync(PaymentsDb db, MoveScope scope, CancellationToken cancel)
    {
        var batches = await scope.BatchesAsync(db, cancel);
        var (areas, channels, everywhere) = (scope.Areas, scope.Channels, scope.Areas.Length == 0);
        var lines =
            from obligation in db.Obligations
            where batches.Contains(obligation.BatchId!.Value) && (everywhere || areas.Contains(obligation.Area))
            where db.Instructions.Any(any => any.ObligationId == obligation.Id && channels.Contains(any.Channel))
            join last in db.Instructions
                on new { ObligationId = obligation.Id, Generation = obligation.LastReleased == 0 ? obligation.LastPlanned : obligation.LastReleased }
                equals new { last.ObligationId, last.Generation }
            orderby obligation.Id
            select new { obligation.Id, obligation.AmountMinor, obligation.Area, obligation.Instrument, last.Channel, last.State, last.SwitchId, last.Evidence, obligation.FundingSource };
        using var hash = new LineHash();
        var rows = new Dictionary<(string Area, string Instrument, string Channel, InstructionState State, bool Moved, string? Evidence, string FundingSource), (long Count, long Minor)>();
        await foreach (var line in lines.AsNoTracking().AsAsyncEnumerable().WithCancellation(cancel))
        {
            hash.Add(line.Id, line.AmountMinor);
            var moved = line.SwitchId == scope.SwitchId;
            var key = (line.Area, line.Instrument, line.Channel ?? "", line.State, moved, moved ? line.Evidence : null, line.FundingSource);
            var (count, minor) = rows.GetValueOrDefault(key);
            rows[key] = (count + 1, minor + line.AmountMinor);
        }

        return new Dispositions(
            hash.Hex(),
            hash.Count,
            hash.SumMinor,
            [
                .. rows.OrderBy(row => row.Key).Select(row => new DispositionRow(
                    row.Key.Area, row.Key.Instrument, row.Key.Channel, row.Key.State.ToString(), row.Key.Moved, row.Key.Evidence, row.Value.Count, row.Value.Minor, row.Key.FundingSource)),
            ]);
    }
}
