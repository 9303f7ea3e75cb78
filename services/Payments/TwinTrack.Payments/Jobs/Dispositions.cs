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
/// <param name="ListHash">Of every obligation in scope with its amount; empty when only sums were asked for.</param>
internal sealed record Dispositions(string ListHash, long Count, long SumMinor, IReadOnlyList<DispositionRow> Rows)
{
    /// <summary>One obligation in scope, and how its last attempt stands.</summary>
    private sealed record Line(ObligationId Id, long AmountMinor, Standing Standing);

    /// <summary>What is told together. Who has switched counts only where it is this switch.</summary>
    private sealed record Standing(
        string Area, string Instrument, string? Channel, InstructionState State, SwitchId? By, string? Evidence, string FundingSource);

    internal static async Task<Dispositions> ReadAsync(PaymentsDb db, MoveScope scope, CancellationToken cancel)
    {
        using var hash = new LineHash();
        var sums = new Dictionary<Standing, (long Count, long Minor)>();
        var lines = Lines(db, scope, await scope.BatchesAsync(db, cancel)).OrderBy(line => line.Id).Select(line => new Line(
            line.Id, line.AmountMinor, new Standing(line.Area, line.Instrument, line.Channel, line.State, line.SwitchId, line.Evidence, line.FundingSource)));
        await foreach (var line in lines.AsAsyncEnumerable().WithCancellation(cancel))
        {
            hash.Add(line.Id, line.AmountMinor);
            var (count, minor) = sums.GetValueOrDefault(line.Standing);
            sums[line.Standing] = (count + 1, minor + line.AmountMinor);
        }

        return Of(scope, hash.Hex(), sums.Select(sum => (sum.Key, sum.Value.Count, sum.Value.Minor)));
    }

    /// <summary>The same without the list: the database adds up, and no row of it is read here.</summary>
    internal static async Task<Dispositions> SumAsync(PaymentsDb db, MoveScope scope, CancellationToken cancel)
    {
        var sums = await (
            from line in Lines(db, scope, await scope.BatchesAsync(db, cancel))
            group line.AmountMinor by new { line.Area, line.Instrument, line.Channel, line.State, line.SwitchId, line.Evidence, line.FundingSource } into same
            select new { same.Key, Count = same.LongCount(), Minor = same.Sum() }).ToListAsync(cancel);
        return Of(scope, "", sums.Select(sum => (
            new Standing(sum.Key.Area, sum.Key.Instrument, sum.Key.Channel, sum.Key.State, sum.Key.SwitchId, sum.Key.Evidence, sum.Key.FundingSource), sum.Count, sum.Minor)));
    }

    private sealed class Row
    {
        public required ObligationId Id { get; init; }

        public required long AmountMinor { get; init; }

        public required string Area { get; init; }

        public required string Instrument { get; init; }

        public required string? Channel { get; init; }

        public required InstructionState State { get; init; }

        public required SwitchId? SwitchId { get; init; }

        public required string? Evidence { get; init; }

        public required string FundingSource { get; init; }
    }

    private static IQueryable<Row> Lines(PaymentsDb db, MoveScope scope, List<BatchId> batches)
    {
        var (areas, channels, everywhere) = (scope.Areas, scope.Channels, scope.Areas.Length == 0);
        return
            from obligation in db.Obligations
            where batches.Contains(obligation.BatchId!.Value) && (everywhere || areas.Contains(obligation.Area))
            where db.Instructions.Any(any => any.ObligationId == obligation.Id && channels.Contains(any.Channel))
            join last in db.Instructions
                on new { ObligationId = obligation.Id, Generation = obligation.LastReleased == 0 ? obligation.LastPlanned : obligation.LastReleased }
                equals new { last.ObligationId, last.Generation }
            select new Row
            {
                Id = obligation.Id,
                AmountMinor = obligation.AmountMinor,
                Area = obligation.Area,
                Instrument = obligation.Instrument,
                Channel = last.Channel,
                State = last.State,
                SwitchId = last.SwitchId,
                Evidence = last.Evidence,
                FundingSource = obligation.FundingSource,
            };
    }

    private static Dispositions Of(MoveScope scope, string listHash, IEnumerable<(Standing Standing, long Count, long Minor)> sums)
    {
        DispositionRow[] told =
        [
            .. sums.GroupBy(sum => (sum.Standing.Area, sum.Standing.Instrument, Channel: sum.Standing.Channel ?? "", sum.Standing.State, Moved: sum.Standing.By == scope.SwitchId,
                    Evidence: sum.Standing.By == scope.SwitchId ? sum.Standing.Evidence : null, sum.Standing.FundingSource))
                .OrderBy(same => same.Key)
                .Select(same => new DispositionRow(
                    same.Key.Area, same.Key.Instrument, same.Key.Channel, same.Key.State.ToString(), same.Key.Moved, same.Key.Evidence,
                    same.Sum(sum => sum.Count), same.Sum(sum => sum.Minor), same.Key.FundingSource)),
        ];
        return new Dispositions(listHash, told.Sum(row => row.Count), told.Sum(row => row.AmountMinor), told);
    }
}
