using Microsoft.EntityFrameworkCore;
using TwinTrack.Contracts.Payments.V1;
using TwinTrack.Kernel;
using TwinTrack.Payments.Domain;

namespace TwinTrack.Payments.Persistence;

/// <summary>
/// An unpaid obligation with the end of its last attempt. One that never had a channel counts as withdrawn: nothing
/// of it ever left.
/// </summary>
/// <param name="Channel">The last attempt's.</param>
/// <param name="Plan">The plan that waits for a channel; null where there is none.</param>
internal sealed record UnpaidObligation(
    ObligationId Id, string Area, string Instrument, long AmountMinor, string FundingSource, int LastPlanned,
    int LastReleased, EndedAttempt Last, string? Channel, InstructionId? Plan)
{
    public RouteRow Ask(InstructionId plan) =>
        new(plan.ToString(), Area, Instrument, AmountMinor, Id.ToString(), FundingSource);
}

/// <summary>Finds the unpaid obligations of a batch that may be planned, or asked for again.</summary>
internal sealed class UnpaidQuery(PaymentsDb db, TimeProvider clock)
{
    internal const int PageMax = 500;

    /// <summary>
    /// The outbox keeps a question until Routing has it, so a missing answer is on its way. It is still asked again
    /// after this time, as a precaution.
    /// </summary>
    internal static readonly TimeSpan AnswerMax = TimeSpan.FromMinutes(2);

    /// <summary>
    /// The next obligations to plan or to ask for again. Read outside any transaction, so that writers do not wait for
    /// the search.
    /// </summary>
    internal async Task<List<UnpaidObligation>> FindAsync(
        Batch batch, ObligationId after, List<MoveCoverage> moves, DateTimeOffset due, CancellationToken cancel)
    {
        var found = new List<UnpaidObligation>();
        for (var more = true; more && found.Count < PageMax;)
        {
            var page = await ReadAsync(batch, after, moves.Count > 0, due, cancel);
            var channels = moves.Count > 0 ? await ChannelsAsync(page, cancel) : null;
            found.AddRange(
                page.Where(
                    row => FurtherAttemptRule.IsFree(row.Last, row.Area, channels?[row.Id].ToList() ?? [], moves)));
            more = page.Count == PageMax;
            after = more ? page[^1].Id : after;
        }

        return [.. found.Take(PageMax)];
    }

    /// <summary>Unpaid, unblocked, unclaimed, and not waiting for an answer that may still come.</summary>
    private Task<List<UnpaidObligation>> ReadAsync(Batch batch, ObligationId after, bool moving, DateTimeOffset due,
        CancellationToken cancel)
    {
        var overdue = clock.GetUtcNow() - AnswerMax;
        var free = FurtherAttemptRule.FreeStates(moving);
        return (
            from obligation in db.Obligations
            where obligation.BatchId == batch.Id && obligation.UnpaidReason != null
                && obligation.BlockedByIncident == null && obligation.Id > after
                && !db.Claims.Any(claim => claim.ObligationId == obligation.Id)
            join last in db.Instructions
                on new
                {
                    ObligationId = obligation.Id,
                    Generation = obligation.LastReleased == 0 ? obligation.LastPlanned : obligation.LastReleased
                } equals new { last.ObligationId, last.Generation }
                // The attempt of an earlier batch is no attempt of this one. Here nothing of it has left.
            let untried = obligation.LastReleased == 0 || last.BatchId != batch.Id
            where untried || free.Contains(last.State)
            join plan in db.Instructions
                on new
                {
                    ObligationId = obligation.Id,
                    Generation = obligation.LastPlanned
                } equals new { plan.ObligationId, plan.Generation }
            where plan.State != InstructionState.Planned
                || (plan.Channel == null && plan.ChangedAt <= (plan.Why == null ? overdue : due))
            orderby obligation.Id
            select new UnpaidObligation(
                obligation.Id,
                obligation.Area,
                obligation.Instrument,
                obligation.AmountMinor,
                obligation.FundingSource,
                obligation.LastPlanned,
                obligation.LastReleased,
                new EndedAttempt(
                    untried ? InstructionState.Withdrawn : last.State,
                    last.AmountMinor,
                    last.SettledMinor,
                    last.SwitchId),
                last.Channel,
                plan.State == InstructionState.Planned ? plan.Id : null)).Take(PageMax).ToListAsync(cancel);
    }

    /// <summary>The channels of all attempts. Most obligations have one attempt, which is already read.</summary>
    private async Task<ILookup<ObligationId, string>> ChannelsAsync(
        List<UnpaidObligation> page, CancellationToken cancel)
    {
        var several = page.Where(row => row.LastPlanned > 1).Select(row => row.Id).ToList();
        var attempts = several.Count == 0 ? []
            : await db.Instructions.Where(one => several.Contains(one.ObligationId) && one.Channel != null)
            .Select(one => new { one.ObligationId, one.Channel }).ToListAsync(cancel);
        return page.Where(row => row.Channel is not null).Select(row => (row.Id, Channel: row.Channel!))
            .Concat(attempts.Select(one => (Id: one.ObligationId, Channel: one.Channel!)))
            .ToLookup(one => one.Id, one => one.Channel);
    }
}
