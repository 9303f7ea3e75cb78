using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using TwinTrack.Contracts.Payments.V1;
using TwinTrack.Contracts.Providers.V1;
using TwinTrack.Kernel;
using TwinTrack.Payments.Domain;
using TwinTrack.Payments.Instructions;
using TwinTrack.Payments.Jobs;
using TwinTrack.Payments.Persistence;
using TwinTrack.Platform.Messaging;
using TwinTrack.Platform.Security;
using TwinTrack.Platform.Storage;

namespace TwinTrack.Payments.Incidents;

/// <summary>
/// Opens incidents and applies later reports to them. An incident blocks its obligation at once, so the system never
/// plans it again.
/// </summary>
internal sealed partial class IncidentTracking(
    PaymentsDb db, InstructionStateWriter states, Outbox<PaymentsDb> outbox, AuditTrail<PaymentsDb> audit,
    IncidentAccounting accounting, TimeProvider clock, ILogger<IncidentTracking> logger)
{
    private sealed record Other(InstructionId Id, InstructionState State);

    /// <summary>
    /// A repeated contradiction opens no second incident: the id follows from the instruction and the kind.
    /// </summary>
    internal async Task OpenAsync_NeedsTransaction(
        ReportedInstruction attempt, ReportRow row, Contradiction contradiction, CancellationToken cancel)
    {
        var id = IncidentId.Of(attempt.Read.Id, contradiction);
        if (await db.Incidents.FindAsync([id], cancel) is { } known)
        {
            await ReopenAsync(known, cancel);
            return;
        }

        var kind = IncidentKindRules.Of(contradiction);
        var incident = new Incident
        {
            Id = id,
            Kind = kind,
            Owner = IncidentKindRules.RuleOf(kind).OwnerRole,
            ObligationId = attempt.Obligation.Id,
            BatchId = attempt.Read.BatchId,
            InstructionId = attempt.Read.Id,
            AmountMinor = row.AmountMinor,
            OpenedAt = clock.GetUtcNow(),
            Note = $"Reported {row.Outcome} ({row.Code}, grade {row.Grade}) when it was {attempt.State}.",
        };
        db.Incidents.Add(incident);
        if (attempt.Read.ForcedBy is { } forced)
        {
            incident.Bearer = await db.ForcedMoves.Where(one => one.Id == forced).Select(one => one.Bearer)
                .SingleAsync(cancel);
        }

        await BlockAsync(incident, cancel);
        if (contradiction is Contradiction.LateSuccess or Contradiction.ForcedLoss)
        {
            await StopOtherAsync(incident, cancel);
        }

        LogOpened(logger, id, incident.Kind, attempt.Read.Id);
        await audit.RecordAsync(
            Actor.System,
            "open-incident",
            id.ToString(),
            new
            {
                Kind = incident.Kind.ToString(),
                Instruction = attempt.Read.Id.ToString(),
                Held = incident.HeldInstructionId?.ToString(),
                row.AmountMinor,
                row.Code
            },
            cancel);
        await db.SaveChangesAsync(cancel);
    }

    /// <summary>When a held attempt ends, its end decides the incident.</summary>
    internal async Task FollowAsync_NeedsTransaction(List<ReportedInstruction> changed, CancellationToken cancel)
    {
        if (changed.Count == 0)
        {
            return;
        }

        var ids = changed.ConvertAll(attempt => (InstructionId?)attempt.Read.Id);
        var incidents = await db.Incidents.Where(incident => ids.Contains(incident.HeldInstructionId))
            .ToListAsync(cancel);
        foreach (var incident in incidents)
        {
            var held = changed.Single(attempt => attempt.Read.Id == incident.HeldInstructionId);
            if (held.State == InstructionState.Settled)
            {
                await LoseAsync(incident, "The other attempt was paid too: recover one.", cancel);
            }
            else if (InstructionLifecycle.IsFreed(held.State))
            {
                await StandAsync(incident, $"The other attempt is {held.State}: the first payment stands.", cancel);
            }
        }
    }

    /// <summary>An attempt that was given up, paid and returned. Its cost to the bearer is undone.</summary>
    internal async Task CameBackAsync_NeedsTransaction(List<ReportedInstruction> returned, CancellationToken cancel)
    {
        if (returned.Count == 0)
        {
            return;
        }

        var ids = returned.ConvertAll(attempt => attempt.Read.Id);
        var incidents =
            await db.Incidents.Where(
                incident => ids.Contains(incident.InstructionId) && incident.Kind == IncidentKind.ForcedLoss)
                .ToListAsync(cancel);
        foreach (var incident in incidents)
        {
            if (IncidentLifecycle.Table.Next(incident.State, IncidentTrigger.Close).Allows(out var next, out _))
            {
                await accounting.WaiveAsync_NeedsTransaction(incident, Actor.System, null, cancel);
                incident.State = next;
                await accounting.EndAsync_NeedsTransaction(incident, IncidentEndRules.CameBack, Actor.System, cancel);
                await NoteAsync(incident, "The money came back.", cancel);
            }
        }
    }

    private async Task BlockAsync(Incident incident, CancellationToken cancel)
    {
        await db.Obligations.Where(row => row.Id == incident.ObligationId && row.BlockedByIncident == null)
            .ExecuteUpdateAsync(set => set.SetProperty(row => row.BlockedByIncident, incident.Id), cancel);
        var plans = db.Instructions.Where(row => row.ObligationId == incident.ObligationId);
        var unanswered = await plans.Where(row => row.State == InstructionState.Planned && row.Channel == null)
            .Select(row => row.BatchId).ToListAsync(cancel);
        await states.DropAsync_NeedsTransaction(plans, cancel);
        foreach (var batch in unanswered)
        {
            await PlanBatchJob.CountAnswersAsync_NeedsTransaction(db, batch, 1, clock.GetUtcNow(), cancel);
        }
    }

    /// <summary>
    /// Holds the obligation's other live attempt. If that attempt is already paid, money must come back.
    /// </summary>
    private async Task StopOtherAsync(Incident incident, CancellationToken cancel)
    {
        var other = await (
            from claim in db.Claims
            where claim.ObligationId == incident.ObligationId && claim.InstructionId != incident.InstructionId
            join instruction in db.Instructions on claim.InstructionId equals instruction.Id
            select new Other(instruction.Id, instruction.State)).SingleOrDefaultAsync(cancel);
        if (other is null && await IsPaidAlreadyAsync(incident, cancel))
        {
            await LoseAsync(incident, "Another attempt was paid late already: recover one.", cancel);
            return;
        }

        if (other is null)
        {
            incident.Note += " No other attempt is live: the first payment stands.";
            await MarkPaidLateAsync(incident.ObligationId, cancel);
            return;
        }

        incident.HeldInstructionId = other.Id;
        if (other.State == InstructionState.Settled)
        {
            await LoseAsync(incident, "The other attempt is paid already: recover one.", cancel);
            return;
        }

        incident.State = IncidentLifecycle.Table.Next(incident.State, IncidentTrigger.Hold)
            .Match(next => next, no => throw new InvalidOperationException(no.Reason));
        outbox.Send(new HoldInstruction(other.Id.ToString(), incident.Id.ToString()));
    }

    /// <summary>Whether another attempt was paid late, so that the obligation is paid without a live attempt.</summary>
    private async Task<bool> IsPaidAlreadyAsync(Incident incident, CancellationToken cancel)
    {
        var others = await db.Incidents
            .Where(row => row.ObligationId == incident.ObligationId && row.InstructionId != incident.InstructionId)
            .ToListAsync(cancel);
        return others.Exists(other => IncidentEndRules.IsPaid(other.Kind, other.Ending));
    }

    /// <summary>
    /// A repeated report is normal. But after both parties found the attempt unpaid, the report contradicts them and
    /// must stop the further attempt.
    /// </summary>
    private async Task ReopenAsync(Incident incident, CancellationToken cancel)
    {
        if (incident.Ending != IncidentEnd.NotPaid
            || !IncidentLifecycle.Table.Next(incident.State, IncidentTrigger.Reopen).Allows(out var next, out _))
        {
            return;
        }

        (incident.State, incident.Ending, incident.ResolvedBy, incident.ResolvedAt, incident.HeldInstructionId) =
            (next, null, null, null, null);
        await BlockAsync(incident, cancel);
        await NoteAsync(incident, "Reported paid again.", cancel);
        await StopOtherAsync(incident, cancel);
        await db.SaveChangesAsync(cancel);
    }

    /// <summary>
    /// Both attempts were paid. The second attempt and its remainder pay the obligation, so the whole first payment is
    /// in error.
    /// </summary>
    private async Task LoseAsync(Incident incident, string note, CancellationToken cancel)
    {
        if (!IncidentLifecycle.Table.Next(incident.State, IncidentTrigger.Lose).Allows(out var next, out _))
        {
            return;
        }

        incident.State = next;
        (incident.ResolvedBy, incident.ResolvedAt, incident.ProposedBy, incident.Ending) = (null, null, null, null);
        if (incident.Kind == IncidentKind.ForcedLoss)
        {
            await accounting.LoseForcedAsync_NeedsTransaction(incident, cancel);
            await NoteAsync(incident, $"{note} Borne by {incident.Bearer}.", cancel);
            return;
        }

        (incident.Kind, incident.Owner) = (IncidentKind.PaidTwice,
            IncidentKindRules.RuleOf(IncidentKind.PaidTwice).OwnerRole);
        await accounting.ClaimAsync_NeedsTransaction(
            incident, incident.Money with { LossMinor = incident.LossMinor + incident.AmountMinor }, Actor.System, null,
            cancel);
        await NoteAsync(incident, note, cancel);
    }

    /// <summary>
    /// The other attempt did not pay, or its money came back. The first payment counts, and nothing is lost.
    /// </summary>
    private async Task StandAsync(Incident incident, string note, CancellationToken cancel)
    {
        if (!IncidentEndRules.Of(incident.Kind, IncidentEnd.Stands, await accounting.LiveAsync(incident, cancel))
            .Allows(out var rule, out _)
            || !IncidentLifecycle.Table.Next(incident.State, IncidentTrigger.Close).Allows(out var next, out _))
        {
            return;
        }

        if (!(await accounting.StandAsync_NeedsTransaction(incident, Actor.System, null, cancel)).Allows(out _, out _))
        {
            return;
        }

        await accounting.WaiveAsync_NeedsTransaction(incident, Actor.System, null, cancel);
        incident.State = next;
        await accounting.EndAsync_NeedsTransaction(incident, rule, Actor.System, cancel);
        await NoteAsync(incident, note, cancel);
    }

    private Task NoteAsync(Incident incident, string note, CancellationToken cancel)
    {
        incident.Note += " " + note;
        incident.Version++;
        return audit.RecordAsync(
            Actor.System,
            "advance-incident",
            incident.Id.ToString(),
            new
            {
                State = incident.State.ToString(),
                Held = incident.HeldInstructionId
                ?.ToString(),
                incident.LossMinor,
                note
            },
            cancel);
    }

    private async Task MarkPaidLateAsync(ObligationId id, CancellationToken cancel) =>
        await db.Obligations.Where(row => row.Id == id && !db.Claims.Any(claim => claim.ObligationId == row.Id))
            .ExecuteUpdateAsync(set => set.SetProperty(row => row.UnpaidReason, UnpaidReason.LateSuccess), cancel);

    [LoggerMessage(EventId = 4022, Level = LogLevel.Warning,
        Message = "Incident {IncidentId} of kind {Kind} opened for instruction {InstructionId}")]
    private static partial void LogOpened(ILogger logger, IncidentId incidentId, IncidentKind kind,
        InstructionId instructionId);
}
