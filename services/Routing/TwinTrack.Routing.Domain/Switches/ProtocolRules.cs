using TwinTrack.Kernel;

namespace TwinTrack.Routing.Domain.Switches;

/// <summary>A proposal with its proposer and time.</summary>
/// <param name="Roles">Roles of the proposer.</param>
public sealed record ProposalContext(SwitchProposal Proposal, Actor By, IReadOnlyCollection<string> Roles,
    DateTimeOffset At)
{
    public DateOnly Day => DateOnly.FromDateTime(At.UtcDateTime);

    public bool LeavesTrack1 => Proposal.Scope.ToTrack == Track.Aligned;
}

/// <param name="Code">Of the refusal: the rule's name.</param>
/// <param name="Broken">What the protocol says and what was asked, when they differ; else null.</param>
public sealed record ProtocolRule(string Code, Func<ProtocolTerms, ProposalContext, string?> Broken);

/// <summary>
/// The rules that a protocol sets for a proposal. They are checked in this order, and the first broken rule is the
/// refusal.
/// </summary>
public static class ProtocolRules
{
    public static readonly IReadOnlyList<ProtocolRule> Table =
    [
        new("switch.proposer_role", static (terms, asked) =>
            asked.By.User == terms.Facilitator || terms.ProposerRoles.Intersect(asked.Roles).Any()
            ? null
            : $"{List(terms.ProposerRoles)} may propose; you are {List(asked.Roles)}"),
        new("protocol.proposer_party", static (
            terms, asked) => asked.By.User == terms.Facilitator || terms.ProposerParties.Count == 0
                || terms.ProposerParties.Contains(asked.By.Party)
            ? null
            : $"people of {List(terms.ProposerParties)} may propose; you act for {asked.By.Party}"),
        new("switch.reason_not_allowed", static (terms, asked) => terms.Reasons.Contains(asked.Proposal.Reason)
            ? null
            : $"the reasons are {List(terms.Reasons.Select(Word.Of))}; yours is {Word.Of(asked.Proposal.Reason)}"),
        new("protocol.trigger", static (terms, asked) => !asked.LeavesTrack1 || terms.Triggers.Count == 0
            || terms.Triggers.Any(
                trigger => trigger.Code == asked.Proposal.Trigger && trigger.Reason == asked.Proposal.Reason)
            ? null
            : $"for {Word.Of(asked.Proposal.Reason)} one of the triggers "
                + List(terms.Triggers.Where(
                    trigger => trigger.Reason == asked.Proposal.Reason).Select(trigger => trigger.Code))
                + $" must be named; yours is {asked.Proposal.Trigger ?? "none"}"),
        new("protocol.return_date", static (terms, asked) =>
            !asked.LeavesTrack1 || !(terms.ReturnPlanRequired || terms.TentativeDaysMax is not null)
                || asked.Proposal.Until > asked.Day
            ? null
            : Invariant($"a stay on track 2 needs the day of its planned return, after {asked.Day:yyyy-MM-dd}; ")
                + (asked.Proposal.Until is { } until ? Invariant($"yours is {until:yyyy-MM-dd}") : "yours is none")),
        new("protocol.return_criteria", static (
            terms, asked) => !asked.LeavesTrack1 || !terms.ReturnPlanRequired
                || FreeText.IsGiven(asked.Proposal.ReturnCriteria, int.MaxValue)
            ? null
            : "a stay on track 2 needs the criteria of its return; you gave none"),
        new("protocol.tentative_until", static (
            terms, asked) => !asked.LeavesTrack1 || terms.TentativeDaysMax is not { } days
                || asked.Proposal.Until <= asked.Day.AddDays(days)
            ? null
            : Invariant($"a stay on track 2 may be meant to last {days} days; ")
                + Invariant($"yours is until {asked.Proposal.Until:yyyy-MM-dd}")),
        new("protocol.emergency", static (terms, asked) =>
            !asked.Proposal.Emergency || terms.Emergency?.Reasons.Contains(asked.Proposal.Reason) == true
            ? null
            : $"emergencies are {List((terms.Emergency?.Reasons ?? []).Select(Word.Of))}; yours is "
                + $"{Word.Of(asked.Proposal.Reason)}"),
        new("protocol.freeze", static (terms, asked) =>
            terms.Freezes.FirstOrDefault(freeze => freeze.Bars(asked.Day, asked.Proposal.Emergency)) is { } freeze
            ? Invariant(
                $"no {(freeze.EmergencyAllowed ? "change but an emergency" : "change")} from {freeze.From:yyyy-MM-dd} ")
                + Invariant($"until {freeze.Until:yyyy-MM-dd}: {freeze.Why}; today is {asked.Day:yyyy-MM-dd}")
            : null),
    ];

    /// <summary>Null when the proposal is within the protocol.</summary>
    public static Refusal? Judge(Protocol protocol, ProposalContext asked)
    {
        foreach (var rule in Table)
        {
            if (rule.Broken(protocol.Terms, asked) is { } broken)
            {
                return new Refusal(rule.Code, $"Protocol {protocol}: {broken}.");
            }
        }

        return null;
    }

    private static string List(IEnumerable<string> words) =>
        string.Join(", ", words) is { Length: > 0 } text ? text : "none";
}
