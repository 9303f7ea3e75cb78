using TwinTrack.Kernel;
using TwinTrack.Routing.Domain.Channels;
using TwinTrack.Routing.Domain.Tables;

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
    public bool StopsSameAs(SwitchScope other) =>
        Programme == other.Programme && Meet(Areas, other.Areas)
        && FromChannels.Intersect(other.FromChannels).Any();

    /// <summary>
    /// The channels by whose payments the scope is counted. A return also covers the payments that the decisions in
    /// force led away and that Track 2 never reached. They have only been on the channels that these decisions left.
    /// </summary>
    public IReadOnlyList<string> CountedChannels(IEnumerable<Overlay> inForce) => ToTrack != Track.Government
        ? FromChannels
        : [.. FromChannels.Union(inForce
            .Where(other => other.ToTrack == Track.Aligned && Meet(Areas, other.Areas)).SelectMany(other => other.From))
            .Order(StringComparer.Ordinal)];

    /// <summary>Whether two switches of one cycle can be about the same payment.</summary>
    public bool Overlaps(SwitchScope other) =>
        (Programme, CycleId) == (other.Programme, other.CycleId) && Meet(Areas, other.Areas)
        && (ToTrack != other.ToTrack || (FromChannels.Count, other.FromChannels.Count) == (0, 0)
            || FromChannels.Intersect(other.FromChannels).Any());

    /// <summary>Whether two lists of areas share one. An empty list means all areas.</summary>
    public static bool Meet(IReadOnlyCollection<string> areas, IReadOnlyCollection<string> others) =>
        areas.Count == 0 || others.Count == 0 || areas.Intersect(others).Any();

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
