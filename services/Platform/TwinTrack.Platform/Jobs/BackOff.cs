using System.Security.Cryptography;

namespace TwinTrack.Platform.Jobs;

/// <summary>
/// Doubling waits. A fifth of each wait is random, so that many callers do not retry at the same moment.
/// </summary>
internal static class BackOff
{
    private const int Scale = 1_000;

    /// <param name="attempt">From 0.</param>
    /// <param name="first">The wait after the first failure.</param>
    /// <param name="max">The longest wait.</param>
    public static TimeSpan Of(int attempt, TimeSpan first, TimeSpan max)
    {
        var wait = first * Math.Pow(2, Math.Min(attempt, 20));
        var bounded = wait < max ? wait : max;
        return bounded * (0.8 + (0.2 * RandomNumberGenerator.GetInt32(Scale) / Scale));
    }
}
