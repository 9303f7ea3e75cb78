namespace TwinTrack.Providers.Domain;

/// <summary>Whether calls to a provider are allowed.</summary>
public enum Circuit
{
    Closed,

    /// <summary>After the pause one call is allowed. Its result decides.</summary>
    HalfOpen,

    /// <summary>Most calls had no answer. No call is allowed for a while.</summary>
    Open,
}

/// <summary>One channel's connection in this process, since it started.</summary>
/// <param name="Calls">Calls made, including questions and repetitions.</param>
/// <param name="Silent">Calls with no answer, 429 or 5xx.</param>
/// <param name="TurnedAway">Calls not made, because of the rate limit or an open circuit.</param>
public sealed record ConnectionState(Circuit Circuit, long Calls, long Silent, long TurnedAway)
{
    /// <summary>For a connection without counts and without a circuit, such as a directory.</summary>
    public static readonly ConnectionState Ready = new(Circuit.Closed, 0, 0, 0);
}
