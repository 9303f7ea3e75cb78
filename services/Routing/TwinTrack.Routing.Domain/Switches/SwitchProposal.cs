using TwinTrack.Kernel;
using TwinTrack.Routing.Domain.Channels;

namespace TwinTrack.Routing.Domain.Switches;

/// <param name="Until">The date until which the switch is meant to last; tentative.</param>
/// <param name="ReturnCriteria">What must hold before the payments go back to track 1.</param>
public sealed record SwitchProposal(SwitchScope Scope, SwitchReason Reason, DateOnly? Until, string? ReturnCriteria)
{
    private const int ChannelsMax = 20;
    private const int CriteriaMax = 1_000;

    /// <param name="protocol">Of the programme; null when it has none.</param>
    /// <param name="roles">Of who proposes.</param>
    /// <param name="channels">All that are registered.</param>
    /// <param name="busy">Codes of channels that another switch is moving payments off.</param>
    public Result<Protocol> Judge(Protocol? protocol, IReadOnlyCollection<string> roles, IReadOnlyCollection<Channel> channels, IReadOnlyCollection<string> busy)
    {
        if (Fault() is { } fault)
        {
            return SwitchRefusals.Invalid(fault);
        }

        var leaving = channels.Where(channel => Scope.FromChannels.Contains(channel.Code)).ToList();
        return protocol switch
        {
            null => SwitchRefusals.NoProtocol,
            _ when !protocol.ProposerRoles.Intersect(roles).Any() => SwitchRefusals.ProposerRole,
            _ when !protocol.Reasons.Contains(Reason) => SwitchRefusals.ReasonNotAllowed,
            _ when (Reason == SwitchReason.Return) != (Scope.ToTrack == Track.Government) => SwitchRefusals.ReturnMismatch,
            _ when leaving.Count < Scope.FromChannels.Count => SwitchRefusals.UnknownChannel,
            _ when leaving.Exists(channel => channel.Track == Scope.ToTrack) => SwitchRefusals.WrongTrack,
            _ when leaving.Exists(channel => busy.Contains(channel.Code)) => SwitchRefusals.ChannelBusy,
            _ => protocol,
        };
    }

    private string? Fault() => Scope switch
    {
        _ when !Word.IsCode(Scope.Programme) => "programme: a code of 1 to 32 letters, digits, dashes and underscores.",
        { ToTrack: not (Track.Government or Track.Aligned) } => "toTrack: 1 or 2.",
        { FromChannels.Count: 0 or > ChannelsMax } => $"fromChannels: 1 to {ChannelsMax}.",
        { Areas.Count: > ChannelTerms.AreasMax } => $"areas: at most {ChannelTerms.AreasMax}.",
        _ when !Scope.Areas.All(Word.IsCode) => "areas: P-codes of 1 to 32 letters and digits.",
        _ when ReturnCriteria is { Length: > CriteriaMax } => $"returnCriteria: at most {CriteriaMax} characters.",
        _ => null,
    };
}
