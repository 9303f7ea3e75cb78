using Microsoft.EntityFrameworkCore;
using TwinTrack.Contracts.Routing.V1;
using TwinTrack.Kernel;
using TwinTrack.Platform.Jobs;
using TwinTrack.Platform.Messaging;
using TwinTrack.Platform.Storage;
using TwinTrack.Routing.Domain.Switches;
using TwinTrack.Routing.Persistence;

namespace TwinTrack.Routing.Jobs;

/// <summary>
/// Begins and ends suspensions of a track, in the caller's transaction. A beginning stores the record and a new epoch
/// for each channel. It sends the message that stops the scope there, and starts the job that repeats it.
/// </summary>
internal sealed class Suspensions(RoutingDb db, ScopeStops stops, Outbox<RoutingDb> outbox)
{
    public async Task<Result<Suspension>> BeginAsync(Suspension asked, CancellationToken cancel)
    {
        var codes = await db.Channels.AsNoTracking().Where(channel => channel.Track == asked.Track)
            .Select(channel => channel.Code).ToListAsync(cancel);
        foreach (var code in codes.Order(StringComparer.Ordinal))
        {
            asked.Channels.Add(new SuspendedChannel
            {
                SuspensionId = asked.Id,
                Channel = code,
                Epoch = await stops.BeginEpochAsync_NeedsTransaction(code, cancel),
            });
        }

        // Read under the locks of the channels, so two suspensions at once see each other.
        var inForce = await db.Suspensions.AsNoTracking().IgnoreAutoIncludes()
            .Where(row => row.Programme == asked.Programme && row.EndedAt == null).ToListAsync(cancel);
        if (Suspension.Begin(asked, inForce) is Result<Suspension>.No refused)
        {
            return refused;
        }

        db.Suspensions.Add(asked);
        Send(asked);
        Announce(asked);
        await db.StartJobAsync(
            SuspensionJob.Kind, asked.Id.ToString(), asked.SuspendedAt + SuspensionJob.Patience, cancel);
        return asked;
    }

    /// <summary>Ends a suspension, and tells Payments.</summary>
    public Result<Suspension> End(Suspension suspension, string reason, Actor by, DateTimeOffset at)
    {
        var ended = suspension.End(reason, by, at);
        if (ended is Result<Suspension>.Ok)
        {
            Announce(suspension);
        }

        return ended;
    }

    /// <summary>What was sent before stays on its way: a suspension asks nothing back.</summary>
    public void Send(Suspension suspension) => stops.Send(
        suspension.Id.ToString(), suspension.Channels, suspension.Programme, suspension.Areas, recall: false);

    private void Announce(Suspension suspension) => outbox.Send(new SuspensionChanged(
        suspension.Id.ToString(), suspension.Track, suspension.Programme, suspension.Areas, suspension.EndedAt));
}

/// <summary>
/// Repeats the stops of a suspension until every channel has answered, or until it has ended. Subject: the suspension.
/// </summary>
internal sealed class SuspensionJob(RoutingDb db, Suspensions suspensions) : IJob<RoutingDb>
{
    public const string Kind = "suspension";
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    public Task<JobStep> StepAsync(Job job, CancellationToken cancel) => db.InTransactionAsync(
        async () =>
        {
            var id = SuspensionId.Parse(job.Subject, null);
            var suspension = await db.Suspensions.SingleAsync(row => row.Id == id, cancel);
            if (!suspension.AwaitsAnswers)
            {
                return JobStep.Finished;
            }

            suspensions.Send(suspension);
            return JobStep.After(Patience);
        },
        cancel);
}
