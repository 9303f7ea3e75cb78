using TwinTrack.Kernel;

namespace TwinTrack.Routing.Domain.Switches;

/// <summary>One person's word on one rehearsal.</summary>
public sealed class Vote
{
    public required SwitchId SwitchId { get; init; }

    /// <summary>The account's name; one standing vote each.</summary>
    public required string User { get; init; }

    /// <summary>As the token says it.</summary>
    public required string Party { get; set; }

    public required bool Approve { get; set; }

    /// <summary>What they saw.</summary>
    public required string Hash { get; set; }

    public required DateTimeOffset At { get; set; }

    /// <summary>A later rehearsal came to another hash: the vote no longer stands.</summary>
    public bool Voided { get; set; }

    /// <summary>Whether the voter confirmed by name that the switch reaches few or none.</summary>
    public bool ReachConfirmed { get; set; }
}

public enum BallotOutcome
{
    Open,
    Carried,
    Rejected,
}

/// <summary>Who may vote, and the result of the votes.</summary>
public static class Ballot
{
    /// <param name="voter">The person and their party.</param>
    /// <param name="isCoChair">Whether their token holds that role.</param>
    /// <param name="hash">The hash that the person says they saw.</param>
    /// <param name="subject">The switch voted on.</param>
    /// <param name="at">Now.</param>
    /// <returns>Null when the vote may be cast.</returns>
    public static Refusal? Judge(Actor voter, bool isCoChair, string hash, Switch subject, DateTimeOffset at) =>
        subject switch
        {
            _ when !isCoChair => SwitchRefusals.VoteNotCoChair,
            { State: not SwitchState.Rehearsed } => SwitchRefusals.VoteNotOpen,
            _ when at > subject.ExpiresAt => SwitchRefusals.VoteExpired,
            _ when !subject.Quorum.ContainsKey(voter.Party) => SwitchRefusals.VotePartyNotAsked,
            _ when Actor.Parse(subject.ProposedBy).User == voter.User => SwitchRefusals.VoteByProposer,
            _ when subject.Governance?.Facilitator == voter.User => SwitchRefusals.VoteByFacilitator,
            _ when hash != subject.Hash => SwitchRefusals.VoteStaleHash,
            _ when subject.Votes.Any(vote => vote.User == voter.User && !vote.Voided) => SwitchRefusals.VoteAlreadyCast,
            _ => null,
        };

    /// <summary>Who approves a switch that reaches few or none confirms it by name.</summary>
    /// <returns>Null when the vote needs no confirmation, or has one.</returns>
    public static Refusal? JudgeReach(bool approve, bool confirmed, Switch subject) =>
        approve && !confirmed && subject.Rehearsal is { Warnings: [var warning, ..] }
            ? SwitchRefusals.VoteConfirmReach(warning) : null;

    /// <summary>
    /// One vote against by a required party rejects. Otherwise every party must give its number of votes.
    /// </summary>
    public static BallotOutcome Count(IEnumerable<Vote> votes, IReadOnlyDictionary<string, int> quorum) =>
        Count(votes.Where(vote => !vote.Voided).DistinctBy(vote => vote.User)
            .Select(vote => (vote.Party, vote.Approve)), quorum);

    internal static BallotOutcome Count(IEnumerable<(string Party, bool Approve)> votes,
        IReadOnlyDictionary<string, int> quorum)
    {
        var standing = votes.Where(vote => quorum.ContainsKey(vote.Party)).ToList();
        if (standing.Exists(vote => !vote.Approve))
        {
            return BallotOutcome.Rejected;
        }

        return quorum.All(party => standing.Count(vote => vote.Party == party.Key) >= party.Value)
            ? BallotOutcome.Carried : BallotOutcome.Open;
    }
}
