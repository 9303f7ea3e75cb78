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

    /// <param name="Last">The last attempt that left; null when none did.</param>
    /// <param name="Plan">The newest attempt or plan; null when there was none.</param>
    private sealed record Row(Obligation Of, bool Claimed, Instruction? Last, Instruction? Plan);

    /// <summary>The next unpaid obligations in order of id. A page shorter than its bound is the last.</summary>
    internal async Task<List<FollowUpLine>> PageAsync(
        Batch followed, ObligationId after, int max, CancellationToken cancel)
    {
        var rows = await RowsAsync(followed, after, max, cancel);
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

    private async Task<List<Row>> RowsAsync(Batch followed, ObligationId after, int max, CancellationToken cancel)
    {
        var unpaid = await db.Obligations.AsNoTracking()
            .Where(row => row.BatchId == followed.Id || (row.BatchId == null && row.LeftByBatch == followed.Id))
            .Where(row => row.UnpaidReason != null && row.Id > after)
            .OrderBy(row => row.Id).Take(max).ToListAsync(cancel);
        var ids = unpaid.ConvertAll(row => row.Id);
        var attempts = (await db.NewestAsync(ids, cancel)).ToDictionary(one => (one.ObligationId, one.Generation));
        var claimed = (await db.Claims.Where(claim => ids.Contains(claim.ObligationId))
            .Select(claim => claim.ObligationId).ToListAsync(cancel)).ToHashSet();
        return unpaid.ConvertAll(row => new Row(
            row, claimed.Contains(row.Id), attempts.GetValueOrDefault((row.Id, row.LastReleased)),
            attempts.GetValueOrDefault((row.Id, row.LastPlanned))));
    }

    private static FollowUpLine LineOf(
        Batch followed, Row row, List<MoveCoverage> moves, ILookup<ObligationId, string>? channels)
    {
        var owed = row.Of;
        // An attempt of an earlier batch says nothing about this one: the plan of this batch has no channel.
        var left = row.Last is not null && (owed.BatchId is null || row.Last.BatchId == owed.BatchId);
        var last = left ? row.Last : row.Plan;
        var repeated = left && owed.BatchId is not null && FurtherAttemptRule.IsFree(
            new EndedAttempt(last!.State, last.AmountMinor, last.SettledMinor, last.SwitchId), owed.Area,
            [.. channels?[owed.Id] ?? []], moves);
        var result = FollowUpRule.Judge(new FollowUpStanding(
            followed.State,
            owed.BatchId is not null,
            last?.State,
            left,
            last?.Code,
            Unpaid: true,
            row.Claimed,
            owed.BlockedByIncident is not null,
            owed.UnpaidReason == UnpaidReason.LateSuccess,
            last is { State: InstructionState.Returned } && last.SettledMinor < last.AmountMinor,
            owed.RemainderOf is not null,
            row.Plan?.State == InstructionState.Planned
                || (followed.State == BatchState.Released && repeated)));
        return new FollowUpLine(
            owed.Id, owed.HouseholdId, owed.Area, owed.Instrument, owed.FundingSource, owed.AmountMinor, owed.BatchId,
            owed.UnpaidReason, owed.LastPlanned, last?.State, last?.ChangedAt,
            owed is { RemainderOf: not null, LastPlanned: 0 }, result);
    }

    private async Task<ILookup<ObligationId, string>> ChannelsAsync(List<Row> rows, CancellationToken cancel)
    {
        var ids = rows.ConvertAll(row => row.Of.Id);
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

internal static class AttemptQuery
{
    /// <summary>The last attempt that left and the newest plan of each obligation; often one row.</summary>
    internal static Task<List<Instruction>> NewestAsync(
        this PaymentsDb db, List<ObligationId> ids, CancellationToken cancel) => (
        from obligation in db.Obligations
        where ids.Contains(obligation.Id)
        join attempt in db.Instructions.AsNoTracking() on obligation.Id equals attempt.ObligationId
        where attempt.Generation == obligation.LastReleased || attempt.Generation == obligation.LastPlanned
        select attempt).ToListAsync(cancel);
}
