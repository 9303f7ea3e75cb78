using TwinTrack.Kernel;
using TwinTrack.Routing.Domain.Channels;

namespace TwinTrack.Routing.Domain.Switches;

/// <summary>The payments that a switch covers.</summary>
/// <param name="Areas">P-codes; empty means all.</param>
/// <param name="FromChannels">
/// The channels to leave. Empty means none: it leads to Track 2 what no channel of Track 1 covers in these areas.
/// </param>
/// <param name="ToTrack">1 government, 2 aligned.</param>
/// <param name="PilotPercent">For a pilot return: 1 to 99 of a hundred obligations; null for all.</param>
public sealed record SwitchScope(
    string Programme, CycleId CycleId, IReadOnlyList<string> Areas, IReadOnlyList<string> FromChannels, int ToTrack,
    int? PilotPercent = null)
{
    private const int ChannelsMax = 20;

    /// <summary>Whether both leave one channel for the same payments. A stop does not tell cycles apart.</summary>
    public bool Overlaps(SwitchScope other) =>
        Programme == other.Programme
        && FromChannels.Intersect(other.FromChannels).Any()
        && (Areas.Count == 0 || other.Areas.Count == 0 || Areas.Intersect(other.Areas).Any());

    /// <summary>Null when it can be meant.</summary>
    public string? Fault() => this switch
    {
        _ when !Word.IsCode(Programme) => "programme: a code of 1 to 32 letters, digits, dashes and underscores.",
        { ToTrack: not (Track.Government or Track.Aligned) } => "toTrack: 1 or 2.",
        { FromChannels.Count: > ChannelsMax } => $"fromChannels: at most {ChannelsMax}.",
        { FromChannels.Count: 0, ToTrack: Track.Government } => "fromChannels: a return names the channels to leave.",
        { FromChannels.Count: 0, Areas.Count: 0 } =>
            "fromChannels: name the channels to leave. Without any, name the areas that no channel of track 1 covers.",
        { Areas.Count: > ChannelTerms.AreasMax } => $"areas: at most {ChannelTerms.AreasMax}.",
        _ when !Areas.All(Word.IsCode) => "areas: P-codes of 1 to 32 letters and digits.",
        { PilotPercent: not null, ToTrack: not Track.Government } => "pilotPercent: only a return begins with a pilot.",
        { PilotPercent: < 1 or > 99 } => "pilotPercent: 1 to 99.",
        _ => null,
    };
}
