namespace TwinTrack.Platform.Health;

internal static class HealthSettings
{
    /// <summary>
    /// After this time without a completed turn, a background loop counts as stuck. Seconds, 30 to 3,600; longer than
    /// any limit of a loop's own work.
    /// </summary>
    internal const string StuckAfterSeconds = "health:stuckAfterSeconds";

    internal const int StuckAfterDefault = 120;
}
