using TwinTrack.Routing.Domain.Tables;

namespace TwinTrack.Routing.Domain.Switches;

/// <summary>Payments of one channel whose outcome is unknown, and who must find out.</summary>
/// <param name="Since">When its stop was proved. Nothing of this scope was sent there since.</param>
public sealed record DoubtSum(string Channel, long Count, long AmountMinor, string Owner, DateTimeOffset? Since,
    long AgeSeconds);

/// <summary>The progress of a switch, from its latest count.</summary>
/// <param name="Unfreed">Released on the channels left, not sent: their withdrawal is being reported.</param>
/// <param name="WaitingToMove">Freed by evidence, reachable, and not yet instructed again.</param>
/// <param name="Unreachable">Freed, and no channel reaches them: unpaid with a reason.</param>
/// <param name="MovedUnfinished">Instructed again, not final yet.</param>
/// <param name="Unfinished">Payments in scope that may still be made.</param>
/// <param name="StillPlanning">Whether Payments may still instruct a waiting obligation without a new event.</param>
public sealed record Progress(
    Sum Unfreed, Sum WaitingToMove, Sum Unreachable, Sum MovedUnfinished, Sum Unfinished, bool StillPlanning)
{
    /// <summary>
    /// Whether the move itself is done. Payments keeps back obligations with an incident, or with a partial delivery
    /// that came back. They stay visible and do not delay the switch.
    /// </summary>
    public bool IsMoved => Unfreed.Count == 0 && (WaitingToMove.Count == 0 || !StillPlanning);

    /// <summary>Whether the switch may close: no doubt, nothing under way, nothing about to be moved.</summary>
    public bool IsFinished => IsMoved && Unfinished.Count == 0;

    /// <param name="capacity">Under the ceilings; null where there are none.</param>
    public static Progress Of(DispositionCount count, SwitchScope scope, RoutingFacts facts,
        CeilingCapacity? capacity = null)
    {
        var reached = new RouteForecast(scope, facts, facts.Terms, capacity ?? CeilingCapacity.Unused).Reached(
            count.Lines.Where(line => Dispositions.IsFreed(line.State)));
        return new Progress(
            count.SumOf(line => !line.Moved && line.State == CountedState.Released
                && (scope.FromChannels.Count == 0 || scope.FromChannels.Contains(line.Channel))),
            count.SumOf(line => !line.Moved && Dispositions.IsFreed(line.State) && reached.Contains(line)),
            count.SumOf(line => Dispositions.IsFreed(line.State) && !reached.Contains(line)),
            count.SumOf(line => line.Moved && Dispositions.IsLive(line.State)),
            count.SumOf(line => Dispositions.IsLive(line.State)),
            count.StillPlanning);
    }

    public static IReadOnlyList<EvidenceSum> MovedBy(DispositionCount count) =>
        [.. count.Lines.Where(line => line.Moved && line.Evidence is not null).GroupBy(line => line.Evidence!)
            .OrderBy(group => group.Key, StringComparer.Ordinal)
            .Select(group => (group.Key, Sum: Sum.Of(group)))
            .Select(row => new EvidenceSum(row.Key, row.Sum.Count, row.Sum.AmountMinor))];

    /// <param name="count">The latest.</param>
    /// <param name="subject">For the time since when nothing has been sent.</param>
    /// <param name="facts">For the providers' names.</param>
    /// <param name="at">Now.</param>
    public static IReadOnlyList<DoubtSum> InDoubt(
        DispositionCount count, Switch subject, RoutingFacts facts, DateTimeOffset at) =>
        [.. count.Lines.Where(line => Dispositions.IsUnanswered(line.State) && !line.Moved)
            .GroupBy(line => line.Channel).OrderBy(group => group.Key, StringComparer.Ordinal)
            .Select(group =>
            {
                var sum = Sum.Of(group);
                var since = subject.Channels.FirstOrDefault(channel => channel.Channel == group.Key)?.ProvedAt;
                var age = since is null ? 0 : (long)(at - since.Value).TotalSeconds;
                return new DoubtSum(group.Key, sum.Count, sum.AmountMinor, $"{facts.ProviderOf(group.Key)}; operators",
                    since, age);
            })];
}
