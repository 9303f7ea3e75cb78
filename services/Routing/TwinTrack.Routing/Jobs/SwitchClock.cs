using TwinTrack.Kernel;
using TwinTrack.Platform.Jobs;
using TwinTrack.Platform.Security;
using TwinTrack.Platform.Storage;
using TwinTrack.Routing.Domain.Switches;
using TwinTrack.Routing.Persistence;

namespace TwinTrack.Routing.Jobs;

/// <summary>Starts the deadline job of a carried switch, if it has a deadline.</summary>
internal sealed class SwitchClocks(RoutingDb db)
{
    public async Task StartDeadlineAsync(Switch subject, DateTimeOffset now, CancellationToken cancel)
    {
        if (SwitchClock.NextDue(subject, now) is { } due)
        {
            await db.StartJobAsync(SwitchClock.Kind, subject.Id.ToString(), due, cancel);
        }
    }
}

/// <summary>
/// Records that a ratification or a planned return is overdue. It changes nothing else, because silence neither moves
/// money nor opens a gate.
/// </summary>
internal sealed class SwitchClock(RoutingDb db, AuditTrail<RoutingDb> audit, TimeProvider clock) : IJob<RoutingDb>
{
    public const string Kind = "switch-clock";
    private static readonly TimeSpan LookMax = TimeSpan.FromHours(6);

    public Task<JobStep> StepAsync(Job job, CancellationToken cancel) => db.InTransactionAsync(
        async () =>
        {
            var now = clock.GetUtcNow();
            var subject = await db.SwitchToChangeAsync(SwitchId.Parse(job.Subject, null), cancel)
                ?? throw new InvalidOperationException($"No switch {job.Subject}.");
            if (subject.NoteOverdueRatification(now))
            {
                await audit.RecordAsync(Actor.System, "record-overdue-ratification", job.Subject,
                    new { subject.Governance!.RatifyBy }, cancel);
            }

            if (subject.NoteOverdueReturn(now))
            {
                await audit.RecordAsync(Actor.System, "record-overdue-return", job.Subject,
                    new { subject.Until, subject.ReturnCriteria }, cancel);
            }

            return NextDue(subject, now) is not { } due
                ? JobStep.Finished : JobStep.After(due - now is var left && left < LookMax ? left : LookMax);
        },
        cancel);

    /// <summary>The next deadline; null when nothing can become overdue any more.</summary>
    public static DateTimeOffset? NextDue(Switch subject, DateTimeOffset now)
    {
        DateTimeOffset? ratification = subject.Governance is { RatificationOverdueAt: null, RatifyBy: { } by }
            && RatificationBallot.Count(subject, now) == Ratification.Open ? by : null;
        DateTimeOffset? back =
            subject is { IsReturn: false, RoutesEnded: null, Governance.ReturnOverdueAt: null, Until: { } until }
            ? new DateTimeOffset(until.AddDays(1).ToDateTime(TimeOnly.MinValue), TimeSpan.Zero)
            : null;
        var next = ratification < back || back is null ? ratification : back;
        return next is { } due ? (due > now ? due : now) + TimeSpan.FromMilliseconds(1) : null;
    }
}
