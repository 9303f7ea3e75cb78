using Microsoft.EntityFrameworkCore;
using TwinTrack.Contracts.Payments.V1;
using TwinTrack.Kernel;
using TwinTrack.Platform.Messaging;
using TwinTrack.Platform.Security;
using TwinTrack.Providers.Answers;
using TwinTrack.Providers.Channels;
using TwinTrack.Providers.Domain;
using TwinTrack.Providers.Jobs;
using TwinTrack.Providers.Persistence;

namespace TwinTrack.Providers.Consumers;

/// <summary>
/// Keeps one order from being paid. Not arrived yet: it will be withdrawn when it comes. Queued: withdrawn. Sent and
/// not final: recalled where the protocol can. Final: nothing can be held any more.
/// </summary>
internal sealed class HoldInstructionHandler(
    ProvidersDb db, VerdictWriter answers, AuditTrail<ProvidersDb> audit, TimeProvider clock)
    : IMessageHandler<HoldInstruction>
{
    public async Task HandleAsync(HoldInstruction message, CancellationToken cancel)
    {
        var now = clock.GetUtcNow();
        var id = InstructionId.Parse(message.InstructionId, null);
        if (!await db.Holds.AnyAsync(hold => hold.InstructionId == id, cancel))
        {
            db.Holds.Add(new EarlyHold { InstructionId = id, IncidentId = message.IncidentId, At = now });
        }

        var channel = await db.PaymentOrders.Where(row => row.InstructionId == id).Select(row => row.Channel)
            .SingleOrDefaultAsync(cancel);
        if (channel is not null)
        {
            await db.HoldGateAsync(channel, cancel);
            // Read under the gate: only now is it certain on which side of the journal it stands.
            var row = await db.PaymentOrders.AsNoTracking().SingleAsync(one => one.InstructionId == id, cancel);
            if (row.State == PaymentOrderState.Queued)
            {
                await answers.EndUnsentAsync(
                    channel, [new UnsentOrder(id, row.AmountMinor, SystemCodes.Held)], PaymentOrderState.Withdrawn,
                    cancel);
            }
            else if (PaymentOrderLifecycle.IsOpen(row.State))
            {
                await db.RestartJobAsync(JobKinds.Hold, id.Text, message.IncidentId, now, cancel);
            }
        }

        await audit.RecordAsync(Actor.System, "hold-instruction", id.Text,
            new { incident = message.IncidentId, channel }, cancel);
    }
}
