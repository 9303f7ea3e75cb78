using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using TwinTrack.Kernel;
using TwinTrack.Payments.Domain;
using TwinTrack.Payments.Jobs;

namespace TwinTrack.Payments.Persistence;

/// <summary>Which of a batch's unpaid obligations a follow-up takes.</summary>
/// <param name="Reasons">Empty means all.</param>
/// <param name="Households">Empty means all.</param>
internal sealed record FollowUpSelection(FollowUpReason[] Reasons, HouseholdId[] Households)
{
    internal static readonly FollowUpSelection All = new([], []);

    internal static FollowUpSelection Of(Batch batch) => batch.FollowUpSelection is null
        ? All : JsonSerializer.Deserialize<FollowUpSelection>(batch.FollowUpSelection)!;

    internal bool Includes(FollowUpLine line) => line.Takes is { } reason
        && (Reasons.Length == 0 || Reasons.Contains(reason))
        && (Households.Length == 0 || Households.Contains(line.HouseholdId));

    internal string ToJson() => JsonSerializer.Serialize(this);
}

/// <summary>An unpaid obligation of a batch, and whether a follow-up takes it.</summary>
/// <param name="BatchId">Null when it is in no batch.</param>
/// <param name="Last">Its last attempt that left; else its plan; null when it never had one.</param>
/// <param name="Since">When that attempt or plan last changed.</param>
/// <param name="FreshRemainder">A remainder that no batch has planned yet.</param>
internal sealed record FollowUpLine(
    ObligationId Id, HouseholdId HouseholdId, string Area, string Instrument, string FundingSource, long AmountMinor,
    BatchId? BatchId, string? UnpaidReason, int LastPlanned, InstructionState? Last, DateTimeOffset? Since,
    bool FreshRemainder, FollowUpResult Result)
{
    internal FollowUpReason? Takes => Result.Takes;

    internal StayReason? Stays => Result.Stays;
}

/// <summary>Counts and sums of what a follow-up would take, and counts of the rest.</summary>
internal sealed record FollowUpCount(
    IReadOnlyDictionary<FollowUpReason, (long Count, long Minor)> Selected,
    IReadOnlyDictionary<FollowUpReason, long> Otherwise,
    IReadOnlyDictionary<StayReason, long> Staying);

/// <summary>Reads the unpaid obligations of a batch and asks <see cref="FollowUpRule"/> about each.</summary>
internal sealed class FollowUpQuery(PaymentsDb db)
{
    internal const int PageMax = 1_000;

    private sealed record Row(
        ObligationId Id, HouseholdId HouseholdId, string Area, string Instrument, string FundingSource,
        long AmountMinor, BatchId? BatchId, string? UnpaidReason, int LastPlanned, int LastReleased, bool Blocked,
        bool Claimed, bool Remainder, Instruction? Last, Instruction? Plan);

    /// <summary>The next unpaid obligations in order of id. A page shorter than its bound is the last.</summary>
    internal async Task<List<FollowUpLine>> PageAsync(
        Batch followed, ObligationId after, int max, CancellationToken cancel)
    {
        var rows = await Rows(followed, after).Take(max).ToListAsync(cancel);
        var moves = followed.State == BatchState.Released ? await db.ReachAsync(followed.CycleId, cancel) : [];
        var channels = moves.Count == 0 ? null : await ChannelsAsync(rows, cancel);
        return rows.ConvertAll(row => LineOf(followed, row, moves, channels));
    }

    /// <summary>Page by page over the unpaid, and one query for what is paid or under way.</summary>
    internal async Task<FollowUpCount> CountAsync(
        Batch followed, FollowUpSelection selection, CancellationToken cancel)
    {
        var selected = new Dictionary<FollowUpReason, (long Count, long Minor)>();
        var otherwise = new Dictionary<FollowUpReason, long>();
        var staying = await LiveAsync(followed, cancel);
        var after = default(ObligationId);
        List<FollowUpLine> page;
        do
        {
            page = await PageAsync(followed, after, PageMax, cancel);
            foreach (var line in page)
            {
                if (line.Stays is { } stays)
                {
                    staying[stays] = staying.GetValueOrDefault(stays) + 1;
                }
                else if (selection.Includes(line))
                {
                    var sum = selected.GetValueOrDefault(line.Takes!.Value);
                    selected[line.Takes.Value] = (sum.Count + 1, sum.Minor + line.AmountMinor);
                }
                else
                {
                    otherwise[line.Takes!.Value] = otherwise.GetValueOrDefault(line.Takes.Value) + 1;
                }
            }

            after = page.Count == 0 ? after : page[^1].Id;
        }
        while (page.Count == PageMax);

        return new FollowUpCount(selected, otherwise, staying);
    }

    private IQueryable<Row> Rows(Batch followed, ObligationId after) =>
        from obligation in db.Obligations.AsNoTracking()
        where (obligation.BatchId == followed.Id
                || (obligation.BatchId == null && obligation.LeftByBatch == followed.Id))
            && obligation.UnpaidReason != null && obligation.Id > after
        orderby obligation.Id
        let generation = obligation.LastReleased == 0 ? obligation.LastPlanned : obligation.LastReleased
        from last in db.Instructions.Where(
            one => one.ObligationId == obligation.Id && one.Generation == generation).DefaultIfEmpty()
        from plan in db.Instructions.Where(
            one => one.ObligationId == obligation.Id && one.Generation == obligation.LastPlanned).DefaultIfEmpty()
        select new Row(
            obligation.Id, obligation.HouseholdId, obligation.Area, obligation.Instrument, obligation.FundingSource,
            obligation.AmountMinor, obligation.BatchId, obligation.UnpaidReason, obligation.LastPlanned,
            obligation.LastReleased, obligation.BlockedByIncident != null,
            db.Claims.Any(claim => claim.ObligationId == obligation.Id), obligation.RemainderOf != null, last, plan);

    private static FollowUpLine LineOf(
        Batch followed, Row row, List<MoveCoverage> moves, ILookup<ObligationId, string>? channels)
    {
        // An attempt of an earlier batch says nothing about this one: the plan of this batch has no channel.
        var left = row.LastReleased > 0 && (row.BatchId is null || row.Last!.BatchId == row.BatchId);
        var last = left ? row.Last : row.Plan;
        var repeated = left && row.BatchId is not null && FurtherAttemptRule.IsFree(
            new EndedAttempt(last!.State, last.AmountMinor, last.SettledMinor, last.SwitchId), row.Area,
            [.. channels?[row.Id] ?? []], moves);
        var result = FollowUpRule.Judge(new FollowUpStanding(
            followed.State,
            row.BatchId is not null,
            last?.State,
            left,
            last?.Code,
            Unpaid: true,
            row.Claimed,
            row.Blocked,
            row.UnpaidReason == UnpaidReason.LateSuccess,
            last is { State: InstructionState.Returned } && last.SettledMinor < last.AmountMinor,
            row.Remainder,
            row.Plan?.State == InstructionState.Planned
                || (followed.State == BatchState.Released && repeated)));
        return new FollowUpLine(
            row.Id, row.HouseholdId, row.Area, row.Instrument, row.FundingSource, row.AmountMinor, row.BatchId,
            row.UnpaidReason, row.LastPlanned, last?.State, last?.ChangedAt, row.Remainder && row.LastPlanned == 0, result);
    }

    private async Task<ILookup<ObligationId, string>> ChannelsAsync(List<Row> rows, CancellationToken cancel)
    {
        var ids = rows.ConvertAll(row => row.Id);
        return (await db.Instructions.Where(one => ids.Contains(one.ObligationId) && one.Channel != null)
            .Select(one => new { one.ObligationId, Channel = one.Channel! }).ToListAsync(cancel))
            .ToLookup(one => one.ObligationId, one => one.Channel);
    }

    /// <summary>What has a claim, by what its attempt does.</summary>
    private async Task<Dictionary<StayReason, long>> LiveAsync(Batch followed, CancellationToken cancel)
    {
        var states = await (
            from obligation in db.Obligations
            where obligation.BatchId == followed.Id && obligation.UnpaidReason == null
            join claim in db.Claims on obligation.Id equals claim.ObligationId
            join attempt in db.Instructions on claim.InstructionId equals attempt.Id
            group attempt by attempt.State into state
            select new { State = state.Key, Count = state.LongCount() }).ToListAsync(cancel);
        return states.GroupBy(row => row.State switch
            {
                InstructionState.Settled => StayReason.Settled,
                InstructionState.InDoubt => StayReason.InDoubt,
                _ => StayReason.UnderWay,
            }).ToDictionary(group => group.Key, group => group.Sum(row => row.Count));
    }
}
