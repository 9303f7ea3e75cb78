using TwinTrack.Kernel;

namespace TwinTrack.Routing.Domain.Switches;

/// <summary>One person's vote to abort a switch that was carried.</summary>
public sealed class AbortVote
{
    public required SwitchId SwitchId { get; init; }

    /// <summary>The account's name; one vote each.</summary>
    public required string User { get; init; }

    public required string Party { get; init; }

    /// <summary>Of the switch that was carried.</summary>
    public required string Hash { get; init; }

    public required string Reason { get; init; }

    public required DateTimeOffset At { get; init; }
}

/// <summary>
/// Who may abort a switch, and whether the votes are complete. The quorum that carries a switch ends it. After an
/// emergency, the parties that ratify may vote too.
/// </summary>
public static class AbortBallot
{
    /// <summary>
    /// One person never ends a decision alone, even where the quorum is one vote. The second may be of a party that
    /// ratifies.
    /// </summary>
    private const int PeopleMin = 2;

    public const int ReasonMax = 500;

    /// <summary>Whether every party has given its votes, by at least two people.</summary>
    public static bool IsCarried(IReadOnlyCollection<AbortVote> votes, IReadOnlyDictionary<string, int> quorum) =>
        votes.DistinctBy(vote => vote.User).Count() >= PeopleMin
        && Ballot.Count(votes.DistinctBy(vote => vote.User).Select(vote => (vote.Party, true)), quorum)
            == BallotOutcome.Carried;

    /// <param name="hash">The hash that the person names; null for the switch's own.</param>
    /// <returns>Null when the vote may be cast.</returns>
    public static Refusal? Judge(Actor voter, bool isCoChair, string? hash, string reason, Switch subject) =>
        SwitchLifecycle.Table.Next(subject.State, SwitchTrigger.Abort) switch
        {
            Result<SwitchState>.No(var refusal) => refusal,
            _ when !FreeText.IsGiven(reason, ReasonMax) =>
                SwitchRefusals.Invalid(Invariant($"reason: 1 to {ReasonMax} characters that say why.")),
            _ when !isCoChair => SwitchRefusals.VoteNotCoChair,
            _ when !MayVote(voter.Party, subject) => SwitchRefusals.VotePartyNotAsked,
            _ when subject.Governance?.Facilitator == voter.User => SwitchRefusals.VoteByFacilitator,
            _ when hash is not null && hash != subject.Hash => SwitchRefusals.VoteStaleHash,
            _ => null,
        };

    private static bool MayVote(string party, Switch subject) => subject.Quorum.ContainsKey(party)
        || subject.Governance?.RatificationQuorum?.ContainsKey(party) == true;

    /// <summary>What is missing, by party; empty when only a second person is.</summary>
    public static IReadOnlyList<string> Missing(
        IReadOnlyCollection<AbortVote> votes, IReadOnlyDictionary<string, int> quorum) =>
        [.. quorum.OrderBy(party => party.Key, StringComparer.Ordinal)
            .Select(party => (party.Key, Left: party.Value - votes.Count(vote => vote.Party == party.Key)))
            .Where(party => party.Left > 0).Select(party => Invariant($"{party.Key} {party.Left}"))];
}
