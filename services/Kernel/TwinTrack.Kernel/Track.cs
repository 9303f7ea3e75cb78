namespace TwinTrack.Kernel;

/// <summary>The two tracks as numbers, as in messages and in a payment's history.</summary>
public static class Track
{
    /// <summary>Government channels, the default. Any other route follows from a switch.</summary>
    public const int Government = 1;

    /// <summary>Partner channels, aligned with the government's programme.</summary>
    public const int Aligned = 2;
}
