using TwinTrack.Kernel;

namespace TwinTrack.Routing.Domain.Switches;

/// <summary>The terms of a protocol. A missing term sets no condition.</summary>
public sealed record ProtocolTerms
{
    public const int HoursMax = 24 * 90;
    private const int WatchMaxSeconds = 60 * 60 * 24 * 60;
    private const int DaysMax = 366 * 2;
    private const int VotesMax = 20;
    private const int ListMax = 50;
    private const int TextMax = 500;

    /// <summary>ISO 4217 of the programme; channels of another currency are no routes for it.</summary>
    public required string Currency { get; init; }

    public required IReadOnlyList<SwitchReason> Reasons { get; init; }

    public required IReadOnlyList<string> ProposerRoles { get; init; }

    /// <summary>Approving votes needed by party.</summary>
    public required IReadOnlyDictionary<string, int> Quorum { get; init; }

    /// <summary>How long a proposal may wait for its votes.</summary>
    public required int ProposalValidHours { get; init; }

    /// <summary>How long the switch waits for late answers after the last change before it closes by itself.</summary>
    public required int WatchSeconds { get; init; }

    /// <summary>Parties whose people may propose; empty means any.</summary>
    public IReadOnlyList<string> ProposerParties { get; init; } = [];

    /// <summary>
    /// Agreed events. A switch away from track 1 must name one of them. If empty, a reason is enough.
    /// </summary>
    public IReadOnlyList<ProtocolTrigger> Triggers { get; init; } = [];

    /// <summary>
    /// The account of the person who prepares. That person may propose and rehearse with any role, and never votes.
    /// </summary>
    public string? Facilitator { get; init; }

    /// <summary>Hours from the proposal before it can take effect.</summary>
    public int NoticeHours { get; init; }

    /// <summary>Longest planned stay on track 2, in days from the proposal; null sets no limit.</summary>
    public int? TentativeDaysMax { get; init; }

    /// <summary>
    /// Whether a decision for track 2 must say when and under what conditions track 1 takes over again.
    /// </summary>
    public bool ReturnPlanRequired { get; init; }

    /// <summary>
    /// The part of the covered payments, 1 to 100 percent, that a switch must reach without a confirmation by name.
    /// Null is <see cref="SwitchReach.PercentMin"/>.
    /// </summary>
    public int? ReachPercentMin { get; init; }

    public EmergencyTerms? Emergency { get; init; }

    public IReadOnlyList<FreezePeriod> Freezes { get; init; } = [];

    /// <summary>What is wrong with the terms; null when they are valid.</summary>
    public string? Fault() => this switch
    {
        _ when Kernel.Currency.Of(Currency) is Result<Currency>.No => "currency: a code of ISO 4217.",
        { Reasons.Count: 0 } => $"reasons: some of {Word.All<SwitchReason>()}.",
        { ProposerRoles.Count: 0 } => "proposerRoles: at least one.",
        _ when ProposerRoles.Except(Role.Staff).Any() => $"proposerRoles: some of {string.Join(", ", Role.Staff)}.",
        _ when FaultOfQuorum("quorum", Quorum) is { } fault => fault,
        { ProposalValidHours: < 1 or > HoursMax } => $"proposalValidHours: 1 to {HoursMax}.",
        { WatchSeconds: < 0 or > WatchMaxSeconds } => $"watchSeconds: 0 to {WatchMaxSeconds}.",
        _ when ProposerParties.Count > ListMax || !ProposerParties.All(Word.IsCode) =>
            $"proposerParties: at most {ListMax} codes.",
        _ when Triggers.Count > ListMax || Triggers.DistinctBy(trigger => trigger.Code).Count() < Triggers.Count
            || !Triggers.All(trigger => Word.IsCode(trigger.Code) && IsText(trigger.When)) =>
            $"triggers: at most {ListMax}, each with a code of its own and 1 to {TextMax} characters that say when.",
        _ when Facilitator is { } name && (name.Length is 0 or > 64) => "facilitator: the name of an account.",
        _ when NoticeHours < 0 || NoticeHours >= ProposalValidHours =>
            "noticeHours: from 0, and less than proposalValidHours.",
        { ReachPercentMin: < 1 or > 100 } => "reachPercentMin: 1 to 100.",
        { TentativeDaysMax: < 1 or > DaysMax } => $"tentativeDaysMax: 1 to {DaysMax}.",
        _ when Freezes.Count > ListMax || !Freezes.All(freeze => freeze.From <= freeze.Until && IsText(freeze.Why)) =>
            $"freezes: at most {ListMax}, each from a day until the same or a later one, with 1 to {TextMax} "
                + $"characters that say why.",
        _ => Emergency?.Fault(),
    };

    internal static string? FaultOfQuorum(string name, IReadOnlyDictionary<string, int> quorum) => quorum switch
    {
        { Count: 0 } => $"{name}: at least one party.",
        _ when quorum.Any(party => !Word.IsCode(party.Key) || party.Value is < 1 or > VotesMax) =>
            $"{name}: 1 to {VotesMax} votes a party.",
        _ => null,
    };

    private static bool IsText(string? text) => FreeText.IsGiven(text, TextMax);
}

/// <param name="Code">What a proposal names.</param>
/// <param name="Reason">The reason that it stands for.</param>
/// <param name="When">What must have happened, in words.</param>
public sealed record ProtocolTrigger(string Code, SwitchReason Reason, string When);

/// <summary>Days, by UTC, on which no change is decided or begun.</summary>
/// <param name="Until">The last day of it.</param>
/// <param name="EmergencyAllowed">Whether a change by the emergency steps may go on.</param>
public sealed record FreezePeriod(DateOnly From, DateOnly Until, bool EmergencyAllowed, string Why)
{
    public bool Bars(DateOnly day, bool emergency) => From <= day && day <= Until && !(emergency && EmergencyAllowed);
}

/// <summary>What may be done in an emergency before everyone can vote, and who reviews it afterwards.</summary>
public sealed record EmergencyTerms
{
    /// <summary>The reasons for which a switch may be an emergency.</summary>
    public IReadOnlyList<SwitchReason> Reasons { get; init; } = [];

    /// <summary>
    /// Votes by party that carry an emergency switch. One person never reroutes alone: the proposer has no vote.
    /// </summary>
    public required IReadOnlyDictionary<string, int> Quorum { get; init; }

    /// <summary>Votes by party that ratify it afterwards.</summary>
    public required IReadOnlyDictionary<string, int> RatificationQuorum { get; init; }

    public required int RatifyWithinHours { get; init; }

    /// <summary>Roles one of which may pause a channel alone.</summary>
    public IReadOnlyList<string> PauseRoles { get; init; } = [Role.Operator];

    /// <summary>Hours within which co-chairs must review such a pause.</summary>
    public int ReviewWithinHours { get; init; } = PauseReview.DefaultHours;

    internal string? Fault() => this switch
    {
        _ when ProtocolTerms.FaultOfQuorum("emergency.quorum", Quorum) is { } fault => fault,
        _ when ProtocolTerms.FaultOfQuorum("emergency.ratificationQuorum", RatificationQuorum) is { } fault => fault,
        { RatifyWithinHours: < 1 or > ProtocolTerms.HoursMax } =>
            $"emergency.ratifyWithinHours: 1 to {ProtocolTerms.HoursMax}.",
        { ReviewWithinHours: < 1 or > ProtocolTerms.HoursMax } =>
            $"emergency.reviewWithinHours: 1 to {ProtocolTerms.HoursMax}.",
        _ when PauseRoles.Count == 0 || PauseRoles.Except(PauseReview.Roles).Any() =>
            $"emergency.pauseRoles: some of {string.Join(", ", PauseReview.Roles)}.",
        _ => null,
    };
}
