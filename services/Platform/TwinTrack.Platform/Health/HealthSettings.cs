namespace TwinTrack.Platform.Health;

internal static class HealthSettings
{
    /// <summary>
    /// After so long without coming round a background loop counts as stuck. Seconds, 30 to 3,600; above every bound
    /// that a loop's own work has.
    /// </summary>
    internal const string StuckAfterSeconds = "health:stuckAfterSeconds";

    internal const int StuckAfterDefault = 120;
}
