namespace TwinTrack.Providers.Domain;

/// <summary>Whether calls are let through to a provider.</summary>
public enum Circuit
{
    Closed,

    /// <summary>After its time one call is let through: how it ends decides.</summary>
    HalfOpen,

    /// <summary>Most calls went unanswered; none is let through for a while.</summary>
    Open,
}

/// <summary>One channel's wire in this process, since it started.</summary>
/// <param name="Calls">Put on the wire, questions and repetitions too.</param>
/// <param name="Silent">Of those: no answer, 429 or 5xx.</param>
/// <param name="TurnedAway">Not put on the wire: by the rate, or by an open circuit.</param>
public sealed record ConnectionState(Circuit Circuit, long Calls, long Silent, long TurnedAway)
{
    /// <summary>Of a wire that counts nothing and breaks nothing, such as a directory.</summary>
    public static readonly ConnectionState Ready = new(Circuit.Closed, 0, 0, 0);
}
