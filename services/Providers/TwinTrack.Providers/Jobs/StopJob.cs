using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using TwinTrack.Contracts.Routing.V1;
using TwinTrack.Contracts.Words;
using TwinTrack.Kernel;
using TwinTrack.Platform.Jobs;
using TwinTrack.Platform.Messaging;
using TwinTrack.Platform.Security;
using TwinTrack.Platform.Storage;
using TwinTrack.Providers.Answers;
using TwinTrack.Providers.Channels;
using TwinTrack.Providers.Domain;
using TwinTrack.Providers.Persistence;

namespace TwinTrack.Providers.Jobs;

/// <summary>
/// What follows a stop. First withdraws the covered orders without a journal line, then asks back those that were sent.
/// Each result goes into the running answer. It works whether the gate is open or closed.
/// </summary>
internal sealed class StopJob(
    ProvidersDb db, VerdictWriter answers, ScopeRecall recalls, Outbox<ProvidersDb> outbox,
    AuditTrail<ProvidersDb> audit) : IJob<ProvidersDb>
{
    private const int StepMax = 500;

    public async Task<JobStep> StepAsync(Job job, CancellationToken cancel)
    {
        var asked = JsonSerializer.Deserialize<StopScope>(job.Arguments!, MessageJson.Options)!;
        var stop = await StopOf(asked).AsNoTracking().SingleAsync(cancel);
        if (stop.Withdrawn is null)
        {
            await db.InTransactionAsync(() => WithdrawAsync(asked, job, cancel), cancel);
            return JobStep.Again;
        }

        if (stop.RecallsAsked is null && await recalls.AskNextAsync(asked, stop.AsStop(), job, cancel) is { } sums)
        {
            await db.InTransactionAsync(() => AnswerAsync(asked, sums, cancel), cancel);
            return JobStep.Finished;
        }

        return stop.RecallsAsked is null ? JobStep.Again : JobStep.Finished;
    }

    private async Task WithdrawAsync(StopScope asked, Job job, CancellationToken cancel)
    {
        _ = await db.LockGateAsync(asked.Channel, cancel)
            ?? throw new InvalidOperationException("A channel with a stop has a gate.");
        var stop = await StopOf(asked).SingleAsync(cancel);
        var unsent = await db.Queue.AsNoTracking().Where(row => row.Channel == asked.Channel).CoveredBy(stop.AsStop())
            .OrderBy(row => row.Epoch).ThenBy(row => row.Arrival).Take(StepMax)
            .Join(db.PaymentOrders, row => row.InstructionId, row => row.InstructionId,
                (_, row) => new UnsentOrder(row.InstructionId, row.AmountMinor, ReportCodes.NeverSent))
            .ToListAsync(cancel);
        await answers.EndUnsentAsync(asked.Channel, unsent, PaymentOrderState.Withdrawn, cancel, MoveOf(asked));
        job.Done += unsent.Count;
        if (unsent.Count < StepMax)
        {
            stop.Withdrawn = job.Done;
            outbox.Send(stop.Answer());
            await audit.RecordAsync(Actor.System, "withdraw-unsent", asked.SwitchId,
                new { channel = asked.Channel, epoch = asked.Epoch, count = job.Done }, cancel);
        }
    }

    private async Task AnswerAsync(StopScope asked, RecallSums sums, CancellationToken cancel)
    {
        var stop = await StopOf(asked).SingleAsync(cancel);
        (stop.RecallsAsked, stop.NotRecallable) = (sums.Asked, sums.NotRecallable);
        outbox.Send(stop.Answer());
        await audit.RecordAsync(
            Actor.System, "recall-sent", asked.SwitchId,
            new { channel = asked.Channel, asked = sums.Asked, notRecallable = sums.NotRecallable }, cancel);
    }

    /// <summary>
    /// The switch whose move follows the withdrawal. Null for a suspension: nothing follows it, so what it withdrew is
    /// planned again at once, and waits.
    /// </summary>
    private static string? MoveOf(StopScope asked) =>
        TypedId.TryParse<SuspensionId>(asked.SwitchId, out _) ? null : asked.SwitchId;

    private IQueryable<StoredStop> StopOf(StopScope asked) =>
        db.Stops.Where(stop => stop.Channel == asked.Channel && stop.Epoch == asked.Epoch);
}
