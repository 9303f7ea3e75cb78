using TwinTrack.Kernel;

namespace TwinTrack.Routing.Domain.Switches;

/// <summary>
/// Refusals about a switch and its votes. They are checked in this order, and the first that applies is the answer.
/// </summary>
public static class SwitchRefusals
{
    /// <summary>Never succeeds: there is no such switch.</summary>
    public static readonly Refusal Unknown = new("switch.unknown", "No switch of this id.", RefusalKind.NotFound);

    /// <summary>Never succeeds: only a switch to track 1 is a return.</summary>
    public static readonly Refusal ReturnMismatch = new(
        "switch.return_mismatch", "The reason 'return' goes with track 1, and track 1 with no other reason.");

    /// <summary>May succeed once the channel is registered.</summary>
    public static readonly Refusal UnknownChannel = new(
        "switch.unknown_channel", "A channel to leave is not registered.");

    /// <summary>Never succeeds: a switch changes the track.</summary>
    public static readonly Refusal WrongTrack = new(
        "switch.wrong_track", "The channels to leave must be on the other track.");

    /// <summary>May succeed when the other switch watches or has ended.</summary>
    public static readonly Refusal ChannelBusy = new(
        "switch.channel_busy", "Another switch is moving payments off one of these channels.");

    /// <summary>May succeed when an operator has opened one of them again.</summary>
    public static Refusal TargetHeld(int track, IEnumerable<HeldTarget> held) => new(
        "switch.target_held",
        Invariant($"No channel of track {track} could pay: {string.Join("; ", held.Select(one => one.ToString()))}. ")
            + "Nothing was proposed.");

    /// <summary>May succeed later: late answers free or settle what is left.</summary>
    public static readonly Refusal Unfinished =
        new("switch.unfinished",
            "Something in scope is in doubt, under way or waits to be moved; the switch stays open for it.");

    /// <summary>Never succeeds for this person: only a co-chair votes.</summary>
    public static readonly Refusal VoteNotCoChair = new("vote.not_cochair", "Only a co-chair votes.");

    /// <summary>May succeed once the switch has been rehearsed; never after the vote is over.</summary>
    public static readonly Refusal VoteNotOpen = new(
        "vote.not_open", "A switch is voted on after its rehearsal and before its decision.", RefusalKind.Conflict);

    /// <summary>Never succeeds for this person: the facilitator prepares and does not decide.</summary>
    public static readonly Refusal VoteByFacilitator = new(
        "vote.by_facilitator", "The facilitator prepares a switch and has no vote.");

    /// <summary>Only an emergency switch that was carried can be ratified.</summary>
    public static readonly Refusal NothingToRatify = new(
        "ratification.not_needed", "Only an emergency that was carried is ratified.", RefusalKind.Conflict);

    /// <summary>Never succeeds: it is decided.</summary>
    public static readonly Refusal RatificationOver = new(
        "ratification.over", "The ratification is decided.", RefusalKind.Conflict);

    /// <summary>May succeed in a moment, when Payments has counted.</summary>
    public static readonly Refusal UnknownRehearsal = new(
        "rehearsal.unknown", "No rehearsal is kept under this number.", RefusalKind.NotFound);

    /// <summary>Never succeeds: there is no such review.</summary>
    public static readonly Refusal UnknownReview = new("review.unknown", "No review of this id.", RefusalKind.NotFound);

    /// <summary>Never succeeds for this person: another person must review.</summary>
    public static readonly Refusal ReviewByPauser = new(
        "review.by_pauser", "Who paused a channel does not review the pause.");

    /// <summary>Never succeeds: propose again.</summary>
    public static readonly Refusal VoteExpired = new(
        "vote.expired", "The proposal is no longer valid.", RefusalKind.Conflict);

    /// <summary>Never succeeds for this party.</summary>
    public static readonly Refusal VotePartyNotAsked = new(
        "vote.party_not_asked", "The protocol gives your party no vote.");

    /// <summary>Never succeeds for this person: maker and checker must be two people.</summary>
    public static readonly Refusal VoteByProposer = new("vote.by_proposer", "Who proposed a switch cannot vote on it.");

    /// <summary>May succeed with the hash of the latest rehearsal, once it has been read.</summary>
    public static readonly Refusal VoteStaleHash = new(
        "vote.stale_hash", "What you saw is not what stands now; look at the latest rehearsal.", RefusalKind.Conflict);

    /// <summary>Never succeeds while the first vote stands: one vote a person.</summary>
    public static readonly Refusal VoteAlreadyCast = new(
        "vote.already_cast", "You have voted on this rehearsal.", RefusalKind.Conflict);

    /// <summary>May succeed once you have voted.</summary>
    public static readonly Refusal VoteNone = new(
        "vote.none", "You have no vote standing on this switch.", RefusalKind.NotFound);

    /// <summary>
    /// May succeed once the programme has a protocol for the area. The rules of <see cref="ProtocolRules"/> come after
    /// it.
    /// </summary>
    public static Refusal NoProtocol(string area) =>
        new("switch.no_protocol",
            $"The programme has no protocol for {(area == Protocol.Everywhere ? "all areas" : area)}; nothing may "
                + $"change track outside one.");

    /// <summary>May succeed as several proposals.</summary>
    public static Refusal MixedProtocols(string areas) =>
        new("protocol.mixed", $"These areas fall under different protocols: {areas}. Propose one switch for each.");

    /// <summary>Never succeeds: a programme pays in one currency.</summary>
    public static Refusal OtherCurrency(string currency) =>
        new("protocol.currency",
            $"The programme's other protocols pay in {currency}; a programme pays in one currency.");

    /// <summary>May succeed for someone else.</summary>
    public static Refusal PauseRole(IEnumerable<string> roles) =>
        new("protocol.pause_role", $"The protocols in force let {string.Join(", ", roles)} pause a channel alone.");

    /// <summary>
    /// Never succeeds as asked. It comes before the other rules, because they need a readable request.
    /// </summary>
    public static Refusal Invalid(string why) => new("switch.invalid", why, RefusalKind.Invalid);
}
