using Microsoft.EntityFrameworkCore;
using TwinTrack.Contracts.Payments.V1;
using TwinTrack.Contracts.Routing.V1;
using TwinTrack.Kernel;
using TwinTrack.Payments.Domain;
using TwinTrack.Payments.Persistence;

namespace TwinTrack.Payments.Jobs;

/// <summary>
/// The scope of a switch: obligations of released, uncertified batches that ever had an instruction on a channel that
/// the switch leaves. A switch that leaves no channel is about those that never had one, except by the switch itself.
/// </summary>
/// <param name="Areas">P-codes; empty means all.</param>
internal sealed record MoveScope(SwitchId SwitchId, CycleId CycleId, string Programme, string[] Areas,
    string[] Channels)
{
    internal static MoveScope Of(Move move) =>
        new(move.Id, move.CycleId, move.Programme, move.AreaList(), move.ChannelList());

    internal Task<List<BatchId>> BatchesAsync(PaymentsDb db, CancellationToken cancel) =>
        db.Batches.Where(
            batch => batch.CycleId == CycleId && batch.Programme == Programme && batch.State == BatchState.Released)
            .OrderBy(batch => batch.Id).Select(batch => batch.Id).ToListAsync(cancel);
}

/// <summary>Further groupings of the counts.</summary>
internal sealed class ObligationGrouping(DispositionGrouping? by)
{
    private readonly HashSet<ObligationId> _named = [.. (by?.Obligations ?? []).Select(TypedId.Parse<ObligationId>)];

    public bool WithRowOfEachObligation => by?.WithRowOfEachObligation ?? false;

    public SeparateCount Of(ObligationId id, long amountMinor) => by is null ? default : new SeparateCount(
        by.ShareBoundaries.Count == 0 ? 0 : Draws.PartOf(Draws.Point(id, Draw.Share), by.ShareBoundaries),
        by.PilotBoundaries.Count == 0 ? 0 : Draws.PartOf(Draws.Point(id, Draw.Pilot), by.PilotBoundaries),
        _named.Contains(id) ? id : null,
        WithRowOfEachObligation ? amountMinor : 0);
}

/// <param name="EachMinor">Amount of each, minor units; 0 where amounts are not counted separately.</param>
internal readonly record struct SeparateCount(int ShareFrom, int PilotFrom, ObligationId? Named, long EachMinor);

/// <summary>State of every obligation in a scope, read in one query so that all counts are of one moment.</summary>
/// <param name="ListHash">Of every obligation in scope with its amount; empty when only sums were asked for.</param>
/// <param name="Order">Index of each obligation's row; null where it was not asked for.</param>
internal sealed record DispositionsQuery(string ListHash, long Count, long SumMinor, IReadOnlyList<DispositionRow> Rows,
    IReadOnlyList<int>? Order = null)
{
    /// <summary>The grouping key. An earlier switch is not told apart, only this one.</summary>
    private readonly record struct Standing(
        string Area, string Instrument, string Channel, InstructionState State, bool MadeBySwitch, string? Evidence,
        string FundingSource, SeparateCount Apart)
    {
        public static Standing Of(MoveScope scope, string area, string instrument, string? channel,
            InstructionState state, SwitchId? by, string? evidence, string source, SeparateCount apart) =>
            new(area, instrument, channel ?? "", state, by == scope.SwitchId, by == scope.SwitchId ? evidence : null,
                source, apart);
    }

    private readonly record struct Total(int Index, long Count, long Minor);

    internal static async Task<DispositionsQuery> ReadAsync(
        PaymentsDb db, MoveScope scope, DispositionGrouping? by, CancellationToken cancel)
    {
        using var hash = new LineHash();
        var apart = new ObligationGrouping(by);
        var sums = new Dictionary<Standing, Total>();
        var order = apart.WithRowOfEachObligation ? new List<int>() : null;
        await foreach (var line in Lines(db, scope, await scope.BatchesAsync(db, cancel)).OrderBy(line => line.Id)
            .AsAsyncEnumerable().WithCancellation(cancel))
        {
            hash.Add(line.Id, line.AmountMinor);
            var standing = Standing.Of(
                scope, line.Area, line.Instrument, line.Channel, line.State, line.SwitchId, line.Evidence,
                line.FundingSource, apart.Of(line.Id, line.AmountMinor));
            var sum = sums.TryGetValue(standing, out var known) ? known : new Total(sums.Count, 0, 0);
            sums[standing] = sum with { Count = sum.Count + 1, Minor = sum.Minor + line.AmountMinor };
            order?.Add(sum.Index);
        }

        return Of(hash.Hex(), sums, order);
    }

    /// <summary>The same without the list. The database adds up, and no obligation is read here.</summary>
    internal static async Task<DispositionsQuery> SumAsync(PaymentsDb db, MoveScope scope, CancellationToken cancel)
    {
        var found = await (
            from line in Lines(db, scope, await scope.BatchesAsync(db, cancel))
            group line.AmountMinor by new
            {
                line.Area,
                line.Instrument,
                line.Channel,
                line.State,
                line.SwitchId,
                line.Evidence,
                line.FundingSource
            } into same
            select new { same.Key, Count = same.LongCount(), Minor = same.Sum() }).ToListAsync(cancel);
        var sums = new Dictionary<Standing, Total>();
        foreach (var row in found)
        {
            var standing = Standing.Of(
                scope, row.Key.Area, row.Key.Instrument, row.Key.Channel, row.Key.State, row.Key.SwitchId,
                row.Key.Evidence, row.Key.FundingSource, default);
            var sum = sums.TryGetValue(standing, out var known) ? known : new Total(sums.Count, 0, 0);
            sums[standing] = sum with { Count = sum.Count + row.Count, Minor = sum.Minor + row.Minor };
        }

        return Of("", sums, null);
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
        var inScope = db.Obligations
            .Where(row => batches.Contains(row.BatchId!.Value) && (everywhere || areas.Contains(row.Area)));
        inScope = channels.Length > 0
            ? inScope.Where(row => db.Instructions.Any(
                any => any.ObligationId == row.Id && channels.Contains(any.Channel)))
            : inScope.Where(row => !db.Instructions.Any(
                any => any.ObligationId == row.Id && any.Channel != null && any.SwitchId != scope.SwitchId));
        return
            from obligation in inScope
            join last in db.Instructions
                on new
                {
                    ObligationId = obligation.Id,
                    Generation = obligation.LastReleased == 0 ? obligation.LastPlanned : obligation.LastReleased
                }
                equals new { last.ObligationId, last.Generation }
            select new Row
            {
                Id = obligation.Id,
                AmountMinor = obligation.AmountMinor,
                Area = obligation.Area,
                Instrument = obligation.Instrument,
                Channel = last.Channel,
                // A plan that has no channel yet is no attempt. Its obligation is free to be moved.
                State = last.Channel == null ? InstructionState.Withdrawn : last.State,
                SwitchId = last.SwitchId,
                Evidence = last.Evidence,
                FundingSource = obligation.FundingSource,
            };
    }

    private static DispositionsQuery Of(string listHash, Dictionary<Standing, Total> sums, List<int>? order)
    {
        var totals = sums.OrderBy(sum => sum.Key.Area, StringComparer.Ordinal)
            .ThenBy(sum => sum.Key.Instrument, StringComparer.Ordinal)
            .ThenBy(sum => sum.Key.Channel, StringComparer.Ordinal).ThenBy(sum => sum.Key.State)
            .ThenBy(sum => sum.Key.MadeBySwitch)
            .ThenBy(sum => sum.Key.Evidence, StringComparer.Ordinal)
            .ThenBy(sum => sum.Key.FundingSource, StringComparer.Ordinal)
            .ThenBy(sum => sum.Key.Apart.ShareFrom).ThenBy(sum => sum.Key.Apart.PilotFrom)
            .ThenBy(sum => sum.Key.Apart.EachMinor).ThenBy(sum => sum.Key.Apart.Named?.Value)
            .ToList();
        var places = new int[totals.Count];
        for (var place = 0; place < totals.Count; place++)
        {
            places[totals[place].Value.Index] = place;
        }

        return new DispositionsQuery(
            listHash,
            totals.Sum(sum => sum.Value.Count),
            totals.Sum(sum => sum.Value.Minor),
            [
                .. totals.Select(sum => new DispositionRow(
                    sum.Key.Area, sum.Key.Instrument, sum.Key.Channel, Word.Of(sum.Key.State), sum.Key.MadeBySwitch,
                    sum.Key.Evidence, sum.Value.Count, sum.Value.Minor,
                    sum.Key.FundingSource, sum.Key.Apart.ShareFrom, sum.Key.Apart.PilotFrom,
                    sum.Key.Apart.Named?.ToString())),
            ],
            order?.ConvertAll(index => places[index]));
    }
}
