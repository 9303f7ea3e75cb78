using Microsoft.EntityFrameworkCore;
using TwinTrack.Contracts.Routing.V1;
using TwinTrack.Platform.Messaging;
using TwinTrack.Routing.Domain.Switches;
using TwinTrack.Routing.Domain.Tables;
using TwinTrack.Routing.Persistence;

namespace TwinTrack.Routing.Jobs;

/// <summary>Asks Payments for counts, one numbered question at a time, and reads the answer.</summary>
internal sealed class SwitchCounts(RoutingDb db, RoutingFactsQuery factsQuery, Outbox<RoutingDb> outbox,
    TimeProvider clock)
{
    /// <summary>How long an answer is waited for before the question is sent again.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    public async Task AskAsync(Switch subject, CountPurpose question, CancellationToken cancel)
    {
        subject.Ask(question, clock.GetUtcNow());
        await SendAsync(subject, cancel);
    }

    /// <summary>
    /// The answer to the open question; null while it is missing. Then an old question is sent again.
    /// </summary>
    public async Task<StoredCount?> AnswerAsync(Switch subject, CancellationToken cancel)
    {
        var answer = await db.Counts.AsNoTracking()
            .SingleOrDefaultAsync(count => count.SwitchId == subject.Id && count.CountNumber == subject.CountNumber,
                cancel);
        if (answer is null && subject.AskedAt + Patience <= clock.GetUtcNow())
        {
            subject.AskAgain(clock.GetUtcNow());
            await SendAsync(subject, cancel);
        }

        return answer;
    }

    /// <summary>
    /// The answer to a question for this purpose; null while it is missing. Asks if the open question has another
    /// purpose.
    /// </summary>
    public async Task<StoredCount?> AskOrReadAsync(Switch subject, CountPurpose question, CancellationToken cancel)
    {
        if (subject.CountPurpose == question)
        {
            return await AnswerAsync(subject, cancel);
        }

        await AskAsync(subject, question, cancel);
        return null;
    }

    /// <summary>The count is grouped by route properties only where routes are computed from it.</summary>
    private async Task SendAsync(Switch subject, CancellationToken cancel)
    {
        var routed = subject.CountPurpose is CountPurpose.Rehearsal or CountPurpose.Verification;
        var facts = routed || subject.IsReturn ? await factsQuery.UnderAsync(subject, cancel) : null;
        outbox.Send(new CountDispositions(
            subject.Id.ToString(), subject.CountNumber, subject.CycleId.ToString(), subject.Programme, subject.Areas,
            subject.Scope.CountedChannels(facts?.Overlays ?? []),
            WithList: subject.CountPurpose != CountPurpose.Progress,
            Grouping: routed ? MessageOf(facts!.GroupingFor(subject.Programme)) : null));
    }

    public static DispositionGrouping MessageOf(CountGrouping by) =>
        new(by.ShareBoundaries, by.PilotBoundaries, [.. by.Obligations.Select(id => id.ToString())],
            by.WithRowOfEachObligation);
}
