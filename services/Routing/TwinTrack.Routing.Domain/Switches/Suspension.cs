using TwinTrack.Kernel;
using TwinTrack.Routing.Domain.Channels;
using TwinTrack.Routing.Domain.Tables;

namespace TwinTrack.Routing.Domain.Switches;

/// <summary>
/// One act that suspends a track for a programme. While it is in force, nothing of the programme and areas leaves over
/// any channel of the track. It moves no gate and reroutes no payment. Only a person ends it.
/// </summary>
public sealed class Suspension
{
    public required SuspensionId Id { get; init; }

    public required string Programme { get; init; }

    /// <summary>Sorted P-codes; empty means all.</summary>
    public required IReadOnlyList<string> Areas { get; init; }

    /// <summary>1 government, 2 aligned.</summary>
    public required int Track { get; init; }

    public required string Reason { get; init; }

    /// <summary>As <see cref="Actor"/> writes it.</summary>
    public required string SuspendedBy { get; init; }

    public required DateTimeOffset SuspendedAt { get; init; }

    /// <summary>As <see cref="Actor"/> writes it; null while it is in force.</summary>
    public string? EndedBy { get; private set; }

    public DateTimeOffset? EndedAt { get; private set; }

    public string? EndReason { get; private set; }

    /// <summary>
    /// The track's channels when it began, each with its stop. A channel that is registered later needs no stop,
    /// because no route leads to it.
    /// </summary>
    public IList<SuspendedChannel> Channels { get; } = [];

    public bool IsInForce => EndedAt is null;

    /// <summary>Whether Providers still owes an answer about a stop.</summary>
    public bool AwaitsAnswers => IsInForce && Channels.Any(channel => !channel.IsComplete);

    public SuspendedScope Scope => new(Id, Programme, Areas.ToHashSet(), Track);

    /// <summary>Whether both keep some payment from leaving over the same track.</summary>
    public bool Meets(Suspension other) =>
        (Programme, Track) == (other.Programme, other.Track) && SwitchScope.Meet(Areas, other.Areas);

    /// <param name="inForce">The suspensions in force.</param>
    public static Result<Suspension> Begin(Suspension asked, IEnumerable<Suspension> inForce) =>
        asked.Fault() is { } fault ? SuspensionRefusals.Invalid(fault)
        : inForce.FirstOrDefault(asked.Meets) is { } other ? SuspensionRefusals.InForce(other)
        : asked;

    public Result<Suspension> End(string reason, Actor by, DateTimeOffset at)
    {
        if (!FreeText.IsGiven(reason, Channel.ReasonMax))
        {
            return SuspensionRefusals.Invalid(Invariant($"reason: 1 to {Channel.ReasonMax} characters."));
        }

        if (!IsInForce)
        {
            return SuspensionRefusals.Ended(this);
        }

        (EndedBy, EndedAt, EndReason) = (by.ToString(), at, reason);
        return this;
    }

    /// <summary>Null when it can be meant.</summary>
    private string? Fault() => this switch
    {
        _ when !Word.IsCode(Programme) => "programme: a code of 1 to 32 letters, digits, dashes and underscores.",
        { Track: not (Kernel.Track.Government or Kernel.Track.Aligned) } => "track: 1 or 2.",
        { Areas.Count: > ChannelTerms.AreasMax } => Invariant($"areas: at most {ChannelTerms.AreasMax}."),
        _ when !Areas.All(Word.IsCode) => "areas: P-codes of 1 to 32 letters and digits.",
        _ when !FreeText.IsGiven(Reason, Channel.ReasonMax) =>
            Invariant($"reason: 1 to {Channel.ReasonMax} characters."),
        _ => null,
    };
}
