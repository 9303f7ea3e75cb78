using Microsoft.EntityFrameworkCore;
using TwinTrack.Contracts.Words;
using TwinTrack.Kernel;
using TwinTrack.Platform.Jobs;
using TwinTrack.Platform.Security;
using TwinTrack.Platform.Storage;
using TwinTrack.Providers.Answers;
using TwinTrack.Providers.Domain;
using TwinTrack.Providers.Jobs;
using TwinTrack.Providers.Persistence;

namespace TwinTrack.Providers.Channels;

/// <summary>
/// Settles units whose call was cut off when the process ended. First it asks by reference, where the protocol allows
/// it. Otherwise it may send the same unit again under the same references. This needs a provider that refuses
/// duplicates, an open gate, and no stop on an order. Otherwise the orders are in doubt. It never makes a new
/// reference.
/// </summary>
internal sealed class InterruptedUnits(
    ProvidersDb db, PayeeQuery payees, ReadingApplication readings, AuditTrail<ProvidersDb> audit, TimeProvider clock)
{
    /// <summary>Settles the oldest unit; false when there is none.</summary>
    public async Task<bool> SettleNextAsync(ChannelConnection connection, Job job, CancellationToken cancel)
    {
        var sent = await db.Units.AsNoTracking()
            .Where(unit => unit.Channel == connection.Channel && unit.Open && unit.State == UnitState.Journaled)
            .OrderBy(unit => unit.Reference).FirstOrDefaultAsync(cancel);
        if (sent is null)
        {
            return false;
        }

        var unit = await payees.ReadUnitAsync(sent, openOnly: false, cancel);
        var reading = await AskAsync(connection, sent, unit, cancel);
        var source = AnswerSource.Ask;
        if (!SaysSomething(reading))
        {
            (reading, source) = (await SendAgainAsync(connection, sent, unit, job, cancel), AnswerSource.Submit);
        }

        await readings.ApplyAsync(connection.Channel, reading, source, job, cancel);
        await SubmitJob.MarkCalledAsync(db, sent.Reference, cancel);
        return true;
    }

    private async Task<Reading> AskAsync(ChannelConnection connection, SentUnit sent, Unit unit,
        CancellationToken cancel)
    {
        if (!connection.Abilities.StatusQuery)
        {
            return Reading.Nothing;
        }

        var (reading, _) = await ProviderCall.TryAsync(
            ProviderSpans.StartCall(connection.Channel, "ask", unit.Reference, [sent.TraceParent]),
            token => connection.Adapter.AskAsync(connection.Connection, unit, token), clock, cancel);
        return reading ?? Reading.Nothing;
    }

    private async Task<Reading> SendAgainAsync(
        ChannelConnection connection, SentUnit sent, Unit unit, Job job, CancellationToken cancel)
    {
        var interrupted = Reading.OfUnit(unit.Reference, Verdict.Unknown(ReportCodes.Interrupted));
        if (!connection.Abilities.SafeToResend || !await MayLeaveAgainAsync(sent, job, cancel))
        {
            return interrupted;
        }

        var (reading, fault) = await ProviderCall.TryAsync(
            ProviderSpans.StartCall(connection.Channel, "submit", unit.Reference, [sent.TraceParent]),
            token => connection.Adapter.SubmitAsync(connection.Connection, unit with { Again = true }, token), clock,
            cancel);
        return reading ?? Reading.OfUnit(unit.Reference, Verdict.Unknown(fault!));
    }

    /// <summary>
    /// Checks the gate and records it, like the first sending. The unit is not sent again if a recall was requested for
    /// an order, or an order has changed state.
    /// </summary>
    private async Task<bool> MayLeaveAgainAsync(SentUnit sent, Job job, CancellationToken cancel)
    {
        var may = await db.InTransactionAsync(
            async () =>
            {
                if (await db.LockGateAsync(sent.Channel, cancel) is not { } gate)
                {
                    return false;
                }

                if (!ResendRule.Allows(gate.Open, await OrdersAsync(sent, cancel)))
                {
                    return false;
                }

                await audit.RecordAsync(Actor.System, "resend-unit", sent.Reference,
                    new { channel = sent.Channel, count = sent.Orders }, cancel);
                return true;
            },
            cancel);
        db.ClearTracking(job);
        return may;
    }

    private async Task<List<InterruptedOrder>> OrdersAsync(SentUnit sent, CancellationToken cancel)
    {
        var rows = await db.PaymentOrders.AsNoTracking().Where(row => row.UnitReference == sent.Reference)
            .ToListAsync(cancel);
        var stops = await db.StopsAfterAsync(sent.Channel, rows.Min(row => row.Epoch), cancel);
        return rows.ConvertAll(row => new InterruptedOrder(
            row.State, row.RecallRequestedAt is not null, StopRule.CoversAny(stops, row.Routed)));
    }

    private static bool SaysSomething(Reading reading) =>
        reading.Units.Any(unit => unit.Verdict.Outcome != Outcome.Unknown)
            || reading.Lines.Any(line => line.Verdict.Outcome != Outcome.Unknown);
}
