using TwinTrack.Kernel;
using TwinTrack.Platform.Jobs;
using TwinTrack.Platform.Security;
using TwinTrack.Platform.Storage;
using TwinTrack.Routing.Domain.Channels;
using TwinTrack.Routing.Persistence;

namespace TwinTrack.Routing.Jobs;

/// <summary>
/// Closes a channel's gate when its hours are over, and opens it when they begin. Subject: the channel.
/// </summary>
internal sealed class OpeningHoursJob(RoutingDb db, GateCommands commands, AuditTrail<RoutingDb> audit,
    TimeProvider clock) : IJob<RoutingDb>
{
    public const string Kind = "hours";

    /// <summary>Looks again at least this often, because a person may have opened the gate.</summary>
    private static readonly TimeSpan LookMax = TimeSpan.FromMinutes(1);

    public Task<JobStep> StepAsync(Job job, CancellationToken cancel) => db.InTransactionAsync(
        async () =>
        {
            var now = clock.GetUtcNow();
            if (await db.ChannelToChangeAsync(job.Subject, cancel) is not { } channel)
            {
                return JobStep.Finished;
            }

            if (channel.FollowHours(now))
            {
                await commands.SendAsync(channel, Actor.System.ToString(), now, cancel);
                await audit.RecordAsync(Actor.System, "follow-hours", channel.Code, new { channel.Gate, channel.Epoch },
                    cancel);
            }

            // Without opening hours nothing changes by itself, unless a gate that they closed is still opening.
            return channel.Hours is null && channel.PauseReason != Channel.OutsideHours ? JobStep.Finished
                : channel.Hours?.NextChange(now) is { } next && next - now < LookMax ? JobStep.After(next - now)
                : JobStep.After(LookMax);
        },
        cancel);
}
