using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using TwinTrack.Contracts.Payments.V1;
using TwinTrack.Contracts.Providers.V1;
using TwinTrack.Kernel;
using TwinTrack.Payments.Domain;
using TwinTrack.Payments.Persistence;
using TwinTrack.Platform;

namespace TwinTrack.Payments.Consumers;

/// <summary>
/// Opens and follows incidents. From the first moment the obligation is blocked: whatever else becomes of it, it is never planned
/// again by itself.
/// </summary>
internal sealed partial class IncidentDesk(
    PaymentsDb db, Outbox<PaymentsDb> outbox, AuditTrail<PaymentsDb> audit, TimeProvider clock, ILogger<IncidentDesk> logger)
{
    private sealed record Other(InstructionId Id, InstructionState State);

    /// <summary>A repeated contradiction opens no second incident: the id follows from the instruction and the kind.</summary>
    internal async Task OpenAsync_NeedsTransaction(Attempt attempt, ReportRow row, Contradiction contradiction, CancellationToken cancel)
    {
        var id = IncidentId.Of(attempt.Read.Id, contradiction);
        if (await db.Incidents.FindAsync([id], cancel) is not null)
        {
            return;
        }

        var incident = new Incident
        {
            Id = id,
            Kind = contradiction == Contradiction.LateSuccess ? IncidentKind.LateSuccess : IncidentKind.Contradiction,
            ObligationId = attempt.Obligation.Id,
            BatchId = attempt.Read.BatchId,
            InstructionId = attempt.Read.Id,
            AmountMinor = row.AmountMinor,
            OpenedAt = clock.GetUtcNow(),
            Note = $"Reported {row.Outcome} ({row.Code}, grade {row.Grade}) when it was {attempt.State}.",
        };
        db.Incidents.Add(incident);
        await BlockAsync(incident, cancel);
        if (contradiction == Contradiction.LateSuccess)
        {
            await StopOtherAsync(incident, cancel);
        }

        LogOpened(logger, id, incident.Kind, attempt.Read.Id);
        await audit.RecordAsync(
            Actor.System,
            "open-incident",
            id.ToString(),
            new { Kind = incident.Kind.ToString(), Instruction = attempt.Read.Id.ToString(), Held = incident.HeldInstructionId?.ToString(), row.AmountMinor, row.Code },
            cancel);
        await db.SaveChangesAsync(cancel);
    }

    /// <summary>The end of a held attempt decides its incident.</summary>
    internal async Task FollowAsync_NeedsTransaction(List<Attempt> changed, CancellationToken cancel)
    {
        if (changed.Count == 0)
        {
            return;
        }

        var ids = changed.ConvertAll(attempt => (InstructionId?)attempt.Read.Id);
        var incidents = await db.Incidents.Where(incident => ids.Contains(incident.HeldInstructionId)).ToListAsync(cancel);
        foreach (var incident in incidents)
        {
            var held = changed.Single(attempt => attempt.Read.Id == incident.HeldInstructionId);
            if (held.State == InstructionState.Settled)
            {
                await AdvanceAsync(incident, IncidentTrigger.PayTwice, "The other attempt was paid too: recover one.", cancel);
            }
            else if (InstructionLifecycle.IsFreed(held.State))
            {
                await AdvanceAsync(incident, IncidentTrigger.Resolve, $"The other attempt is {held.State}: the first payment stands.", cancel);
                await MarkPaidLateAsync(incident.ObligationId, cancel);
            }
        }
    }

    private async Task BlockAsync(Incident incident, CancellationToken cancel)
    {
        await db.Obligations.Where(row => row.Id == incident.ObligationId && row.BlockedByIncident == null)
            .ExecuteUpdateAsync(set => set.SetProperty(row => row.BlockedByIncident, incident.Id), cancel);
        var drop = InstructionLifecycle.Table.Sources(InstructionTrigger.Drop);
        var now = clock.GetUtcNow();
        await db.Instructions.Where(row => row.ObligationId == incident.ObligationId && drop.Contains(row.State)).ExecuteUpdateAsync(
            set => set
                .SetProperty(row => row.State, InstructionState.Withdrawn)
                .SetProperty(row => row.Version, row => row.Version + 1)
                .SetProperty(row => row.ChangedAt, now),
            cancel);
    }

    /// <summary>Whatever else is live for the obligation is held; if it is paid already, money must come back.</summary>
    private async Task StopOtherAsync(Incident incident, CancellationToken cancel)
    {
        var other = await (
            from claim in db.Claims
            where claim.ObligationId == incident.ObligationId && claim.InstructionId != incident.InstructionId
            join instruction in db.Instructions on claim.InstructionId equals instruction.Id
            select new Other(instruction.Id, instruction.State)).SingleOrDefaultAsync(cancel);
        if (other is null)
        {
            incident.Note += " No other attempt is live: the first payment stands.";
            await MarkPaidLateAsync(incident.ObligationId, cancel);
            return;
        }

        incident.HeldInstructionId = other.Id;
        if (other.State == InstructionState.Settled)
        {
            await AdvanceAsync(incident, IncidentTrigger.PayTwice, "The other attempt is paid already: recover one.", cancel);
            return;
        }

        incident.State = IncidentLifecycle.Table.Next(incident.State, IncidentTrigger.Hold).Match(next => next, no => throw new InvalidOperationException(no.Reason));
        outbox.Send(new HoldInstruction(other.Id.ToString(), incident.Id.ToString()));
    }

    private async Task AdvanceAsync(Incident incident, IncidentTrigger trigger, string note, CancellationToken cancel)
    {
        if (!IncidentLifecycle.Table.Next(incident.State, trigger).Allows(out var next, out _))
        {
            return;
        }

        incident.State = next;
        incident.Note += " " + note;
        if (trigger == IncidentTrigger.PayTwice)
        {
            (incident.Kind, incident.ResolvedBy, incident.ResolvedAt) = (IncidentKind.PaidTwice, null, null);
        }
        else
        {
            (incident.ResolvedBy, incident.ResolvedAt) = (Actor.System.ToString(), clock.GetUtcNow());
        }

        await audit.RecordAsync(
            Actor.System, "advance-incident", incident.Id.ToString(), new { State = next.ToString(), Held = incident.HeldInstructionId?.ToString(), note }, cancel);
    }

    private async Task MarkPaidLateAsync(ObligationId id, CancellationToken cancel) =>
        await db.Obligations.Where(row => row.Id == id && !db.Claims.Any(claim => claim.ObligationId == row.Id))
            .ExecuteUpdateAsync(set => set.SetProperty(row => row.UnpaidReason, UnpaidReason.LateSuccess), cancel);

    [LoggerMessage(EventId = 3022, Level = LogLevel.Warning, Message = "Incident {IncidentId} of kind {Kind} opened for instruction {InstructionId}")]
    private static partial void LogOpened(ILogger logger, IncidentId incidentId, IncidentKind kind, InstructionId instructionId);
}
