using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using TwinTrack.Contracts.Routing.V1;
using TwinTrack.Kernel;
using TwinTrack.Payments.Domain;
using TwinTrack.Payments.Instructions;
using TwinTrack.Payments.Jobs;
using TwinTrack.Payments.Persistence;
using TwinTrack.Platform.Jobs;
using TwinTrack.Platform.Messaging;
using TwinTrack.Platform.Storage;

namespace TwinTrack.Payments.Consumers;

/// <summary>
/// Applies Routing's answers. An answer counts for a planned instruction without a channel. Repeated and late answers
/// find none. Before approval the answers complete the batch. After release a freed obligation leaves at once.
/// </summary>
internal sealed partial class InstructionsRoutedHandler(
    PaymentsDb db, InstructionStateWriter states, InstructionRelease release, TimeProvider clock,
    ILogger<InstructionsRoutedHandler> logger)
    : IMessageHandler<InstructionsRouted>
{
    private sealed record Answer(PlannedInstruction Plan, RoutedRow Row)
    {
        public SwitchId? By { get; } = Row.SwitchId is { } by ? TypedId.Parse<SwitchId>(by) : null;
    }

    public async Task HandleAsync(InstructionsRouted message, CancellationToken cancel)
    {
        var rows = message.Rows.DistinctBy(row => row.InstructionId)
            .ToDictionary(row => TypedId.Parse<InstructionId>(row.InstructionId));
        var ids = rows.Keys.ToList();
        var open = await db.Planned(db.Instructions.Where(plan => ids.Contains(plan.Id) && plan.Channel == null))
            .ToListAsync(cancel);
        foreach (var group in open.GroupBy(plan => plan.BatchId))
        {
            var batch = await db.Batches.AsNoTracking().SingleAsync(row => row.Id == group.Key, cancel);
            var answers = group.Select(plan => new Answer(plan, rows[plan.Id])).ToList();
            switch (batch.State)
            {
                case BatchState.Planning:
                    await CompleteAsync(batch, answers, cancel);
                    break;
                case BatchState.Released:
                    await LeaveAsync(batch, answers, cancel);
                    break;
                default:
                    LogTooLate(logger, batch.Id, batch.State);
                    break;
            }
        }
    }

    private async Task CompleteAsync(Batch batch, List<Answer> answers, CancellationToken cancel)
    {
        await StoreRoutesAsync(answers, cancel);
        var nowhere = answers.Where(answer => answer.Row.Channel is null).ToList();
        var dropped = nowhere.ConvertAll(answer => answer.Plan.Id);
        await states.DropAsync_NeedsTransaction(db.Instructions.Where(plan => dropped.Contains(plan.Id)), cancel);
        await StoreReasonsAsync(nowhere, cancel);
        await PlanBatchJob.CountAnswersAsync_NeedsTransaction(db, batch.Id, answers.Count, clock.GetUtcNow(), cancel);
    }

    private async Task LeaveAsync(Batch batch, List<Answer> answers, CancellationToken cancel)
    {
        var moves = await db.Moves.AsNoTracking()
            .Where(move => move.CycleId == batch.CycleId && move.State == MoveState.Active).Select(move => move.Id)
            .ToListAsync(cancel);
        var tried = moves.Count == 0 ? [] : await TriedAsync(answers, cancel);
        var free = answers.FindAll(answer => answer.Row.Channel is not null
            && FurtherAttemptRule.MayLeave(answer.Plan.Evidence, answer.By, moves,
                answer.By is { } by ? tried.GetValueOrDefault((answer.Plan.ObligationId, by)) : 0));
        await StoreReasonsAsync(answers.Where(answer => answer.Row.Channel is null).ToList(), cancel);
        await StoreAnsweredAsync(answers.Except(free).ToList(), cancel);
        var planned = free.ConvertAll(answer => answer.Plan with { Route = RouteOf(answer), Fresh = true });
        await release.ReleaseAsync_NeedsTransaction(batch, planned, Actor.System, cancel);
    }

    /// <summary>Attempts that left, by obligation and the switch that routed them.</summary>
    private async Task<Dictionary<(ObligationId, SwitchId), int>> TriedAsync(
        List<Answer> answers, CancellationToken cancel)
    {
        var ids = answers.ConvertAll(answer => answer.Plan.ObligationId);
        var tried = await db.Instructions
            .Where(one => ids.Contains(one.ObligationId) && one.SwitchId != null
                && !FurtherAttemptRule.Untried.Contains(one.State))
            .Select(one => new { one.ObligationId, one.SwitchId }).ToListAsync(cancel);
        return tried.GroupBy(one => (one.ObligationId, one.SwitchId!.Value))
            .ToDictionary(same => same.Key, same => same.Count());
    }

    private async Task StoreRoutesAsync(List<Answer> answers, CancellationToken cancel)
    {
        foreach (var group in answers.GroupBy(
            answer => (answer.Row.Channel, answer.Row.Track, answer.Row.Epoch, answer.Row.Reason, answer.By)))
        {
            var ids = group.Select(answer => answer.Plan.Id).ToList();
            var (channel, track, epoch, why, by) = group.Key;
            await db.Instructions.Where(plan => ids.Contains(plan.Id) && plan.State == InstructionState.Planned)
                .ExecuteUpdateAsync(
                set => set
                    .SetProperty(plan => plan.Channel, channel)
                    .SetProperty(plan => plan.Track, track)
                    .SetProperty(plan => plan.Epoch, epoch)
                    .SetProperty(plan => plan.Why, why)
                    .SetProperty(plan => plan.SwitchId, by),
                cancel);
        }
    }

    private async Task StoreReasonsAsync(List<Answer> nowhere, CancellationToken cancel)
    {
        foreach (var group in nowhere.GroupBy(answer => answer.Row.Reason))
        {
            var ids = group.Select(answer => answer.Plan.ObligationId).ToList();
            await db.Obligations.Where(row => ids.Contains(row.Id)).ExecuteUpdateAsync(
                set => set.SetProperty(row => row.UnpaidReason, UnpaidReason.NoChannel(group.Key)), cancel);
        }
    }

    /// <summary>Plans that stay planned. Their question is answered and may be asked again.</summary>
    private async Task StoreAnsweredAsync(List<Answer> staying, CancellationToken cancel)
    {
        foreach (var group in staying.GroupBy(answer => answer.Row.Reason))
        {
            var ids = group.Select(answer => answer.Plan.Id).ToList();
            await db.Instructions.Where(plan => ids.Contains(plan.Id) && plan.State == InstructionState.Planned)
                .ExecuteUpdateAsync(set => set.SetProperty(plan => plan.Why, group.Key), cancel);
        }
    }

    private static PlannedRoute RouteOf(Answer answer) =>
        new(answer.Row.Channel!, answer.Row.Track, answer.Row.Epoch, answer.Row.Reason, answer.By);

    [LoggerMessage(EventId = 4012, Level = LogLevel.Information,
        Message = "Routes for batch {BatchId} came when it was {State}; they are not used")]
    private static partial void LogTooLate(ILogger logger, BatchId batchId, BatchState state);
}
