using TwinTrack.Kernel;

namespace TwinTrack.Routing.Domain.Switches;

/// <summary>
/// The rules under which a switch was proposed. They are copied, so that a later version does not affect the switch.
/// </summary>
/// <param name="Area">Area of the protocol.</param>
/// <param name="Version">Version of the protocol.</param>
/// <param name="Why">Why this protocol and no other.</param>
public sealed record Governance(string Area, int Version, string Why)
{
    /// <summary>The agreed event that was named.</summary>
    public string? Trigger { get; init; }

    public bool Emergency { get; init; }

    /// <summary>The account of the person who prepares the switch and never votes.</summary>
    public string? Facilitator { get; init; }

    /// <summary>End of the notice. Before it, votes do not carry the switch.</summary>
    public required DateTimeOffset NotBefore { get; init; }

    public IReadOnlyList<FreezePeriod> Freezes { get; init; } = [];

    /// <summary>Below this part of the covered payments, the rehearsal warns.</summary>
    public int ReachPercentMin { get; init; } = SwitchReach.PercentMin;

    /// <summary>Votes by party that must ratify an emergency switch.</summary>
    public IReadOnlyDictionary<string, int>? RatificationQuorum { get; init; }

    public int RatifyWithinHours { get; init; }

    /// <summary>Set when an emergency was carried.</summary>
    public DateTimeOffset? RatifyBy { get; init; }

    /// <summary>When its ratification was recorded as overdue.</summary>
    public DateTimeOffset? RatificationOverdueAt { get; init; }

    /// <summary>When its planned return was recorded as overdue.</summary>
    public DateTimeOffset? ReturnOverdueAt { get; init; }

    public static Governance Of(ChosenProtocol chosen, SwitchProposal proposal, DateTimeOffset at)
    {
        var terms = chosen.Protocol.Terms;
        var emergency = proposal.Emergency ? terms.Emergency : null;
        return new Governance(chosen.Protocol.Area, chosen.Protocol.Version, chosen.Why)
        {
            Trigger = proposal.Trigger,
            Emergency = emergency is not null,
            Facilitator = terms.Facilitator,
            NotBefore = emergency is null ? at.AddHours(terms.NoticeHours) : at,
            Freezes = terms.Freezes,
            ReachPercentMin = terms.ReachPercentMin ?? SwitchReach.PercentMin,
            RatificationQuorum = emergency?.RatificationQuorum,
            RatifyWithinHours = emergency?.RatifyWithinHours ?? 0,
        };
    }

    /// <summary>
    /// The first moment, not before <paramref name="at"/>, at which the switch may take effect. It is after the notice
    /// and outside all freeze periods.
    /// </summary>
    public DateTimeOffset EffectiveFrom(DateTimeOffset at)
    {
        var from = at > NotBefore ? at : NotBefore;
        while (Freezes.FirstOrDefault(
            freeze => freeze.Bars(DateOnly.FromDateTime(from.UtcDateTime), Emergency)) is { } freeze)
        {
            from = new DateTimeOffset(freeze.Until.AddDays(1).ToDateTime(TimeOnly.MinValue), TimeSpan.Zero);
        }

        return from;
    }
}

public enum Ratification
{
    /// <summary>It was no emergency.</summary>
    NotNeeded,

    /// <summary>Not carried yet.</summary>
    NotDue,

    Open,

    /// <summary>
    /// The time is over and votes are missing. It can still be ratified. Moved payments stay where they are, because
    /// silence moves no money.
    /// </summary>
    Overdue,

    Ratified,

    /// <summary>A party refused. A separate return switch moves the payments back.</summary>
    Refused,
}

/// <summary>One person's later vote on an emergency switch.</summary>
public sealed class RatificationVote
{
    public required SwitchId SwitchId { get; init; }

    /// <summary>The account's name.</summary>
    public required string User { get; init; }

    public required string Party { get; init; }

    public required bool Approve { get; init; }

    public required DateTimeOffset At { get; init; }
}

/// <summary>Who may ratify, and the result of the votes.</summary>
public static class RatificationBallot
{
    public static Ratification Count(Switch subject, DateTimeOffset at) => subject.Governance switch
    {
        null or { Emergency: false } => Ratification.NotNeeded,
        { RatifyBy: null } => Ratification.NotDue,
        { RatificationQuorum: var quorum, RatifyBy: var by } =>
            Ballot.Count(subject.Ratifications.Select(vote => (vote.Party, vote.Approve)), quorum!) switch
            {
                BallotOutcome.Carried => Ratification.Ratified,
                BallotOutcome.Rejected => Ratification.Refused,
                _ => at > by ? Ratification.Overdue : Ratification.Open,
            },
    };

    /// <returns>Null when the word counts.</returns>
    public static Refusal? Judge(Actor voter, bool isCoChair, string hash, Switch subject, DateTimeOffset at) =>
        Count(subject, at) switch
        {
            Ratification.NotNeeded or Ratification.NotDue => SwitchRefusals.NothingToRatify,
            Ratification.Ratified or Ratification.Refused => SwitchRefusals.RatificationOver,
            _ when !isCoChair => SwitchRefusals.VoteNotCoChair,
            _ when subject.Governance!.Facilitator == voter.User => SwitchRefusals.VoteByFacilitator,
            _ when !subject.Governance!.RatificationQuorum!.ContainsKey(voter.Party) =>
                SwitchRefusals.VotePartyNotAsked,
            _ when Actor.Parse(subject.ProposedBy).User == voter.User => SwitchRefusals.VoteByProposer,
            _ when hash != subject.Hash => SwitchRefusals.VoteStaleHash,
            _ when subject.Ratifications.Any(vote => vote.User == voter.User) => SwitchRefusals.VoteAlreadyCast,
            _ => null,
        };
}
