namespace TwinTrack.Running;

/// <summary>Tells people every ten seconds what is being waited for, on standard error.</summary>
/// <param name="what">What is expected, e.g. <c>postgres to answer</c>.</param>
/// <param name="log">Where the one that is waited for writes; null when its output is kept in memory.</param>
/// <param name="clock">The time that passes.</param>
/// <param name="tell">Hears each line.</param>
internal sealed class WaitingReport(string what, string? log, TimeProvider clock, Action<string> tell)
{
    private static readonly TimeSpan Every = TimeSpan.FromSeconds(10);

    private readonly long _started = clock.GetTimestamp();
    private TimeSpan _next = Every;

    /// <summary>Called while the wait goes on; writes when it is time.</summary>
    public void Tell()
    {
        var elapsed = clock.GetElapsedTime(_started);
        if (elapsed >= _next)
        {
            _next = elapsed + Every;
            var line = Invariant($"Waiting for {what}, for {elapsed.TotalSeconds:0} s now.");
            tell(log is null ? line : $"{line} Its output is in {log}.");
        }
    }
}
