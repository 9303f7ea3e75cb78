using TwinTrack.Kernel;
using TwinTrack.Routing.Domain.Switches;

namespace TwinTrack.Routing.Domain.Channels;

/// <summary>
/// Whose channels a party pauses and resumes, and whose track it suspends. A role says what a person may do, and the
/// party says where. The government answers for all payments, so it acts on every channel.
/// </summary>
public static class GateAuthorization
{
    /// <summary>The tracks on which each party acts.</summary>
    public static readonly IReadOnlyDictionary<Party, IReadOnlyList<int>> Tracks =
        new Dictionary<Party, IReadOnlyList<int>>
        {
            [Party.Government] = [Track.Government, Track.Aligned],
            [Party.Partner] = [Track.Aligned],
        };

    /// <returns>Null when this person's party acts on the channel.</returns>
    public static Refusal? Judge(Actor by, string channel, int track) =>
        ActsOn(by.Party, track) ? null : ChannelRefusals.OtherParty(by.Party, channel, track);

    /// <returns>Null when this person's party suspends and resumes the track.</returns>
    public static Refusal? JudgeTrack(Actor by, int track) =>
        ActsOn(by.Party, track) ? null : SuspensionRefusals.OtherParty(by.Party, track);

    private static bool ActsOn(string word, int track) =>
        Word.Read<Party>(word) is { } party && Tracks[party].Contains(track);
}
