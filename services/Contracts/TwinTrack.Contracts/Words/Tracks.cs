namespace TwinTrack.Contracts.Words;

/// <summary>The two tracks, as numbers.</summary>
public static class Tracks
{
    /// <summary>No channel was found, so there is no track.</summary>
    public const int None = 0;

    /// <summary>Government channels. The default: every departure from it has a decision behind it.</summary>
    public const int Government = 1;

    /// <summary>Channels of UN and NGO partners, aligned with the government's programme.</summary>
    public const int Aligned = 2;
}
