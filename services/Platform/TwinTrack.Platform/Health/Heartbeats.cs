using System.Collections.Concurrent;

namespace TwinTrack.Platform.Health;

/// <summary>
/// When each background loop of this process last came round. A loop that no longer comes round is stuck, whatever the
/// web server answers. Thread-safe.
/// </summary>
public sealed class Heartbeats(TimeProvider clock)
{
    private readonly ConcurrentDictionary<string, long> _beats = new();

    /// <param name="loop">Service and work, e.g. <c>payments.jobs</c>.</param>
    public void Beat(string loop) => _beats[loop] = clock.GetTimestamp();

    /// <summary>The loop has ended because it was told to; it is not missed.</summary>
    public void Ended(string loop) => _beats.TryRemove(loop, out _);

    /// <summary>Every loop and how long ago it came round.</summary>
    public IEnumerable<(string Loop, TimeSpan Ago)> Beats =>
        _beats.OrderBy(beat => beat.Key, StringComparer.Ordinal)
            .Select(beat => (beat.Key, clock.GetElapsedTime(beat.Value)));
}
