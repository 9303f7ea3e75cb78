namespace TwinTrack.Payments.Domain.Webhooks;

/// <summary>
/// When a delivery is tried again. Follows the schedule that Standard Webhooks recommends. A random part of up to a
/// fifth spreads the retries.
/// </summary>
public static class RetrySchedule
{
    /// <summary>
    /// Waits after the first, second, … failure. After the last wait, about 76 hours in all, the delivery has failed.
    /// </summary>
    public static readonly IReadOnlyList<TimeSpan> Waits =
    [
        TimeSpan.FromSeconds(5), TimeSpan.FromMinutes(5), TimeSpan.FromMinutes(30), TimeSpan.FromHours(2),
        TimeSpan.FromHours(5),
        TimeSpan.FromHours(10), TimeSpan.FromHours(14), TimeSpan.FromHours(20), TimeSpan.FromHours(24),
    ];

    /// <summary>
    /// After this many failures in a row, over all events, the receiver is disabled with that reason.
    /// </summary>
    public const int FailuresInARowMax = 20;

    private const double Jitter = 0.2;
    private static readonly TimeSpan PauseFirst = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan PauseMax = TimeSpan.FromMinutes(10);

    /// <summary>The wait before the next try. Null when there is no next try.</summary>
    /// <param name="attempts">Tries made so far, including this one; from 1.</param>
    /// <param name="random">From 0 to below 1.</param>
    public static TimeSpan? After(int attempts, double random) =>
        attempts <= Waits.Count ? Waits[attempts - 1] * (1 + (Jitter * random)) : null;

    /// <summary>
    /// How long a failing receiver is left alone before one delivery is tried. The pause doubles, up to ten minutes.
    /// </summary>
    public static TimeSpan Pause(int failuresInARow)
    {
        var pause = PauseFirst * Math.Pow(2, Math.Min(failuresInARow - 1, 16));
        return pause < PauseMax ? pause : PauseMax;
    }
}
