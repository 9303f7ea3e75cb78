using TwinTrack.Kernel;

namespace TwinTrack.Routing.Domain.Switches;

/// <summary>
/// Refusals about a switch and its votes. They are checked in this order, and the first that applies is the answer.
/// </summary>
public static class SwitchRefusals
{
    /// <summary>Never succeeds: there is no such switch.</summary>
    public static readonly Refusal Unknown = new("switch.unknown",
        "No switch has this id. Check the id in the list of switches.", RefusalKind.NotFound);

    /// <summary>Never succeeds: a cycle belongs to one programme.</summary>
    public static Refusal OtherProgramme(SwitchScope asked, string owner) => new(
        "switch.other_programme",
            $"Cycle {asked.CycleId} belongs to programme {owner}, and you named {asked.Programme}. Name a cycle of "
            + $"{asked.Programme}, or propose the switch for {owner}.");

    /// <summary>Never succeeds: only a switch to track 1 is a return.</summary>
    public static readonly Refusal ReturnMismatch = new(
        "switch.return_mismatch",
            "The reason 'return' is only for a switch to track 1, and a switch to track 1 needs it. Correct the "
            + "reason or the track.");

    /// <summary>May succeed once the channel is registered.</summary>
    public static Refusal UnknownChannel(IEnumerable<string> codes) => new(
        "switch.unknown_channel",
            $"A channel to leave is not registered: {string.Join(", ", codes)}. Check the codes in the list of "
            + "channels (./twintrack channel list).");

    /// <summary>Never succeeds: a switch changes the track.</summary>
    public static readonly Refusal WrongTrack = new(
        "switch.wrong_track",
            "A channel to leave is already on the target track. Name only channels of the other track.");

    /// <summary>May succeed later: late answers free or settle what is left.</summary>
    public static readonly Refusal Unfinished =
        new("switch.unfinished",
            "Payments in scope are in doubt, under way or waiting to be moved. The switch stays open; close it "
            + "when they are done.");

    /// <summary>Never succeeds for this person: only a co-chair votes.</summary>
    public static readonly Refusal VoteNotCoChair = new("vote.not_cochair",
        "Only a co-chair may vote. Ask a co-chair of your party.");

    /// <summary>May succeed once the switch has been rehearsed; never after the vote is over.</summary>
    public static readonly Refusal VoteNotOpen = new(
        "vote.not_open",
            "The vote is not open. Vote after the rehearsal and before the decision.", RefusalKind.Conflict);

    /// <summary>Never succeeds for this person: the facilitator prepares and does not decide.</summary>
    public static readonly Refusal VoteByFacilitator = new(
        "vote.by_facilitator", "You are the facilitator of this switch, so you have no vote.");

    /// <summary>Only an emergency switch that was carried can be ratified.</summary>
    public static readonly Refusal NothingToRatify = new(
        "ratification.not_needed",
            "This switch needs no ratification. Only an emergency switch that was carried is ratified.",
            RefusalKind.Conflict);

    /// <summary>Never succeeds: it is decided.</summary>
    public static readonly Refusal RatificationOver = new(
        "ratification.over", "The ratification is already decided. Show the switch for the decision.",
        RefusalKind.Conflict);

    /// <summary>May succeed once an administrator has set a protocol.</summary>
    public static readonly Refusal UnknownProtocol = new(
        "protocol.unknown", "This programme has no protocol. Set one first.", RefusalKind.NotFound);

    /// <summary>May succeed in a moment, when Payments has counted.</summary>
    public static readonly Refusal UnknownRehearsal = new(
        "rehearsal.unknown",
            "No rehearsal has this number. Check the number, or wait until Payments has counted.",
            RefusalKind.NotFound);

    /// <summary>Never succeeds: there is no such review.</summary>
    public static readonly Refusal UnknownReview = new("review.unknown",
        "No review has this id. Check the id in the list of reviews.", RefusalKind.NotFound);

    /// <summary>Never succeeds for this person: another person must review.</summary>
    public static readonly Refusal ReviewByPauser = new(
        "review.by_pauser",
            "You paused or suspended this, so you cannot review it. Another person must review it.");

    /// <summary>Never succeeds: propose again.</summary>
    public static readonly Refusal VoteExpired = new(
        "vote.expired", "The proposal is no longer valid. Propose the switch again.", RefusalKind.Conflict);

    /// <summary>Never succeeds for this party.</summary>
    public static readonly Refusal VotePartyNotAsked = new(
        "vote.party_not_asked", "The protocol gives your party no vote. It names the parties that vote.");

    /// <summary>Never succeeds for this person: maker and checker must be two people.</summary>
    public static readonly Refusal VoteByProposer = new("vote.by_proposer",
        "You proposed this switch, so you cannot vote on it. Another co-chair must vote.");

    /// <summary>May succeed with the hash of the latest rehearsal, once it has been read.</summary>
    public static readonly Refusal VoteStaleHash = new(
        "vote.stale_hash",
            "The hash is not the hash of the latest rehearsal. Read the latest rehearsal and vote on what you see.",
            RefusalKind.Conflict);

    /// <summary>Never succeeds while the first vote stands: one vote a person.</summary>
    public static readonly Refusal VoteAlreadyCast = new(
        "vote.already_cast",
            "You have already voted on this rehearsal. Take your vote back first to change it.", RefusalKind.Conflict);

    /// <summary>May succeed once you have voted.</summary>
    public static readonly Refusal VoteNone = new(
        "vote.none", "You have no vote on this switch. Vote first; then it can be taken back.", RefusalKind.NotFound);

    /// <summary>May succeed when the voter confirms that the switch reaches few or none.</summary>
    public static Refusal VoteConfirmReach(string warning) => new(
        "vote.confirm_reach",
            $"{warning} Vote again with confirmReach (switch vote --confirm-reach), or vote against it.");

    /// <summary>
    /// May succeed once the programme has a protocol for the area. The rules of <see cref="ProtocolRules"/> come after
    /// it.
    /// </summary>
    public static Refusal NoProtocol(string area) =>
        new("switch.no_protocol",
            $"The programme has no protocol for {(area == Protocol.Everywhere ? "all areas" : area)}, so its track"
            + " cannot change. Set a protocol first.");

    /// <summary>May succeed as several proposals.</summary>
    public static Refusal MixedProtocols(string areas) =>
        new("protocol.mixed",
            $"These areas fall under different protocols: {areas}. Propose one switch for each.");

    /// <summary>Never succeeds: a programme pays in one currency.</summary>
    public static Refusal OtherCurrency(string currency) =>
        new("protocol.currency",
            $"The programme's other protocols use {currency}. Use the same currency in every protocol of a "
            + "programme.");

    /// <summary>May succeed for someone else.</summary>
    public static Refusal PauseRole(IEnumerable<string> roles) =>
        new("protocol.pause_role",
            "Your role may not pause a channel or suspend a track. The protocols in force allow "
            + $"{string.Join(", ", roles)}.");

    /// <summary>
    /// Never succeeds as asked. It comes before the other rules, because they need a readable request.
    /// </summary>
    public static Refusal Invalid(string why) => new("switch.invalid", why, RefusalKind.Invalid);
}
