using Microsoft.EntityFrameworkCore;
using TwinTrack.Contracts.Routing.V1;
using TwinTrack.Kernel;
using TwinTrack.Platform.Jobs;
using TwinTrack.Platform.Messaging;
using TwinTrack.Platform.Security;
using TwinTrack.Routing.Domain.Switches;
using TwinTrack.Routing.Persistence;

namespace TwinTrack.Routing.Jobs;

/// <summary>
/// The steps while Payments moves. Counts repeatedly and changes the state as the counts allow, until no payment in
/// scope can still be made.
/// </summary>
internal sealed class SwitchMoveStep(
    RoutingDb db, SwitchCounts counts, RoutingFactsQuery factsQuery, CeilingCapacityQuery ceilings,
    Outbox<RoutingDb> outbox,
    AuditTrail<RoutingDb> audit, TimeProvider clock)
{
    private static readonly TimeSpan PaceMin = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan PaceMax = TimeSpan.FromSeconds(5);

    public async Task<JobStep> StepAsync(Switch subject, CancellationToken cancel)
    {
        if (await counts.AskOrReadAsync(subject, CountPurpose.Progress, cancel) is not { } answer)
        {
            return JobStep.After(SwitchCounts.Patience);
        }

        var now = clock.GetUtcNow();
        if (subject.ProgressCount != answer.CountNumber)
        {
            await TakeAsync(subject, answer, now, cancel);
        }

        var facts = await factsQuery.ReadAsync(subject.Programme, subject.CycleId, cancel);
        await GoOnAsync(
            subject, Progress.Of(answer.Count, subject.Scope, facts,
                await ceilings.LookAsync(facts, subject.CycleId, cancel)),
            now, cancel);
        if (subject.State == SwitchState.Closed)
        {
            return JobStep.Finished;
        }

        var due = subject.AskedAt!.Value + Pace(now - subject.ChangedAt!.Value, answer.At - subject.AskedAt.Value);
        if (due > now)
        {
            return JobStep.After(due - now);
        }

        await counts.AskAsync(subject, CountPurpose.Progress, cancel);
        await ForgetAsync(subject, cancel);
        return JobStep.After(SwitchCounts.Patience);
    }

    /// <summary>Notes the latest count, and whether it differs from the one before.</summary>
    private async Task TakeAsync(Switch subject, StoredCount answer, DateTimeOffset now, CancellationToken cancel)
    {
        var former = await db.Counts.AsNoTracking().SingleOrDefaultAsync(
            count => count.SwitchId == subject.Id && count.CountNumber == subject.ProgressCount, cancel);
        if (former?.Count.Obligations > 0 && answer.Count.Obligations == 0)
        {
            // The batches in scope are certified and no longer counted. The last count stays visible.
            return;
        }

        if (former is not null && JsonColumn.Write(former.Count) != JsonColumn.Write(answer.Count))
        {
            subject.ChangedAt = now;
        }

        subject.ProgressCount = answer.CountNumber;
    }

    /// <summary>Deletes the counts that no view shows any more.</summary>
    private Task<int> ForgetAsync(Switch subject, CancellationToken cancel) => db.Counts
        .Where(count => count.SwitchId == subject.Id && count.CountNumber < subject.CountNumber
            && count.CountNumber != subject.ProgressCount)
        .ExecuteDeleteAsync(cancel);

    private async Task GoOnAsync(Switch subject, Progress progress, DateTimeOffset now, CancellationToken cancel)
    {
        if (subject.State == SwitchState.Moving && progress.IsMoved)
        {
            await GoAsync(subject, SwitchTrigger.Pay, progress, now, cancel);
        }

        if (subject.State == SwitchState.Paying && progress.MovedUnfinished.Count == 0)
        {
            await GoAsync(subject, SwitchTrigger.Watch, progress, now, cancel);
        }

        if (subject.State == SwitchState.Watching && progress.IsFinished && subject.WindowOver(now))
        {
            await GoAsync(subject, SwitchTrigger.Close, progress, now, cancel);
            outbox.Send(new EndMove(subject.Id.ToString()));
        }
    }

    private async Task GoAsync(Switch subject, SwitchTrigger trigger, Progress progress, DateTimeOffset now,
        CancellationToken cancel)
    {
        subject.Go(trigger, Actor.System, now);
        await audit.RecordAsync(Actor.System, $"{Word.Of(trigger)}-switch", subject.Id.ToString(), progress,
            cancel);
    }

    /// <summary>
    /// The pause between counts: short while counts change, longer when they do not. It also grows with the time that a
    /// count takes.
    /// </summary>
    private static TimeSpan Pace(TimeSpan quiet, TimeSpan took)
    {
        var pace = quiet / 10 > took * 3 ? quiet / 10 : took * 3;
        return pace < PaceMin ? PaceMin : pace > PaceMax ? PaceMax : pace;
    }
}
