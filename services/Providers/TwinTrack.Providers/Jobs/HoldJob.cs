using Microsoft.EntityFrameworkCore;
using TwinTrack.Kernel;
using TwinTrack.Platform.Jobs;
using TwinTrack.Providers.Channels;
using TwinTrack.Providers.Domain;
using TwinTrack.Providers.Persistence;

namespace TwinTrack.Providers.Jobs;

/// <summary>
/// Recalls one sent order, because its obligation was paid by another attempt. Tries until the recall is requested or
/// the order is final.
/// </summary>
internal sealed class HoldJob(ProvidersDb db, ChannelConnections connections, Recaller recaller) : IJob<ProvidersDb>
{
    private static readonly TimeSpan Retry = TimeSpan.FromSeconds(30);

    public async Task<JobStep> StepAsync(Job job, CancellationToken cancel)
    {
        var id = InstructionId.Parse(job.Subject, null);
        var row = await db.PaymentOrders.AsNoTracking().SingleAsync(one => one.InstructionId == id, cancel);
        if (row.UnitReference is null || !PaymentOrderLifecycle.IsOpen(row.State))
        {
            return JobStep.Finished;
        }

        var opened = await connections.OpenAsync(row.Channel, cancel);
        if (!opened.Allows(out var connection, out _))
        {
            return JobStep.After(Retry);
        }

        if (!connection.Abilities.Recall)
        {
            return JobStep.Finished;
        }

        var unit = await db.Units.AsNoTracking().SingleAsync(one => one.Reference == row.UnitReference, cancel);
        var went = await recaller.RecallAsync(connection, unit, [id], job.Arguments!, job, cancel);
        return went ? JobStep.Finished : JobStep.After(Retry);
    }
}
