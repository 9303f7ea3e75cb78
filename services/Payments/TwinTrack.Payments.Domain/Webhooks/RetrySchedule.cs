namespace TwinTrack.Payments.Domain.Webhooks;

/// <summary>
/// When a delivery is tried again: the schedule that Standard Webhooks recommends, with up to a fifth of chance on top,
/// so that many do not come back at one moment.
/// </summary>
public static class RetrySchedule
{
    /// <summary>
    /// Waits after the first, second, … failure. When they are used up the delivery has failed: after some 76 hours.
    /// </summary>
    public static readonly IReadOnlyList<TimeSpan> Waits =
    [
        TimeSpan.FromSeconds(5), TimeSpan.FromMinutes(5), TimeSpan.FromMinutes(30), TimeSpan.FromHours(2),
        TimeSpan.FromHours(5),
        TimeSpan.FromHours(10), TimeSpan.FromHours(14), TimeSpan.FromHours(20), TimeSpan.FromHours(24),
    ];

    /// <summary>
    /// Of the receiver, in a row and whatever was sent: then it is disabled, with this as its reason.
    /// </summary>
    public const int FailuresInARowMax = 20;

    private const double Chance = 0.2;
    private static readonly TimeSpan PauseFirst = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan PauseMax = TimeSpan.FromMinutes(10);

    /// <summary>Null when it is given up.</summary>
    /// <param name="attempts">Made so far, this one included; from 1.</param>
    /// <param name="dice">From 0 to below 1.</param>
    public static TimeSpan? After(int attempts, double dice) =>
        attempts <= Waits.Count ? Waits[attempts - 1] * (1 + (Chance * dice)) : null;

    /// <summary>
    /// How long a receiver that fails is left alone before it is tried with one delivery: doubling, at most ten
    /// minutes.
    /// </summary>
    public static TimeSpan Pause(int failuresInARow)
    {
        var pause = PauseFirst * Math.Pow(2, Math.Min(failuresInARow - 1, 16));
        return pause < PauseMax ? pause : PauseMax;
    }
}
