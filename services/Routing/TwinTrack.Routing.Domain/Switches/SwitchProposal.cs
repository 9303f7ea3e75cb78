using TwinTrack.Kernel;
using TwinTrack.Routing.Domain.Channels;

namespace TwinTrack.Routing.Domain.Switches;

/// <param name="Until">The date until which the switch is meant to last; tentative.</param>
/// <param name="ReturnCriteria">What must hold before the payments go back to track 1.</param>
public sealed record SwitchProposal(SwitchScope Scope, SwitchReason Reason, DateOnly? Until, string? ReturnCriteria)
{
    private const int CriteriaMax = 1_000;

    /// <summary>The protocol's code of the event that has happened.</summary>
    public string? Trigger { get; init; }

    /// <summary>Whether it uses the protocol's emergency steps.</summary>
    public bool Emergency { get; init; }

    /// <summary>The programme that the cycle belongs to; null while the cycle is not known.</summary>
    public string? ProgrammeOfCycle { get; init; }

    /// <summary>What to say about a cycle that is not known; null about a known one.</summary>
    public string? CycleWarning => ProgrammeOfCycle is not null ? null
        : $"Cycle {Scope.CycleId} has not closed yet, so nobody can tell whether it belongs to {Scope.Programme}. "
            + "Check its id (cycle show).";

    /// <param name="protocols">The newest version of each area, of the programme.</param>
    /// <param name="by">Who proposes.</param>
    /// <param name="roles">Roles of the proposer.</param>
    /// <param name="channels">All that are registered.</param>
    /// <param name="at">Now.</param>
    public Result<ChosenProtocol> Judge(
        IReadOnlyCollection<Protocol> protocols, Actor by, IReadOnlyCollection<string> roles,
        IReadOnlyCollection<Channel> channels, DateTimeOffset at)
    {
        if (Fault() is { } fault)
        {
            return SwitchRefusals.Invalid(fault);
        }

        if (ProgrammeOfCycle is { } owner && owner != Scope.Programme)
        {
            return SwitchRefusals.OtherProgramme(Scope, owner);
        }

        var leaving = channels.Where(channel => Scope.FromChannels.Contains(channel.Code)).ToList();
        if (!ProtocolChoice.For(protocols, Scope.Areas).Allows(out var chosen, out var refusal))
        {
            return refusal;
        }

        return ProtocolRules.Judge(chosen.Protocol, new ProposalContext(this, by, roles, at)) switch
        {
            { } broken => broken,
            _ when (Reason == SwitchReason.Return) != (Scope.ToTrack == Track.Government) =>
                SwitchRefusals.ReturnMismatch,
            _ when leaving.Count < Scope.FromChannels.Count => SwitchRefusals.UnknownChannel(
                Scope.FromChannels.Except(leaving.Select(channel => channel.Code))),
            _ when leaving.Exists(channel => channel.Track == Scope.ToTrack) => SwitchRefusals.WrongTrack,
            _ => chosen,
        };
    }

    private string? Fault() =>
        Scope.Fault()
            ?? (ReturnCriteria is { Length: > CriteriaMax }
                ? $"returnCriteria: at most {CriteriaMax} characters." : null);
}
