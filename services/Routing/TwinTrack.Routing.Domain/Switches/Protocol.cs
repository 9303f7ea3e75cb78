using TwinTrack.Kernel;

namespace TwinTrack.Routing.Domain.Switches;

/// <summary>The pre-agreed rules of a change of track in one programme. A switch outside them is refused.</summary>
public sealed class Protocol
{
    private const int HoursMax = 24 * 90;
    private const int WatchMaxSeconds = 60 * 60 * 24 * 60;
    private const int VotesMax = 20;

    public required string Programme { get; init; }

    /// <summary>ISO 4217 of the programme; channels of another currency are no routes for it.</summary>
    public required string Currency { get; set; }

    public required IReadOnlyList<SwitchReason> Reasons { get; set; }

    public required IReadOnlyList<string> ProposerRoles { get; set; }

    /// <summary>Approving votes needed by party.</summary>
    public required IReadOnlyDictionary<string, int> Quorum { get; set; }

    /// <summary>How long a proposal may wait for its votes.</summary>
    public required int ProposalValidHours { get; set; }

    /// <summary>How long after the last change late answers are waited for before the switch closes by itself.</summary>
    public required int WatchSeconds { get; set; }

    public Result<Protocol> Checked() => this switch
    {
        _ when !Word.IsCode(Programme) => SwitchRefusals.Invalid("programme: a code of 1 to 32 letters, digits, dashes and underscores."),
        _ when Kernel.Currency.Of(Currency) is Result<Currency>.No => SwitchRefusals.Invalid("currency: a code of ISO 4217."),
        { Reasons.Count: 0 } => SwitchRefusals.Invalid($"reasons: some of {Word.All<SwitchReason>()}."),
        { ProposerRoles.Count: 0 } => SwitchRefusals.Invalid("proposerRoles: at least one."),
        _ when ProposerRoles.Except(Role.Staff).Any() => SwitchRefusals.Invalid($"proposerRoles: some of {string.Join(", ", Role.Staff)}."),
        { Quorum.Count: 0 } => SwitchRefusals.Invalid("quorum: at least one party."),
        _ when Quorum.Any(party => !Word.IsCode(party.Key) || party.Value is < 1 or > VotesMax) => SwitchRefusals.Invalid($"quorum: 1 to {VotesMax} votes a party."),
        { ProposalValidHours: < 1 or > HoursMax } => SwitchRefusals.Invalid($"proposalValidHours: 1 to {HoursMax}."),
        { WatchSeconds: < 0 or > WatchMaxSeconds } => SwitchRefusals.Invalid($"watchSeconds: 0 to {WatchMaxSeconds}."),
        _ => this,
    };
}
