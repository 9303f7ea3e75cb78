namespace TwinTrack.Routing.Domain;

/// <summary>The two tracks as numbers, as they stand on the wire and in the payments' story.</summary>
public static class Track
{
    /// <summary>Government channels. The default: every departure has a switch behind it.</summary>
    public const int Government = 1;

    /// <summary>Partner channels, aligned with the government's programme.</summary>
    public const int Aligned = 2;
}
