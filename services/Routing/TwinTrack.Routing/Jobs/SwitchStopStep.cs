using Microsoft.EntityFrameworkCore;
using TwinTrack.Contracts.Routing.V1;
using TwinTrack.Kernel;
using TwinTrack.Platform.Jobs;
using TwinTrack.Platform.Messaging;
using TwinTrack.Platform.Security;
using TwinTrack.Routing.Domain.Rules;
using TwinTrack.Routing.Domain.Switches;
using TwinTrack.Routing.Persistence;

namespace TwinTrack.Routing.Jobs;

/// <summary>
/// The steps from the vote to the first moved payment. Checks the list, stops the scope on each channel and waits for
/// the answers. <see cref="StopScope"/> is repeated until its running answer is complete.
/// </summary>
internal sealed class SwitchStopStep(
    RoutingDb db, SwitchCounts counts, RoutingFactsQuery factsQuery, RuleQuery rules, ScopeStops stops,
    Outbox<RoutingDb> outbox, AuditTrail<RoutingDb> audit, TimeProvider clock)
{
    private static readonly TimeSpan Turn = TimeSpan.FromSeconds(1);

    /// <summary>
    /// The longest wait for another switch. Stops never wait for each other, so a switch that goes on is safe. Its list
    /// is counted again, and if the other changed it, the switch is void.
    /// </summary>
    private static readonly TimeSpan TurnMax = TimeSpan.FromMinutes(10);

    /// <summary>Counts again. Stops the scope if the list is still the voted list.</summary>
    public async Task<JobStep> VotedAsync(Switch subject, CancellationToken cancel)
    {
        var now = clock.GetUtcNow();
        var first = await GoesFirstAsync(subject, now, cancel);
        subject.WaitFor(first);
        if (first is not null)
        {
            return JobStep.After(Turn);
        }

        if (await counts.AskOrReadAsync(subject, CountPurpose.Verification, cancel) is not { } answer)
        {
            return JobStep.After(SwitchCounts.Patience);
        }

        if (await WhyVoidAsync(subject, answer, now, cancel) is { } found)
        {
            subject.Void(found.Why, now);
            await audit.RecordAsync(Actor.System, "void-switch", subject.Id.ToString(), found.Details, cancel);
            return JobStep.Finished;
        }

        await StopAsync(subject, now, cancel);
        return JobStep.Again;
    }

    /// <summary>
    /// Waits until each channel has proved the stop, withdrawn and asked back. Then Payments may move. From now on the
    /// routes lead to the target track.
    /// </summary>
    public async Task<JobStep> StoppingAsync(Switch subject, CancellationToken cancel)
    {
        var now = clock.GetUtcNow();
        if (subject.Channels.Any(channel => !channel.IsComplete))
        {
            SendStops(subject, now);
            return JobStep.After(SwitchCounts.Patience);
        }

        subject.BeginRouting(now);
        subject.ChangedAt = now;
        var facts = await factsQuery.ReadAsync(subject.Programme, subject.CycleId, cancel);
        outbox.Send(new StartMove(
            subject.Id.ToString(), subject.CycleId.ToString(), subject.Programme, subject.Areas,
            subject.Scope.CountedChannels(facts.Overlays), subject.ListHash!, subject.Decision()));
        await GoAsync(subject, SwitchTrigger.Move, now, new
        {
            subject.ListHash,
            Decision = subject.Decision(),
            Stops = subject.Channels.Select(channel => new
            {
                channel.Channel,
                channel.Epoch,
                channel.LastSequence,
                channel.Withdrawn,
                channel.RecallsAsked,
                channel.NotRecallable
            })
        }, cancel);
        return JobStep.Again;
    }

    private async Task<(string Why, object Details)?> WhyVoidAsync(Switch subject, StoredCount answer,
        DateTimeOffset now, CancellationToken cancel)
    {
        var seen =
            Rehearsal.Of(answer.CountNumber, subject.Scope, answer.Count, await factsQuery.UnderAsync(subject, cancel),
                now);
        if (seen.Hash != subject.Hash)
        {
            return ("The list, the amounts, the routes or the table changed after the vote.",
                new { Voted = subject.Hash, Seen = seen.Hash });
        }

        if (!subject.IsReturn)
        {
            return null;
        }

        var checks = (await rules.RulesAsync(db, cancel)).Readiness(subject.Programme, subject.Areas, now);
        return checks.All(check => check.Met) ? null
            : (RuleRefusals.NotReady(checks).Reason, new { Missing = checks.Where(check => !check.Met) });
    }

    /// <summary>The switch that this one waits for; null when it may go on.</summary>
    private async Task<SwitchId?> GoesFirstAsync(Switch subject, DateTimeOffset now, CancellationToken cancel)
    {
        // Two jobs of the same channel ask one after the other.
        foreach (var code in subject.FromChannels)
        {
            await db.ChannelToChangeAsync(code, cancel);
        }

        if (subject.Steps.MaxBy(step => step.Number)!.At + TurnMax <= now)
        {
            return null;
        }

        var others = await db.Switches.AsNoTracking().IgnoreAutoIncludes()
            .Where(row => row.Programme == subject.Programme && SwitchLifecycle.Leaving.Contains(row.State))
            .OrderBy(row => row.Id).ToListAsync(cancel);
        return others.Find(other => SwitchLifecycle.GoesFirst(other, subject))?.Id;
    }

    /// <summary>
    /// In one transaction: a new epoch for each channel left, and the message that stops the scope there.
    /// </summary>
    private async Task StopAsync(Switch subject, DateTimeOffset now, CancellationToken cancel)
    {
        foreach (var code in subject.FromChannels)
        {
            subject.Channels.Add(new StoppedChannel
            {
                SwitchId = subject.Id,
                Channel = code,
                Epoch = await stops.BeginEpochAsync_NeedsTransaction(code, cancel)
            });
        }

        if (subject.IsReturn)
        {
            subject.BeginRouting(now);
        }

        await GoAsync(subject, SwitchTrigger.Stop, now, new
        {
            Decision = subject.Decision(),
            Channels = subject.Channels.Select(channel => new { channel.Channel, channel.Epoch })
        }, cancel);
        SendStops(subject, now);
    }

    /// <summary>
    /// Sends the message to each channel whose answer is not complete, at most once in
    /// <see cref="SwitchCounts.Patience"/>. A pilot asks nothing back, because most payments stay on their channel.
    /// </summary>
    private void SendStops(Switch subject, DateTimeOffset now)
    {
        if (subject.CommandsSentAt + SwitchCounts.Patience > now)
        {
            return;
        }

        subject.CommandsSent(now);
        stops.Send(subject.Id.ToString(), subject.Channels, subject.Programme, subject.Areas,
            recall: subject.PilotPercent is null);
    }

    private async Task GoAsync(Switch subject, SwitchTrigger trigger, DateTimeOffset now, object details,
        CancellationToken cancel)
    {
        subject.Go(trigger, Actor.System, now);
        await audit.RecordAsync(Actor.System, $"{Word.Of(trigger)}-switch", subject.Id.ToString(), details,
            cancel);
    }
}
