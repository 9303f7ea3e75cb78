using TwinTrack.Contracts.Routing.V1;
using TwinTrack.Kernel;
using TwinTrack.Platform.Jobs;
using TwinTrack.Platform.Messaging;
using TwinTrack.Platform.Security;
using TwinTrack.Platform.Storage;
using TwinTrack.Routing.Domain.Switches;
using TwinTrack.Routing.Domain.Tables;
using TwinTrack.Routing.Persistence;

namespace TwinTrack.Routing.Jobs;

/// <summary>
/// Computes a scenario: asks Payments for the counts and stores the forecast of such a switch. Asks again until
/// Payments answers.
/// </summary>
internal sealed class ScenarioJob(RoutingDb db, RoutingFactsQuery factsQuery, CeilingCapacityQuery ceilings,
    RehearsalStore rehearsals, Outbox<RoutingDb> outbox, AuditTrail<RoutingDb> audit, TimeProvider clock)
    : IJob<RoutingDb>
{
    public const string Kind = "scenario";

    /// <summary>A scenario is counted once.</summary>
    public const long CountNumber = 1;

    public Task<JobStep> StepAsync(Job job, CancellationToken cancel) => db.InTransactionAsync(
        async () =>
        {
            var id = SwitchId.Parse(job.Subject, null);
            var scenario = await db.Scenarios.FindAsync([id], cancel)
                ?? throw new InvalidOperationException($"No scenario {job.Subject}.");
            if (await db.Rehearsals.FindAsync([id, CountNumber], cancel) is not null)
            {
                return JobStep.Finished;
            }

            var overlay =
                new Overlay(id, scenario.Programme, scenario.CycleId, scenario.Areas.ToHashSet(),
                    scenario.FromChannels.ToHashSet(), scenario.ToTrack);
            var facts = await factsQuery.UnderAsync(overlay, cancel);
            if (await db.Counts.FindAsync([id, CountNumber], cancel) is not { } answer)
            {
                outbox.Send(new CountDispositions(
                    job.Subject, CountNumber, scenario.CycleId.ToString(), scenario.Programme, scenario.Areas,
                    scenario.Scope.CountedChannels(facts.Overlays),
                    Grouping: SwitchCounts.MessageOf(facts.GroupingFor(scenario.Programme))));
                return JobStep.After(SwitchCounts.Patience);
            }

            var rehearsal =
                Rehearsal.Of(CountNumber, scenario.Scope, answer.Count, facts, clock.GetUtcNow(),
                    await ceilings.LookAsync(facts, scenario.CycleId, cancel));
            var kept = rehearsals.Keep(id, scenario.Name, scenario.Scope, rehearsal);
            await audit.RecordAsync(
                Actor.System, "rehearse-scenario", job.Subject, new
                {
                    rehearsal.Hash,
                    rehearsal.ListHash,
                    rehearsal.TableVersion,
                    rehearsal.Obligations,
                    rehearsal.AmountMinor,
                    kept.Digest
                }, cancel);
            return JobStep.Finished;
        },
        cancel);
}
