using Microsoft.EntityFrameworkCore;
using TwinTrack.Contracts.Words;
using TwinTrack.Payments.Domain;
using TwinTrack.Payments.Instructions;
using TwinTrack.Payments.Jobs;
using TwinTrack.Payments.Persistence;
using TwinTrack.Platform.Storage;

namespace TwinTrack.Payments.Funds;

/// <summary>
/// Money that comes back after its batch was closed. The certificate kept that money committed, because it was paid.
/// Now it is at the programme's disposal again. Before the certificate, the closing of the batch gives it back.
/// </summary>
internal sealed class ReturnAccounting(PaymentsDb db, FundMovementWriter movements)
{
    /// <summary>
    /// Locks the batches of returned payments, before they are written. So either the closing of the batch sees the
    /// return, or the return sees the closed batch.
    /// </summary>
    internal async Task LockAsync(IEnumerable<ReportedInstruction> changed, CancellationToken cancel)
    {
        foreach (var batch in changed.Where(CameBack).Select(attempt => attempt.Read.BatchId).Distinct()
            .OrderBy(id => id.Value))
        {
            await db.LockAsync(PlanFurtherAttemptsJob.LockNameOf(batch), cancel);
        }
    }

    /// <summary>Gives the delivered amounts back to their funds, by batch and source.</summary>
    internal async Task GiveBackAsync_NeedsTransaction(
        IEnumerable<ReportedInstruction> changed, CancellationToken cancel)
    {
        foreach (var group in changed.Where(CameBack).GroupBy(attempt => attempt.Read.BatchId)
            .OrderBy(group => group.Key.Value))
        {
            var batch = await db.Batches.AsNoTracking().SingleAsync(row => row.Id == group.Key, cancel);
            if (batch.State != BatchState.Certified)
            {
                continue;
            }

            foreach (var source in group.GroupBy(attempt => attempt.Obligation.FundingSource)
                .OrderBy(source => source.Key, StringComparer.Ordinal))
            {
                var amount = source.Sum(attempt => attempt.SettledMinor);
                await db.ReleaseAsync(batch.Programme, source.Key, amount, cancel);
                movements.OfBatch_NeedsTransaction(FundMovements.Decommitted, batch, source.Key, amount);
            }
        }
    }

    private static bool CameBack(ReportedInstruction attempt) =>
        attempt is { Read.State: InstructionState.Settled, State: InstructionState.Returned };
}
