using TwinTrack.Kernel;

namespace TwinTrack.Routing.Domain.Switches;

/// <summary>Every "no" about a switch and its votes. The rules look in this order, and the first that holds is the answer.</summary>
public static class SwitchRefusals
{
    /// <summary>Never succeeds: there is no such switch.</summary>
    public static readonly Refusal Unknown = new("switch.unknown", "No switch of this id.", RefusalKind.NotFound);

    /// <summary>May succeed once the programme has a protocol.</summary>
    public static readonly Refusal NoProtocol = new("switch.no_protocol", "The programme has no protocol; nothing may change track outside one.");

    /// <summary>May succeed for someone else.</summary>
    public static readonly Refusal ProposerRole = new("switch.proposer_role", "The protocol does not let your role propose.");

    /// <summary>Never succeeds under this protocol.</summary>
    public static readonly Refusal ReasonNotAllowed = new("switch.reason_not_allowed", "The protocol does not allow this reason.");

    /// <summary>Never succeeds: track 1 is returned to, and nothing else is.</summary>
    public static readonly Refusal ReturnMismatch = new("switch.return_mismatch", "The reason 'return' goes with track 1, and track 1 with no other reason.");

    /// <summary>May succeed once the channel is registered.</summary>
    public static readonly Refusal UnknownChannel = new("switch.unknown_channel", "A channel to leave is not registered.");

    /// <summary>Never succeeds: a switch changes the track.</summary>
    public static readonly Refusal WrongTrack = new("switch.wrong_track", "The channels to leave must be on the other track.");

    /// <summary>May succeed when the other switch watches or has ended.</summary>
    public static readonly Refusal ChannelBusy = new("switch.channel_busy", "Another switch is moving payments off one of these channels.");

    /// <summary>May succeed later: late answers free or settle what is left.</summary>
    public static readonly Refusal Unfinished =
        new("switch.unfinished", "Something in scope is in doubt, under way or waits to be moved; the switch stays open for it.");

    /// <summary>Never succeeds for this person: a vote is a co-chair's.</summary>
    public static readonly Refusal VoteNotCoChair = new("vote.not_cochair", "Only a co-chair votes.");

    /// <summary>May succeed once the switch has been rehearsed; never after the vote is over.</summary>
    public static readonly Refusal VoteNotOpen = new("vote.not_open", "A switch is voted on after its rehearsal and before its decision.", RefusalKind.Conflict);

    /// <summary>Never succeeds: propose again.</summary>
    public static readonly Refusal VoteExpired = new("vote.expired", "The proposal is no longer valid.", RefusalKind.Conflict);

    /// <summary>Never succeeds for this party.</summary>
    public static readonly Refusal VotePartyNotAsked = new("vote.party_not_asked", "The protocol gives your party no vote.");

    /// <summary>Never succeeds for this person: maker and checker are two.</summary>
    public static readonly Refusal VoteByProposer = new("vote.by_proposer", "Who proposed a switch cannot vote on it.");

    /// <summary>May succeed with the hash of the latest rehearsal, once it has been read.</summary>
    public static readonly Refusal VoteStaleHash = new("vote.stale_hash", "What you saw is not what stands now; look at the latest rehearsal.", RefusalKind.Conflict);

    /// <summary>Never succeeds while the first vote stands: one vote a person.</summary>
    public static readonly Refusal VoteAlreadyCast = new("vote.already_cast", "You have voted on this rehearsal.", RefusalKind.Conflict);

    /// <summary>May succeed once you have voted.</summary>
    public static readonly Refusal VoteNone = new("vote.none", "You have no vote standing on this switch.", RefusalKind.NotFound);

    /// <summary>Never succeeds as asked. Comes right after the unknown switch: what cannot be read is not judged.</summary>
    public static Refusal Invalid(string why) => new("switch.invalid", why, RefusalKind.Invalid);
}
