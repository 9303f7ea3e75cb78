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
/// The steps from the vote to the first moved payment: check, fence, withdraw, count, recall. Each message is repeated
/// until its answer arrives.
/// </summary>
internal sealed class SwitchFenceStep(
    RoutingDb db, SwitchCounts counts, RoutingFactsQuery factsQuery, RuleQuery rules, GateCommands gates,
    Outbox<RoutingDb> outbox, AuditTrail<RoutingDb> audit, TimeProvider clock)
{
    private static readonly TimeSpan Turn = TimeSpan.FromSeconds(1);

    /// <summary>Counts again. Fences if the list is still the voted list, and waits for every proof.</summary>
    public async Task<JobStep> VotedAsync(Switch subject, CancellationToken cancel)
    {
        if (subject.Channels.Count == 0)
        {
            return await VerifyAsync(subject, cancel);
        }

        if (subject.Channels.Any(channel => channel.FencedAt is null))
        {
            // The gates' own sweep asks again.
            return JobStep.After(SwitchCounts.Patience);
        }

        return await ProvedAsync(subject, cancel);
    }

    /// <summary>Nothing more leaves on the channels to leave. A switch that leaves none has nothing to prove.</summary>
    private async Task<JobStep> ProvedAsync(Switch subject, CancellationToken cancel)
    {
        await GoAsync(subject, SwitchTrigger.Fence,
            new
            {
                Proofs = subject.Channels.Select(
                channel => new { channel.Channel, channel.Epoch, channel.LastSequence })
            }, cancel);
        return JobStep.Again;
    }

    /// <summary>Withdraws unsent instructions, then counts under the closed gates.</summary>
    public async Task<JobStep> FencedAsync(Switch subject, CancellationToken cancel)
    {
        if (subject.Channels.Any(channel => channel.Withdrawn is null))
        {
            Repeat(subject, channel => channel.Withdrawn is null, channel =>
                new WithdrawUnsent(subject.Id.ToString(), channel, subject.Programme, subject.Areas));
            return JobStep.After(SwitchCounts.Patience);
        }

        if (await counts.AskOrReadAsync(subject, CountPurpose.Snapshot, cancel) is not { } answer)
        {
            return JobStep.After(SwitchCounts.Patience);
        }

        subject.TookSnapshot(clock.GetUtcNow());
        await audit.RecordAsync(
            Actor.System, "snapshot-switch", subject.Id.ToString(), new
            {
                Asked = answer.CountNumber,
                answer.Count.ListHash,
                answer.Count.Obligations,
                answer.Count.AmountMinor
            }, cancel);
        return JobStep.Again;
    }

    /// <summary>Recalls sent instructions on the channels that support it.</summary>
    public async Task<JobStep> SnapshotAsync(Switch subject, CancellationToken cancel)
    {
        var facts = await factsQuery.ReadAsync(subject.Programme, subject.CycleId, cancel);
        var snapshot = await db.Counts.FindAsync([subject.Id, subject.SnapshotCount!.Value], cancel);
        // A pilot recalls nothing, because most sent payments stay on their channel.
        foreach (var channel in subject.Channels.Where(
            channel => subject.PilotPercent is not null || !facts.CanRecall.Contains(channel.Channel)))
        {
            channel.RecallsAsked = 0;
            channel.NotRecallable = snapshot!.Count.SumOf(
                line => line.Channel == channel.Channel && Dispositions.IsUnanswered(line.State)).Count;
        }

        await GoAsync(subject, SwitchTrigger.Recall,
            new
            {
                From = subject.FromChannels.Where(
                code => subject.PilotPercent is null && facts.CanRecall.Contains(code))
            }, cancel);
        return JobStep.Again;
    }

    /// <summary>
    /// Waits until every recall is requested, then lets Payments move. From now on the routes lead to the target track.
    /// </summary>
    public async Task<JobStep> RecallingAsync(Switch subject, CancellationToken cancel)
    {
        if (subject.Channels.Any(channel => channel.RecallsAsked is null))
        {
            Repeat(subject, channel => channel.RecallsAsked is null, channel =>
                new RequestRecall(subject.Id.ToString(), channel, subject.Programme, subject.Areas));
            return JobStep.After(SwitchCounts.Patience);
        }

        var now = clock.GetUtcNow();
        subject.BeginRouting(now);
        subject.ChangedAt = now;
        if (subject.PilotPercent is not null)
        {
            await ReopenAsync(subject, subject.FromChannels, now, cancel);
        }

        var facts = await factsQuery.ReadAsync(subject.Programme, subject.CycleId, cancel);
        outbox.Send(new StartMove(
            subject.Id.ToString(), subject.CycleId.ToString(), subject.Programme, subject.Areas,
            subject.Scope.CountedChannels(facts.Overlays), subject.ListHash!, subject.Decision()));
        await GoAsync(subject, SwitchTrigger.Move, new { subject.ListHash, Decision = subject.Decision() }, cancel);
        return JobStep.Again;
    }

    private async Task<JobStep> VerifyAsync(Switch subject, CancellationToken cancel)
    {
        var reopened = await factsQuery.ReopenedByAsync(subject, cancel);
        var busy = await db.BusyChannelsAsync(subject.Id, cancel);
        // A return need not wait until the other track has paid. Once the earlier switch moves payments, the channels
        // that it left can be reopened.
        var leaving = await db.HeldInAsync(SwitchLifecycle.Leaving, subject.Id, cancel);
        if (subject.FromChannels.Any(busy.Contains) || reopened.Any(leaving.Contains))
        {
            return JobStep.After(Turn);
        }

        if (await counts.AskOrReadAsync(subject, CountPurpose.Verification, cancel) is not { } answer)
        {
            return JobStep.After(SwitchCounts.Patience);
        }

        var now = clock.GetUtcNow();
        var seen =
            Rehearsal.Of(answer.CountNumber, subject.Scope, answer.Count, await factsQuery.UnderAsync(subject, cancel),
                now);
        if (seen.Hash != subject.Hash)
        {
            subject.Void("The list, the amounts, the routes or the table changed after the vote.", now);
            await audit.RecordAsync(Actor.System, "void-switch", subject.Id.ToString(),
                new { Voted = subject.Hash, Seen = seen.Hash }, cancel);
            return JobStep.Finished;
        }

        if (subject.IsReturn
            && (await rules.RulesAsync(db, cancel)).Readiness(subject.Programme, subject.Areas, now) is var checks
            && checks.Any(check => !check.Met))
        {
            subject.Void(RuleRefusals.NotReady(checks).Reason, now);
            await audit.RecordAsync(Actor.System, "void-switch", subject.Id.ToString(),
                new { Missing = checks.Where(check => !check.Met) }, cancel);
            return JobStep.Finished;
        }

        await FenceAsync(subject, reopened, now, cancel);
        return subject.FromChannels.Count > 0 ? JobStep.After(SwitchCounts.Patience)
            : await ProvedAsync(subject, cancel);
    }

    /// <summary>
    /// In one transaction: a new epoch for each channel left and, for a return, the gates that open again.
    /// </summary>
    private async Task FenceAsync(Switch subject, IReadOnlyList<string> reopened, DateTimeOffset now,
        CancellationToken cancel)
    {
        foreach (var code in subject.FromChannels)
        {
            var channel = await db.ChannelToChangeAsync(code, cancel)
                ?? throw new InvalidOperationException($"No channel {code}.");
            channel.Fence(subject.Id, now);
            subject.Channels.Add(new FencedChannel { SwitchId = subject.Id, Channel = code, Epoch = channel.Epoch });
            await gates.SendAsync(channel, subject.Id.ToString(), now, cancel);
        }

        await ReopenAsync(subject, reopened, now, cancel);
        if (subject.IsReturn)
        {
            subject.BeginRouting(now);
        }

        await audit.RecordAsync(
            Actor.System,
            "fence-switch",
            subject.Id.ToString(),
            new
            {
                Decision = subject.Decision(),
                Channels = subject.Channels.Select(channel => new { channel.Channel, channel.Epoch }),
                Reopened = reopened
            },
            cancel);
    }

    /// <summary>
    /// Opens the target channels of a return, and the channels that a pilot leaves in part, under their new epoch.
    /// </summary>
    private async Task ReopenAsync(Switch subject, IEnumerable<string> codes, DateTimeOffset now,
        CancellationToken cancel)
    {
        foreach (var code in codes)
        {
            var channel = await db.ChannelToChangeAsync(code, cancel)
                ?? throw new InvalidOperationException($"No channel {code}.");
            channel.Reopen(now);
            await gates.SendAsync(channel, subject.Id.ToString(), now, cancel);
        }
    }

    /// <summary>
    /// Sends the message to each channel that has not answered, at most once in <see cref="SwitchCounts.Patience"/>.
    /// </summary>
    private void Repeat<TMessage>(Switch subject, Func<FencedChannel, bool> unanswered, Func<string, TMessage> message)
        where TMessage : class
    {
        var now = clock.GetUtcNow();
        if (subject.CommandsSentAt + SwitchCounts.Patience > now)
        {
            return;
        }

        subject.CommandsSent(now);
        foreach (var channel in subject.Channels.Where(unanswered))
        {
            outbox.Send(message(channel.Channel));
        }
    }

    private async Task GoAsync(Switch subject, SwitchTrigger trigger, object details, CancellationToken cancel)
    {
        subject.Go(trigger, Actor.System, clock.GetUtcNow());
        await audit.RecordAsync(Actor.System, $"{Word.Of(trigger)}-switch", subject.Id.ToString(), details,
            cancel);
    }
}
