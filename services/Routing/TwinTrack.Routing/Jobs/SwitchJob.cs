using TwinTrack.Kernel;
using TwinTrack.Platform.Jobs;
using TwinTrack.Platform.Storage;
using TwinTrack.Routing.Domain.Switches;
using TwinTrack.Routing.Persistence;

namespace TwinTrack.Routing.Jobs;

/// <summary>
/// The process of one switch. Messages and people only store facts and wake this job. Only this job changes the state,
/// by reading the stored facts. So it may be killed, repeated and woken at any moment. Each step is one transaction.
/// </summary>
internal sealed class SwitchJob(RoutingDb db, SwitchBallotStep ballot, SwitchStopStep stop, SwitchMoveStep move)
    : IJob<RoutingDb>
{
    public const string Kind = "switch";

    public Task<JobStep> StepAsync(Job job, CancellationToken cancel) => db.InTransactionAsync(
        async () =>
        {
            var subject = await db.SwitchToChangeAsync(SwitchId.Parse(job.Subject, null), cancel)
                ?? throw new InvalidOperationException($"No switch {job.Subject}.");
            return subject.State switch
            {
                SwitchState.Proposed or SwitchState.Rehearsed => await ballot.StepAsync(subject, cancel),
                SwitchState.Voted => await stop.VotedAsync(subject, cancel),
                SwitchState.Stopping => await stop.StoppingAsync(subject, cancel),
                SwitchState.Moving or SwitchState.Paying or SwitchState.Watching =>
                    await move.StepAsync(subject, cancel),
                _ => JobStep.Finished,
            };
        },
        cancel);
}
