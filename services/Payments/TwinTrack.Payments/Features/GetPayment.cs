using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using TwinTrack.Kernel;
using TwinTrack.Payments.Domain;
using TwinTrack.Payments.Incidents;
using TwinTrack.Payments.Persistence;
using TwinTrack.Platform.Security;
using TwinTrack.Platform.Web;

namespace TwinTrack.Payments.Features;

/// <summary>
/// GET /payments/{id}: the whole story of one payment. The id is an obligation's, its entitlement's or one of its
/// instructions'.
/// </summary>
internal static class GetPayment
{
    internal sealed record ApprovalItem(int Step, string By, DateTimeOffset At);

    internal sealed record BatchItem(
        BatchId Id,
        BatchState State,
        string? ContentHash,
        string CreatedBy,
        DateTimeOffset CreatedAt,
        IReadOnlyList<ApprovalItem> Approvals,
        string? ReleasedBy,
        DateTimeOffset? ReleasedAt);

    /// <param name="Effect">The state change it caused, or why it caused none.</param>
    internal sealed record ReportItem(
        string Outcome, string Grade, string Code, string? ProviderReference, long? Sequence, long AmountMinor,
        DateTimeOffset At, string Effect);

    internal sealed record InstructionItem(
        InstructionId Id,
        int Generation,
        InstructionState State,
        string? Channel,
        int Track,
        long Epoch,
        string? Why,
        SwitchId? SwitchId,
        string? Evidence,
        long AmountMinor,
        long SettledMinor,
        string? Code,
        string? Grade,
        DateTimeOffset ChangedAt,
        ForcedMoveId? ForcedBy,
        IReadOnlyList<ReportItem> Reports);

    /// <param name="Status">State of the live attempt; Planned or Unpaid without one.</param>
    /// <param name="EarlierBatches">Batches that it was in before a follow-up, or another batch, took it.</param>
    internal sealed record Response(
        ObligationId ObligationId,
        EntitlementId EntitlementId,
        HouseholdId HouseholdId,
        CycleId CycleId,
        string? Programme,
        string Component,
        long AmountMinor,
        string? Currency,
        string Area,
        string Instrument,
        string FundingSource,
        string Status,
        long SettledMinor,
        string? UnpaidReason,
        IncidentId? BlockedByIncident,
        ObligationId? RemainderOf,
        BatchItem? Batch,
        IReadOnlyList<BatchItem> EarlierBatches,
        IReadOnlyList<InstructionItem> Instructions,
        IReadOnlyList<IncidentView> Incidents);

    internal static void Map(IEndpointRouteBuilder routes) => routes.MapGet("/payments/{id}", AnswerAsync)
        .RequireRole(PaymentsReadRoles.AndGrievance)
        .WithName(nameof(GetPayment))
        .WithSummary("The whole history of one payment, by its obl_, ent_ or ins_ id.")
        .ProducesProblem(StatusCodes.Status400BadRequest)
        .ProducesProblem(StatusCodes.Status404NotFound);

    private static async Task<Results<Ok<Response>, ProblemHttpResult>> AnswerAsync(
        string id, PaymentsDb db, CancellationToken cancel)
    {
        if (!(await FindAsync(db, id, cancel)).Allows(out var obligation, out var refusal))
        {
            return refusal.ToProblem();
        }

        var cycle = await db.ReceivedCycles.AsNoTracking().SingleAsync(row => row.Id == obligation.CycleId, cancel);
        var attempts = await db.Instructions.AsNoTracking().Where(row => row.ObligationId == obligation.Id)
            .OrderBy(row => row.Generation).ToListAsync(cancel);
        var ids = attempts.ConvertAll(row => row.Id);
        var reports = await db.ReportEntries.AsNoTracking().Where(row => ids.Contains(row.InstructionId))
            .OrderBy(row => row.Id).ToListAsync(cancel);
        var incidents = await db.Incidents.AsNoTracking().Where(row => row.ObligationId == obligation.Id)
            .OrderBy(row => row.OpenedAt).ToListAsync(cancel);
        var live = attempts.LastOrDefault(row => InstructionLifecycle.IsLive(row.State));
        return TypedResults.Ok(new Response(
            obligation.Id,
            new EntitlementId((obligation.RemainderOf ?? obligation.Id).Value),
            obligation.HouseholdId,
            obligation.CycleId,
            cycle.Programme,
            obligation.Component,
            obligation.AmountMinor,
            cycle.Currency,
            obligation.Area,
            obligation.Instrument,
            obligation.FundingSource,
            live?.State.ToString() ?? (obligation.UnpaidReason is null ? nameof(InstructionState.Planned) : "Unpaid"),
            live?.SettledMinor ?? 0,
            obligation.UnpaidReason,
            obligation.BlockedByIncident,
            obligation.RemainderOf,
            await BatchOfAsync(db, obligation.BatchId, cancel),
            await EarlierAsync(db, obligation, attempts, cancel),
            [.. attempts.Select(row => Item(row, reports))],
            [.. incidents.Select(IncidentView.Of)]));
    }

    private static async Task<Result<Obligation>> FindAsync(PaymentsDb db, string id, CancellationToken cancel)
    {
        ObligationId obligationId;
        if (TypedId.TryParse<ObligationId>(id, out var obligation))
        {
            obligationId = obligation;
        }
        else if (TypedId.TryParse<EntitlementId>(id, out var entitlement))
        {
            obligationId = new ObligationId(entitlement.Value);
        }
        else if (TypedId.TryParse<InstructionId>(id, out var instruction))
        {
            obligationId = await db.Instructions.Where(row => row.Id == instruction).Select(row => row.ObligationId)
                .SingleOrDefaultAsync(cancel);
        }
        else
        {
            return PaymentRefusals.UnreadablePayment;
        }

        return await db.Obligations.AsNoTracking().SingleOrDefaultAsync(
            row => row.Id == obligationId, cancel) is { } found ? found : PaymentRefusals.UnknownPayment;
    }

    private static async Task<BatchItem?> BatchOfAsync(PaymentsDb db, BatchId? id, CancellationToken cancel)
    {
        if (id is null
            || await db.Batches.AsNoTracking().SingleOrDefaultAsync(row => row.Id == id, cancel) is not { } batch)
        {
            return null;
        }

        var approvals = await db.Approvals.Where(row => row.BatchId == id).OrderBy(row => row.Step)
            .Select(row => new ApprovalItem(row.Step, row.By, row.At)).ToListAsync(cancel);
        return new BatchItem(batch.Id, batch.State, batch.ContentHash, batch.CreatedBy, batch.CreatedAt, approvals,
            batch.ReleasedBy, batch.ReleasedAt);
    }

    /// <summary>The batches that it was in before, in the order of their attempts.</summary>
    private static async Task<IReadOnlyList<BatchItem>> EarlierAsync(
        PaymentsDb db, Obligation obligation, List<Instruction> attempts, CancellationToken cancel)
    {
        var earlier = new List<BatchItem>();
        foreach (var id in attempts.Select(row => row.BatchId).Distinct().Where(id => id != obligation.BatchId))
        {
            if (await BatchOfAsync(db, id, cancel) is { } batch)
            {
                earlier.Add(batch);
            }
        }

        return earlier;
    }

    private static InstructionItem Item(Instruction row, List<ReportEntry> reports) => new(
        row.Id,
        row.Generation,
        row.State,
        row.Channel,
        row.Track,
        row.Epoch,
        row.Why,
        row.SwitchId,
        row.Evidence,
        row.AmountMinor,
        row.SettledMinor,
        row.Code,
        row.Grade,
        row.ChangedAt,
        row.ForcedBy,
        [
            .. reports.Where(report => report.InstructionId == row.Id).Select(report => new ReportItem(
                report.Outcome, report.Grade, report.Code, report.ProviderReference, report.Sequence,
                report.AmountMinor, report.At, report.Effect)),
        ]);
}
