using Microsoft.EntityFrameworkCore;
using TwinTrack.Contracts.Entitlements.V1;
using TwinTrack.Entitlements.Domain;
using TwinTrack.Entitlements.Persistence;
using TwinTrack.Kernel;
using TwinTrack.Platform.Jobs;
using TwinTrack.Platform.Messaging;
using TwinTrack.Platform.Storage;

namespace TwinTrack.Entitlements.Jobs;

/// <summary>
/// Requests the caseload, and repeats the request while the cycle waits. A repeated request streams nothing new.
/// Without it, a lost message would block the cycle for ever.
/// </summary>
internal sealed class AwaitCaseloadJob(EntitlementsDb db, Outbox<EntitlementsDb> outbox) : IJob<EntitlementsDb>
{
    internal const string Kind = "await-caseload";

    private static readonly TimeSpan AskAgain = TimeSpan.FromMinutes(5);

    public Task<JobStep> StepAsync(Job job, CancellationToken cancel) =>
        db.InTransactionAsync(() => AskAsync(job, cancel), cancel);

    private async Task<JobStep> AskAsync(Job job, CancellationToken cancel)
    {
        var id = TypedId.Parse<CycleId>(job.Subject);
        var cycle = await db.Cycles.AsNoTracking().SingleAsync(row => row.Id == id, cancel);
        if (cycle.State is not (CycleState.Opening or CycleState.Calculating))
        {
            return JobStep.Finished;
        }

        outbox.Send(new RequestCaseload(id.Text, cycle.Programme, cycle.AsOf));
        job.Done++;
        return JobStep.After(AskAgain);
    }
}
