using Microsoft.EntityFrameworkCore;
using TwinTrack.Contracts.Payments.V1;
using TwinTrack.Contracts.Words;
using TwinTrack.Kernel;
using TwinTrack.Payments.Domain;
using TwinTrack.Payments.Jobs;
using TwinTrack.Payments.Persistence;
using TwinTrack.Platform.Jobs;
using TwinTrack.Platform.Messaging;
using TwinTrack.Platform.Storage;

namespace TwinTrack.Payments.Incidents;

/// <summary>
/// Records the money of incidents and the effects on their obligations. Every amount goes to Reconciliation, grouped
/// into messages by batch. Not thread-safe; use one instance per transaction.
/// </summary>
internal sealed class IncidentAccounting(PaymentsDb db, Outbox<PaymentsDb> outbox, TimeProvider clock)
{
    private sealed record Noted(BatchId Batch, IncidentMovementRow Row);

    private readonly List<Noted> _noted = [];
    private readonly Dictionary<BatchId, Batch> _batches = [];

    /// <summary>Records the amount that was paid in error.</summary>
    internal async Task ClaimAsync_NeedsTransaction(
        Incident incident, IncidentMoney after, Actor by, string? reference, CancellationToken cancel)
    {
        var amount = after.LossMinor - incident.LossMinor;
        incident.Money = after;
        await NoteAsync(incident, IncidentMovementWords.ForClaim(IncidentKindRules.RuleOf(incident.Kind).Side), amount,
            by,
            reference, null, cancel);
    }

    internal async Task RecoverAsync_NeedsTransaction(
        Incident incident, IncidentMoney after, Actor by, string reference, CancellationToken cancel)
    {
        var amount = after.RecoveredMinor - incident.RecoveredMinor;
        incident.Money = after;
        await GiveBackAsync(incident, IncidentMovementWords.ForRecovery(IncidentKindRules.RuleOf(incident.Kind).Side),
            amount,
            by, reference, cancel);
    }

    internal async Task WaiveAsync_NeedsTransaction(
        Incident incident, Actor by, string? reference, CancellationToken cancel)
    {
        if (incident is { Kind: IncidentKind.ForcedLoss, LossMinor: 0 })
        {
            await GiveBackAsync(incident, IncidentMovements.RiskEnded, await OrderedAsync(incident, cancel), by,
                reference,
                cancel);
            return;
        }

        var amount = incident.Money.OutstandingMinor;
        incident.Money = incident.Money.Waive();
        await GiveBackAsync(incident, IncidentMovementWords.ForWaiver(IncidentKindRules.RuleOf(incident.Kind).Side),
            amount, by,
            reference, cancel);
    }

    /// <summary>
    /// Two attempts were paid, one of them after it was given up. The bearer loses at most the reserved amount, because
    /// nobody agreed to more. If the provider delivered less, the bearer gets the difference back.
    /// </summary>
    internal async Task LoseForcedAsync_NeedsTransaction(Incident incident, CancellationToken cancel)
    {
        var ordered = await OrderedAsync(incident, cancel);
        var lost = Math.Min(incident.AmountMinor, ordered);
        incident.LossMinor += lost;
        await NoteAsync(incident, IncidentMovements.ForcedLoss, lost, Actor.System, null, incident.Bearer, cancel);
        await GiveBackAsync(incident, IncidentMovements.RiskEnded, ordered - lost, Actor.System, null, cancel);
    }

    /// <summary>
    /// Charges the write-off to the bearer's funds. It is refused when the funds do not suffice, so no balance falls
    /// below zero.
    /// </summary>
    internal async Task<Result<Incident>> WriteOffAsync_NeedsTransaction(
        Incident incident, string bearer, Actor by, CancellationToken cancel)
    {
        var amount = incident.Money.OutstandingMinor;
        if (incident.Kind == IncidentKind.ForcedLoss)
        {
            // The bearer has already paid for it by the decision of both parties. From now on nobody asks for the money
            // back.
            incident.Money = incident.Money.WriteOff();
            return incident;
        }

        if (!await ChargeAsync(incident, bearer, amount, cancel))
        {
            return IncidentRefusals.BearerLacksFunds(bearer);
        }

        incident.Money = incident.Money.WriteOff();
        await NoteAsync(incident, IncidentMovements.WrittenOff, amount, by, null, bearer, cancel);
        return incident;
    }

    /// <summary>
    /// The contradicted attempt counts as the payment. The batch's committed funds pay for it. After the batch has
    /// returned those funds, the source's funds are charged and must suffice. A batch also returns them when a
    /// follow-up takes the obligation.
    /// </summary>
    internal async Task<Result<Incident>> StandAsync_NeedsTransaction(
        Incident incident, Actor by, string? reference, CancellationToken cancel)
    {
        var source = await SourceOfAsync(incident, cancel);
        var left = await db.Obligations.AnyAsync(
            row => row.Id == incident.ObligationId && row.BatchId != incident.BatchId, cancel);
        var givenBack = left || (incident.HeldInstructionId is null
            && (await BatchOfAsync(incident, cancel)).State == BatchState.Certified);
        if (givenBack && !await ChargeAsync(incident, source, incident.AmountMinor, cancel))
        {
            return IncidentRefusals.BearerLacksFunds(source);
        }

        await NoteAsync(incident, givenBack ? IncidentMovements.StandsAfterClose : IncidentMovements.Stands,
            incident.AmountMinor, by, reference, null, cancel);
        return incident;
    }

    /// <summary>Ends the incident and applies the rule's outcome to its obligation.</summary>
    internal async Task EndAsync_NeedsTransaction(
        Incident incident, IncidentEndRule rule, Actor by, CancellationToken cancel)
    {
        (incident.Ending, incident.ResolvedBy, incident.ResolvedAt, incident.ProposedBy) =
            (rule.End, by.ToString(), clock.GetUtcNow(), null);
        incident.Bearer = rule.End == IncidentEnd.WrittenOff || incident.Kind == IncidentKind.ForcedLoss
            ? incident.Bearer : null;
        if (rule.End == IncidentEnd.Stands)
        {
            await db.Obligations.Where(
                row => row.Id == incident.ObligationId && !db.Claims.Any(claim => claim.ObligationId == row.Id))
                .ExecuteUpdateAsync(set => set.SetProperty(row => row.UnpaidReason, UnpaidReason.LateSuccess), cancel);
        }

        if (rule.After == ObligationOutcome.Unblocked)
        {
            await UnblockAsync(incident, rule, cancel);
        }
    }

    /// <summary>State of the attempt that holds the obligation's claim; null without one.</summary>
    internal async Task<InstructionState?> LiveAsync(Incident incident, CancellationToken cancel) => await (
        from claim in db.Claims
        where claim.ObligationId == incident.ObligationId
        join instruction in db.Instructions on claim.InstructionId equals instruction.Id
        select (InstructionState?)instruction.State).SingleOrDefaultAsync(cancel);

    internal async Task<Batch> BatchOfAsync(Incident incident, CancellationToken cancel)
    {
        if (!_batches.TryGetValue(incident.BatchId, out var batch))
        {
            batch = await db.Batches.AsNoTracking().SingleAsync(row => row.Id == incident.BatchId, cancel);
            _batches.Add(incident.BatchId, batch);
        }

        return batch;
    }

    /// <summary>Sends all recorded amounts to Reconciliation. Call it last.</summary>
    internal void PublishMovements()
    {
        foreach (var group in _noted.GroupBy(noted => noted.Batch))
        {
            var batch = _batches[group.Key];
            foreach (var rows in group.Select(noted => noted.Row).Chunk(RowsMax))
            {
                outbox.Send(new IncidentMovementsRecorded(batch.Id.ToString(), batch.Programme, batch.Currency, rows));
            }
        }

        _noted.Clear();
    }

    private const int RowsMax = 500;

    private async Task NoteAsync(Incident incident, string kind, long amountMinor, Actor by, string? reference,
        string? bearer, CancellationToken cancel)
    {
        if (amountMinor == 0)
        {
            return;
        }

        await BatchOfAsync(incident, cancel);
        var movement = new IncidentMovement
        {
            Id = MovementId.New(clock),
            IncidentId = incident.Id,
            BatchId = incident.BatchId,
            Kind = kind,
            FundingSource = await SourceOfAsync(incident, cancel),
            AmountMinor = amountMinor,
            Reference = reference,
            By = by.ToString(),
            At = clock.GetUtcNow(),
        };
        db.IncidentMovements.Add(movement);
        var channel = await db.Instructions.Where(row => row.Id == incident.InstructionId).Select(row => row.Channel)
            .SingleAsync(cancel);
        _noted.Add(new Noted(incident.BatchId, new IncidentMovementRow(
            movement.Id.ToString(), incident.Id.ToString(), Word.Of(incident.Kind), kind, channel ?? "",
            movement.FundingSource, bearer, amountMinor, movement.At)));
    }

    private Task<long> OrderedAsync(Incident incident, CancellationToken cancel) =>
        db.Instructions.Where(row => row.Id == incident.InstructionId).Select(row => row.AmountMinor)
            .SingleAsync(cancel);

    /// <summary>Returns the bearer's lost or reserved amount to its funds.</summary>
    private async Task GiveBackAsync(Incident incident, string kind, long amountMinor, Actor by, string? reference,
        CancellationToken cancel)
    {
        var bearer = incident.Kind == IncidentKind.ForcedLoss ? incident.Bearer : null;
        if (bearer is not null && amountMinor > 0)
        {
            var batch = await BatchOfAsync(incident, cancel);
            await db.ReleaseAsync(batch.Programme, bearer, amountMinor, cancel);
        }

        await NoteAsync(incident, kind, amountMinor, by, reference, bearer, cancel);
    }

    private async Task<bool> ChargeAsync(Incident incident, string source, long amountMinor, CancellationToken cancel)
    {
        var batch = await BatchOfAsync(incident, cancel);
        return await db.ChargeAsync(batch.Programme, source, batch.Currency, amountMinor, cancel);
    }

    private Task<string> SourceOfAsync(Incident incident, CancellationToken cancel) =>
        db.Obligations.Where(row => row.Id == incident.ObligationId).Select(row => row.FundingSource)
            .SingleAsync(cancel);

    /// <summary>
    /// Lifts this incident's block. Another incident of the same obligation may still block it, also after its end.
    /// </summary>
    private async Task UnblockAsync(Incident incident, IncidentEndRule rule, CancellationToken cancel)
    {
        // As they stand in this transaction, also where that is not written yet.
        var others = await db.Incidents
            .Where(row => row.ObligationId == incident.ObligationId && row.Id != incident.Id).ToListAsync(cancel);
        // Work that is left comes first, because the payment's page names only one incident.
        var blocking = others.Where(other => IncidentEndRules.Blocks(other.Kind, other.State, other.Ending))
            .OrderBy(other => IncidentLifecycle.Ended.Contains(other.State)).FirstOrDefault()?.Id;
        await db.Obligations.Where(row => row.Id == incident.ObligationId)
            .ExecuteUpdateAsync(set => set.SetProperty(row => row.BlockedByIncident, blocking), cancel);
        if (rule.Need != IncidentPrecondition.NoLiveAttempt || blocking is not null)
        {
            return;
        }

        // The unpaid reason is again that of the last attempt. The obligation is planned again if that reason allows
        // it.
        var last = await (
            from obligation in db.Obligations
            where obligation.Id == incident.ObligationId
            join attempt in db.Instructions
                on new
                {
                    ObligationId = obligation.Id,
                    Generation = obligation.LastReleased
                } equals new { attempt.ObligationId, attempt.Generation }
            select new { attempt.State, attempt.Code }).SingleAsync(cancel);
        var reason = UnpaidReason.Of(last.State, last.Code);
        await db.Obligations.Where(row => row.Id == incident.ObligationId)
            .ExecuteUpdateAsync(set => set.SetProperty(row => row.UnpaidReason, reason), cancel);
        var batch = await db.Obligations.Where(row => row.Id == incident.ObligationId).Select(row => row.BatchId)
            .SingleAsync(cancel) ?? incident.BatchId;
        await db.WakeJobAsync(PlanFurtherAttemptsJob.Kind, batch.ToString(), clock.GetUtcNow(), cancel);
    }
}
