using TwinTrack.Kernel;
using TwinTrack.Routing.Domain.Tables;

namespace TwinTrack.Routing.Domain.Switches;

/// <summary>What an outstanding count is for.</summary>
public enum CountPurpose
{
    None,
    Rehearsal,

    /// <summary>After the vote, to check that the list is still the voted list.</summary>
    Verification,
    Progress,
}

/// <summary>
/// One governed change of track: its scope, votes and progress. The protocol's terms are copied in at the proposal.
/// </summary>
public sealed class Switch
{
    public required SwitchId Id { get; init; }

    public required string Programme { get; init; }

    public required CycleId CycleId { get; init; }

    /// <summary>Sorted P-codes; empty means all.</summary>
    public required IReadOnlyList<string> Areas { get; init; }

    /// <summary>Sorted codes of the channels to leave.</summary>
    public required IReadOnlyList<string> FromChannels { get; init; }

    /// <summary>1 government, 2 aligned.</summary>
    public required int ToTrack { get; init; }

    public required SwitchReason Reason { get; init; }

    /// <summary>The planned last day.</summary>
    public DateOnly? Until { get; init; }

    public string? ReturnCriteria { get; init; }

    /// <summary>As <see cref="Actor"/> writes it.</summary>
    public required string ProposedBy { get; init; }

    public required DateTimeOffset ProposedAt { get; init; }

    public required DateTimeOffset ExpiresAt { get; init; }

    /// <summary>Approving votes needed by party.</summary>
    public required IReadOnlyDictionary<string, int> Quorum { get; init; }

    public required int WatchSeconds { get; init; }

    public SwitchState State { get; private set; }

    /// <summary>Why it was voided or aborted, or which switch it waits for; null otherwise.</summary>
    public string? Note { get; private set; }

    /// <summary>Hash of the latest rehearsal. Votes are bound to it.</summary>
    public string? Hash { get; private set; }

    /// <summary>The list of obligations behind <see cref="Hash"/>.</summary>
    public string? ListHash { get; private set; }

    public Rehearsal? Rehearsal { get; private set; }

    /// <summary>Numbers the counts asked of Payments.</summary>
    public long CountNumber { get; private set; }

    public CountPurpose CountPurpose { get; private set; }

    public DateTimeOffset? AskedAt { get; private set; }

    /// <summary>
    /// When this state's commands last went to Providers; null in a state that has just been entered.
    /// </summary>
    public DateTimeOffset? CommandsSentAt { get; private set; }

    /// <summary>The latest count since payments began to move.</summary>
    public long? ProgressCount { get; set; }

    /// <summary>When a count last differed from the one before; the late window runs from here.</summary>
    public DateTimeOffset? ChangedAt { get; set; }

    /// <summary>When its routes to the target track began. They last for the rest of the cycle.</summary>
    public DateTimeOffset? RoutesSince { get; private set; }

    /// <summary>When its routes ended because the switch was voided or aborted.</summary>
    public DateTimeOffset? RoutesEnded { get; private set; }

    /// <summary>Counts the changes. Writers update it first, so they wait for each other.</summary>
    public long Version { get; init; }

    /// <summary>The protocol's terms other than the votes; null in a switch from an older version.</summary>
    public Governance? Governance { get; private set; }

    /// <summary>For a pilot return: how many of a hundred obligations go back, by a fixed draw; null for all.</summary>
    public int? PilotPercent { get; init; }

    public IList<SwitchStep> Steps { get; } = [];

    public IList<Vote> Votes { get; } = [];

    public IList<StoppedChannel> Channels { get; } = [];

    public IList<RatificationVote> Ratifications { get; } = [];

    public IList<AbortVote> AbortVotes { get; } = [];

    public SwitchScope Scope => new(Programme, CycleId, Areas, FromChannels, ToTrack, PilotPercent);

    public Overlay Overlay => new(Id, Programme, CycleId, Areas.ToHashSet(), FromChannels.ToHashSet(),
        ToTrack)
    { PilotPercent = PilotPercent };

    public bool IsReturn => ToTrack == Track.Government;

    public static Switch Propose(SwitchId id, SwitchProposal proposal, ChosenProtocol chosen, Actor by,
        DateTimeOffset at)
    {
        var terms = chosen.Protocol.Terms;
        var governance = Governance.Of(chosen, proposal, at);
        var proposed = new Switch
        {
            Id = id,
            Programme = proposal.Scope.Programme,
            CycleId = proposal.Scope.CycleId,
            Areas = [.. proposal.Scope.Areas.Distinct().Order(StringComparer.Ordinal)],
            FromChannels = [.. proposal.Scope.FromChannels.Distinct().Order(StringComparer.Ordinal)],
            ToTrack = proposal.Scope.ToTrack,
            Reason = proposal.Reason,
            Until = proposal.Until,
            ReturnCriteria = proposal.ReturnCriteria,
            PilotPercent = proposal.Scope.PilotPercent,
            ProposedBy = by.ToString(),
            ProposedAt = at,
            ExpiresAt = at.AddHours(terms.ProposalValidHours),
            Quorum = governance.Emergency ? terms.Emergency!.Quorum : terms.Quorum,
            WatchSeconds = terms.WatchSeconds,
            Governance = governance,
        };
        proposed.Enter(SwitchState.Proposed, by, at);
        return proposed;
    }

    /// <summary>The next state, or the table's refusal.</summary>
    public Result<SwitchState> Go(SwitchTrigger trigger, Actor by, DateTimeOffset at)
    {
        var changed = SwitchLifecycle.Table.Next(State, trigger);
        if (changed.Allows(out var next, out _))
        {
            Enter(next, by, at);
        }

        return changed;
    }

    /// <summary>Numbers the next count. An answer to an older number is stale.</summary>
    public void Ask(CountPurpose question, DateTimeOffset at) =>
        (CountNumber, CountPurpose, AskedAt) = (checked(CountNumber + 1), question, at);

    /// <summary>Repeats the question under the same number.</summary>
    public void AskAgain(DateTimeOffset at) => AskedAt = at;

    /// <summary>The state's commands went out.</summary>
    public void CommandsSent(DateTimeOffset at) => CommandsSentAt = at;

    /// <summary>
    /// Stores a rehearsal's result. A changed hash voids the votes, because they were for another content.
    /// </summary>
    public Result<SwitchState> Rehearsed(Rehearsal rehearsal, DateTimeOffset at)
    {
        var changed = Go(SwitchTrigger.Rehearse, Actor.System, at);
        if (changed is Result<SwitchState>.No)
        {
            return changed;
        }

        if (rehearsal.Hash != Hash)
        {
            foreach (var vote in Votes)
            {
                vote.Voided = true;
            }
        }

        (Hash, ListHash, Rehearsal, CountPurpose) = (rehearsal.Hash, rehearsal.ListHash, rehearsal, CountPurpose.None);
        return changed;
    }

    /// <summary>Casts a vote, and moves on when the votes decide.</summary>
    /// <param name="confirmReach">Whether the voter confirms that the switch reaches few or none.</param>
    public Result<SwitchState> Cast(Actor voter, bool isCoChair, string hash, bool approve, DateTimeOffset at,
        bool confirmReach = false)
    {
        if ((Ballot.Judge(voter, isCoChair, hash, this, at) ?? Ballot.JudgeReach(approve, confirmReach, this))
            is { } refusal)
        {
            return refusal;
        }

        if (Votes.FirstOrDefault(vote => vote.User == voter.User) is { } former)
        {
            (former.Party, former.Approve, former.Hash, former.At, former.Voided, former.ReachConfirmed) =
                (voter.Party, approve, hash, at, false, confirmReach);
        }
        else
        {
            Votes.Add(
                new Vote
                {
                    SwitchId = Id,
                    User = voter.User,
                    Party = voter.Party,
                    Approve = approve,
                    Hash = hash,
                    At = at,
                    ReachConfirmed = confirmReach,
                });
        }

        return Decide(voter, at);
    }

    /// <summary>
    /// Changes the state if the votes decide and the switch may take effect. Otherwise it stays, and votes can still be
    /// taken back.
    /// </summary>
    public Result<SwitchState> Decide(Actor by, DateTimeOffset at)
    {
        switch (Ballot.Count(Votes, Quorum))
        {
            case BallotOutcome.Rejected:
                return Go(SwitchTrigger.Reject, by, at);
            case BallotOutcome.Carried when EffectiveFrom(at) <= at:
                if (Governance is { Emergency: true })
                {
                    Governance = Governance with { RatifyBy = at.AddHours(Governance.RatifyWithinHours) };
                }

                return Go(SwitchTrigger.Carry, by, at);
            default:
                return State;
        }
    }

    /// <summary>The first moment from now on at which its votes may carry it.</summary>
    public DateTimeOffset EffectiveFrom(DateTimeOffset at) => Governance?.EffectiveFrom(at) ?? at;

    /// <summary>Adds a later vote on an emergency switch.</summary>
    public Result<Ratification> Ratify(Actor voter, bool isCoChair, string hash, bool approve, DateTimeOffset at)
    {
        if (RatificationBallot.Judge(voter, isCoChair, hash, this, at) is { } refusal)
        {
            return refusal;
        }

        Ratifications.Add(
            new RatificationVote { SwitchId = Id, User = voter.User, Party = voter.Party, Approve = approve, At = at });
        return RatificationBallot.Count(this, at);
    }

    /// <summary>Records once that the ratification is overdue.</summary>
    /// <returns>Whether this is news.</returns>
    public bool NoteOverdueRatification(DateTimeOffset at)
    {
        if (Governance is not { RatificationOverdueAt: null }
            || RatificationBallot.Count(this, at) != Ratification.Overdue)
        {
            return false;
        }

        Governance = Governance with { RatificationOverdueAt = at };
        return true;
    }

    /// <summary>Records once that the planned return is overdue.</summary>
    /// <returns>Whether this is news.</returns>
    public bool NoteOverdueReturn(DateTimeOffset at)
    {
        if (Governance is not { ReturnOverdueAt: null } || IsReturn || RoutesSince is null || RoutesEnded is not null
            || !(Until < DateOnly.FromDateTime(at.UtcDateTime)))
        {
            return false;
        }

        Governance = Governance with { ReturnOverdueAt = at };
        return true;
    }

    /// <summary>Takes a vote back while the ballot is open.</summary>
    public Result<Vote> TakeBack(Actor voter)
    {
        if (State != SwitchState.Rehearsed)
        {
            return SwitchRefusals.VoteNotOpen;
        }

        if (Votes.FirstOrDefault(vote => vote.User == voter.User && !vote.Voided) is not { } vote)
        {
            return SwitchRefusals.VoteNone;
        }

        Votes.Remove(vote);
        return vote;
    }

    /// <summary>Notes which other switch it waits for; null when it waits for none.</summary>
    public void WaitFor(SwitchId? other) =>
        Note = other is null ? null : $"waits until switch {other} has stopped the same payments";

    /// <summary>Begins to route payments. A repeated call changes nothing.</summary>
    public void BeginRouting(DateTimeOffset at) => RoutesSince ??= at;

    /// <summary>The current list differs from the voted list. The switch ends and routes no payment.</summary>
    public Result<SwitchState> Void(string why, DateTimeOffset at)
    {
        var changed = Go(SwitchTrigger.Invalidate, Actor.System, at);
        if (changed is Result<SwitchState>.Ok)
        {
            (Note, RoutesEnded) = (why, at);
        }

        return changed;
    }

    /// <summary>
    /// Adds a vote to abort. The vote that completes the quorum ends the switch and its routes. What was moved stays
    /// moved. A second vote of one person changes nothing.
    /// </summary>
    public Result<SwitchState> Abort(Actor voter, bool isCoChair, string? hash, string reason, DateTimeOffset at)
    {
        if (AbortBallot.Judge(voter, isCoChair, hash, reason, this) is { } refusal)
        {
            return refusal;
        }

        if (AbortVotes.All(vote => vote.User != voter.User))
        {
            AbortVotes.Add(new AbortVote
            {
                SwitchId = Id,
                User = voter.User,
                Party = voter.Party,
                Hash = Hash!,
                Reason = reason,
                At = at,
            });
        }

        if (!AbortBallot.IsCarried([.. AbortVotes], Quorum))
        {
            return State;
        }

        (Note, RoutesEnded) = (reason, at);
        return Go(SwitchTrigger.Abort, voter, at);
    }

    /// <summary>Whose votes ended it, for the audit record.</summary>
    public string AbortDecision() => string.Join("; ", AbortVotes.OrderBy(vote => vote.At)
        .Select(vote => $"{new Actor(vote.User, vote.Party)}: {vote.Reason}"));

    /// <summary>Whose votes carried it, for the audit record.</summary>
    public string Decision()
    {
        var voters = Votes.Where(vote => !vote.Voided).OrderBy(vote => vote.At)
            .Select(vote => new Actor(vote.User, vote.Party));
        return $"{string.Join(", ", voters)} on {Hash}";
    }

    /// <summary>Whether the window for late answers is over.</summary>
    public bool WindowOver(DateTimeOffset at) => ChangedAt is { } changed && at >= changed.AddSeconds(WatchSeconds);

    private void Enter(SwitchState state, Actor by, DateTimeOffset at)
    {
        (State, CommandsSentAt) = (state, null);
        Steps.Add(
            new SwitchStep { SwitchId = Id, Number = Steps.Count + 1, State = state, At = at, By = by.ToString() });
    }
}
