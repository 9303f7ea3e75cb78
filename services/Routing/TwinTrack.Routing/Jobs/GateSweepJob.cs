using TwinTrack.Kernel;
using TwinTrack.Platform.Jobs;
using TwinTrack.Platform.Storage;
using TwinTrack.Routing.Domain.Channels;
using TwinTrack.Routing.Persistence;

namespace TwinTrack.Routing.Jobs;

/// <summary>
/// Asks again while a gate's command is unanswered; one job a channel, asleep while the gate is settled.
/// </summary>
internal sealed class GateSweepJob(RoutingDb db, GateCommands commands, TimeProvider clock) : IJob<RoutingDb>
{
    public const string Kind = "gate";
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    public Task<JobStep> StepAsync(Job job, CancellationToken cancel) => db.InTransactionAsync(
        async () =>
        {
            var now = clock.GetUtcNow();
            if (await db.ChannelToChangeAsync(
                job.Subject, cancel) is not { Gate: Gate.Closing or Gate.Opening } channel)
            {
                return JobStep.Finished;
            }

            if (channel.CommandedAt + Patience > now)
            {
                return JobStep.After(channel.CommandedAt + Patience - now);
            }

            channel.CommandedAgain(now);
            commands.Send(channel, Actor.System.ToString());
            return JobStep.After(Patience);
        },
        cancel);
}
