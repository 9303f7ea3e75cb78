using System.Collections.Concurrent;

namespace TwinTrack.Platform.Health;

/// <summary>
/// When each background loop of this process last completed a turn. A loop without turns is stuck, even if the web
/// server answers. Thread-safe.
/// </summary>
public sealed class Heartbeats(TimeProvider clock)
{
    private readonly ConcurrentDictionary<string, long> _beats = new();

    /// <param name="loop">Service and work, e.g. <c>payments.jobs</c>.</param>
    public void Beat(string loop) => _beats[loop] = clock.GetTimestamp();

    /// <summary>The loop ended as requested, so it is no longer expected.</summary>
    public void Ended(string loop) => _beats.TryRemove(loop, out _);

    /// <summary>Every loop and the time since its last turn.</summary>
    public IEnumerable<(string Loop, TimeSpan Ago)> Beats =>
        _beats.OrderBy(beat => beat.Key, StringComparer.Ordinal)
            .Select(beat => (beat.Key, clock.GetElapsedTime(beat.Value)));
}
