namespace TwinTrack.Contracts.Words;

/// <summary>The two tracks, as numbers.</summary>
public static class Tracks
{
    /// <summary>No channel was found, so there is no track.</summary>
    public const int None = 0;

    /// <summary>Government channels. This is the default. Any other route follows from a recorded decision.</summary>
    public const int Government = 1;

    /// <summary>Channels of UN and NGO partners, aligned with the government's programme.</summary>
    public const int Aligned = 2;
}
