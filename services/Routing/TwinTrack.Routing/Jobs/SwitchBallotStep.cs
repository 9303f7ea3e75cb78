using TwinTrack.Kernel;
using TwinTrack.Platform.Jobs;
using TwinTrack.Platform.Security;
using TwinTrack.Routing.Domain.Switches;
using TwinTrack.Routing.Persistence;

namespace TwinTrack.Routing.Jobs;

/// <summary>
/// The steps before the vote is decided. Computes rehearsals when their counts arrive, and lets an old proposal lapse.
/// </summary>
internal sealed class SwitchBallotStep(SwitchCounts counts, RoutingFactsQuery factsQuery, SwitchClocks clocks,
    CeilingCapacityQuery ceilings, RehearsalStore rehearsals, AuditTrail<RoutingDb> audit, TimeProvider clock)
{
    private static readonly TimeSpan LookMax = TimeSpan.FromHours(1);

    public async Task<JobStep> StepAsync(Switch subject, CancellationToken cancel)
    {
        var now = clock.GetUtcNow();
        if (now > subject.ExpiresAt)
        {
            subject.Go(SwitchTrigger.Expire, Actor.System, now);
            await audit.RecordAsync(Actor.System, "expire-switch", subject.Id.ToString(), new { subject.ExpiresAt },
                cancel);
            return JobStep.Finished;
        }

        if (subject.CountPurpose == CountPurpose.Rehearsal)
        {
            if (await counts.AnswerAsync(subject, cancel) is not { } answer)
            {
                return JobStep.After(SwitchCounts.Patience);
            }

            await RehearseAsync(subject, answer, now, cancel);
        }

        if (subject.Decide(Actor.System, now).Allows(out var state, out _) && state == SwitchState.Voted)
        {
            await audit.RecordAsync(Actor.System, "carry-switch", subject.Id.ToString(),
                new { Decision = subject.Decision(), subject.Governance?.NotBefore }, cancel);
            await clocks.StartDeadlineAsync(subject, now, cancel);
            return JobStep.Again;
        }

        var effective = subject.EffectiveFrom(now);
        var next = effective > now && effective < subject.ExpiresAt ? effective : subject.ExpiresAt;
        var left = next - now + TimeSpan.FromMilliseconds(1);
        return JobStep.After(left < LookMax ? left : LookMax);
    }

    private async Task RehearseAsync(Switch subject, StoredCount answer, DateTimeOffset now, CancellationToken cancel)
    {
        var facts = await factsQuery.UnderAsync(subject, cancel);
        var rehearsal =
            Rehearsal.Of(answer.CountNumber, subject.Scope, answer.Count, facts, now,
                await ceilings.LookAsync(facts, subject.CycleId, cancel),
                subject.Governance?.ReachPercentMin ?? SwitchReach.PercentMin);
        subject.Rehearsed(rehearsal, now);
        var kept = rehearsals.Keep(subject.Id, null, subject.Scope, rehearsal);
        await audit.RecordAsync(
            Actor.System,
            "rehearse-switch",
            subject.Id.ToString(),
            new
            {
                rehearsal.Asked,
                rehearsal.Hash,
                rehearsal.ListHash,
                rehearsal.TableVersion,
                rehearsal.Obligations,
                rehearsal.AmountMinor,
                rehearsal.Reach,
                kept.Digest
            },
            cancel);
    }
}
