using Microsoft.EntityFrameworkCore;
using TwinTrack.Contracts.Payments.V1;
using TwinTrack.Contracts.Words;
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
/// Keeps one order from being paid. An order that has not arrived is withdrawn on arrival. A queued order is withdrawn.
/// A sent order that is not final is recalled, where the protocol allows it. A final order cannot be held any more.
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
            await db.LockGateAsync(channel, cancel);
            // Read under the gate's lock. Only now is it certain whether the order has a journal line.
            var row = await db.PaymentOrders.AsNoTracking().SingleAsync(one => one.InstructionId == id, cancel);
            if (row.State == PaymentOrderState.Queued)
            {
                await answers.EndUnsentAsync(
                    channel, [new UnsentOrder(id, row.AmountMinor, ReportCodes.Held)], PaymentOrderState.Withdrawn,
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
