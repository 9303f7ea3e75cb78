namespace TwinTrack.Contracts.Words;

/// <summary>
/// The two parties that answer for a programme: <c>Actor.Party</c>, a subscriber's party and the first part of a
/// break's owner.
/// </summary>
public static class Parties
{
    /// <summary>The government, which owns the programme and its first track.</summary>
    public const string Government = "government";

    /// <summary>The UN and NGO partners, who own the second track.</summary>
    public const string Partner = "partner";
}
