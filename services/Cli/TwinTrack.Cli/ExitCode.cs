namespace TwinTrack.Cli;

/// <summary>What this program answers to its caller.</summary>
internal static class ExitCode
{
    public const int Ok = 0;

    /// <summary>Sums, checks or tests do not hold.</summary>
    public const int DoesNotHold = 1;

    /// <summary>The request could not be read, or TwinTrack refused it.</summary>
    public const int Refused = 2;

    /// <summary>Stopped by Ctrl-C, as shells count it.</summary>
    public const int Interrupted = 130;
}
