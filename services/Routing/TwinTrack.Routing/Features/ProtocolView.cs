using TwinTrack.Kernel;
using TwinTrack.Routing.Domain;
using TwinTrack.Routing.Domain.Switches;

namespace TwinTrack.Routing.Features;

/// <summary>The terms of a protocol in the words of the API, for requests and answers.</summary>
internal sealed record ProtocolWords(
    string Currency,
    IReadOnlyList<string> Reasons,
    IReadOnlyList<string> ProposerRoles,
    IReadOnlyDictionary<string, int> Quorum,
    int ProposalValidHours,
    int WatchSeconds,
    string? Area = null,
    IReadOnlyList<string>? ProposerParties = null,
    IReadOnlyList<TriggerWords>? Triggers = null,
    string? Facilitator = null,
    int NoticeHours = 0,
    int? TentativeDaysMax = null,
    bool ReturnPlanRequired = false,
    EmergencyWords? Emergency = null,
    IReadOnlyList<FreezePeriod>? Freezes = null,
    int? ReachPercentMin = null)
{
    public Result<ProtocolTerms> Read()
    {
        var reasons = (Reasons ?? []).Select(Word.Read<SwitchReason>).ToList();
        var triggers =
            (Triggers ?? []).Select(
                trigger => (trigger.Code, Reason: Word.Read<SwitchReason>(trigger.Reason), trigger.When)).ToList();
        var emergencies = (Emergency?.Reasons ?? []).Select(Word.Read<SwitchReason>).ToList();
        if (reasons.Contains(null) || emergencies.Contains(null) || triggers.Exists(trigger => trigger.Reason is null))
        {
            return SwitchRefusals.Invalid($"reasons: some of {Word.All<SwitchReason>()}.");
        }

        return new ProtocolTerms
        {
            Currency = Currency ?? "",
            Reasons = [.. reasons.OfType<SwitchReason>().Distinct()],
            ProposerRoles = ProposerRoles ?? [],
            Quorum = Quorum ?? new Dictionary<string, int>(),
            ProposalValidHours = ProposalValidHours,
            WatchSeconds = WatchSeconds,
            ProposerParties = ProposerParties ?? [],
            Triggers =
                [.. triggers.Select(trigger => new ProtocolTrigger(trigger.Code, trigger.Reason!.Value, trigger.When))],
            Facilitator = Facilitator,
            NoticeHours = NoticeHours,
            TentativeDaysMax = TentativeDaysMax,
            ReturnPlanRequired = ReturnPlanRequired,
            Emergency = Emergency is null ? null : new EmergencyTerms
            {
                Reasons = [.. emergencies.OfType<SwitchReason>().Distinct()],
                Quorum = Emergency.Quorum ?? new Dictionary<string, int>(),
                RatificationQuorum = Emergency.RatificationQuorum ?? Quorum ?? new Dictionary<string, int>(),
                RatifyWithinHours = Emergency.RatifyWithinHours,
                PauseRoles = Emergency.PauseRoles ?? [Role.Operator],
                ReviewWithinHours = Emergency.ReviewWithinHours ?? PauseReview.DefaultHours,
            },
            Freezes = Freezes ?? [],
            ReachPercentMin = ReachPercentMin,
        };
    }

    public static ProtocolWords Of(Protocol protocol)
    {
        var terms = protocol.Terms;
        return new ProtocolWords(
            terms.Currency,
            [.. terms.Reasons.Select(Word.Of)],
            terms.ProposerRoles,
            terms.Quorum,
            terms.ProposalValidHours,
            terms.WatchSeconds,
            protocol.Area,
            terms.ProposerParties,
            [.. terms.Triggers.Select(
                trigger => new TriggerWords(trigger.Code, Word.Of(trigger.Reason), trigger.When))],
            terms.Facilitator,
            terms.NoticeHours,
            terms.TentativeDaysMax,
            terms.ReturnPlanRequired,
            terms.Emergency is not { } emergency ? null : new EmergencyWords(
                [.. emergency.Reasons.Select(Word.Of)], emergency.Quorum, emergency.RatificationQuorum,
                emergency.RatifyWithinHours, emergency.PauseRoles, emergency.ReviewWithinHours),
            terms.Freezes,
            terms.ReachPercentMin);
    }
}

internal sealed record TriggerWords(string Code, string Reason, string When);

/// <param name="RatificationQuorum">Left out: the quorum of any other change.</param>
/// <param name="PauseRoles">Left out: operators.</param>
/// <param name="ReviewWithinHours">Left out: 72.</param>
internal sealed record EmergencyWords(
    IReadOnlyList<string>? Reasons,
    IReadOnlyDictionary<string, int>? Quorum,
    IReadOnlyDictionary<string, int>? RatificationQuorum,
    int RatifyWithinHours,
    IReadOnlyList<string>? PauseRoles,
    int? ReviewWithinHours);

/// <summary>A protocol as it is read.</summary>
/// <param name="Why">Why it is this one; null in a list of versions.</param>
internal sealed record ProtocolView(string Programme, string Area, int Version, string By, DateTimeOffset At,
    string? Why, ProtocolWords Terms)
{
    public static ProtocolView Of(Protocol protocol, string? why) =>
        new(protocol.Programme, protocol.Area, protocol.Version, protocol.By, protocol.At, why,
            ProtocolWords.Of(protocol));
}
