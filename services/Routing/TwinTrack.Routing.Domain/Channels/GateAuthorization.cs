using TwinTrack.Kernel;

namespace TwinTrack.Routing.Domain.Channels;

/// <summary>
/// Whose channels a party pauses and resumes. A role says what a person may do, and the party says where. The
/// government answers for all payments, so it acts on every channel.
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
        Word.Read<Party>(by.Party) is { } party && Tracks[party].Contains(track)
            ? null : ChannelRefusals.OtherParty(by.Party, channel, track);
}
