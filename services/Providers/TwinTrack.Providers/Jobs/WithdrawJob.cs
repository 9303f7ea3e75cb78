using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using TwinTrack.Contracts.Providers.V1;
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
/// Withdraws the orders in a switch's scope that have no journal line, then reports how many. Each step locks the gate.
/// </summary>
internal sealed class WithdrawJob(
    ProvidersDb db, VerdictWriter answers, Outbox<ProvidersDb> outbox, AuditTrail<ProvidersDb> audit)
        : IJob<ProvidersDb>
{
    private const int StepMax = 500;
    private const string Answered = "answered";

    public async Task<JobStep> StepAsync(Job job, CancellationToken cancel)
    {
        if (job.Cursor == Answered)
        {
            return JobStep.Finished;
        }

        var asked = JsonSerializer.Deserialize<WithdrawUnsent>(job.Arguments!, MessageJson.Options)!;
        var finished = await db.InTransactionAsync(() => WithdrawAsync(asked, job, cancel), cancel);
        return finished ? JobStep.Finished : JobStep.Again;
    }

    private async Task<bool> WithdrawAsync(WithdrawUnsent asked, Job job, CancellationToken cancel)
    {
        var gate = await db.LockGateAsync(asked.Channel, cancel)
            ?? throw new InvalidOperationException("A channel whose unsent orders are withdrawn has a gate.");
        var areas = asked.Areas.ToList();
        // If the gate was opened meanwhile, orders of its own epoch are new and may leave. Older orders never leave.
        var newestMax = gate.Open ? gate.Epoch - 1 : gate.Epoch;
        var unsent = await db.Queue.AsNoTracking()
            .Where(row => row.Channel == asked.Channel && row.Epoch <= newestMax && row.Programme == asked.Programme)
            .Where(row => areas.Count == 0 || areas.Contains(row.Area))
            .OrderBy(row => row.Epoch).ThenBy(row => row.Arrival).Take(StepMax)
            .Join(db.PaymentOrders, row => row.InstructionId, row => row.InstructionId,
                (_, row) => new UnsentOrder(row.InstructionId, row.AmountMinor, ReportCodes.NeverSent))
            .ToListAsync(cancel);
        await answers.EndUnsentAsync(asked.Channel, unsent, PaymentOrderState.Withdrawn, cancel, asked.SwitchId);
        job.Done += unsent.Count;
        if (unsent.Count == StepMax)
        {
            return false;
        }

        job.Cursor = Answered;
        outbox.Send(new UnsentWithdrawn(asked.SwitchId, asked.Channel, job.Done));
        await audit.RecordAsync(Actor.System, "withdraw-unsent", asked.SwitchId, new
        {
            channel = asked.Channel,
            epoch = gate.Epoch,
            lastSequence = gate.LastSequence,
            count = job.Done
        }, cancel);
        return true;
    }
}
