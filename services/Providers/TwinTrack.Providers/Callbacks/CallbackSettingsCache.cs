using System.Collections.Concurrent;
using TwinTrack.Kernel;
using TwinTrack.Providers.Channels;
using TwinTrack.Providers.Domain.Callbacks;

namespace TwinTrack.Providers.Callbacks;

/// <summary>
/// Caches for seconds how each channel's callbacks are authenticated. Thousands of callbacks a second must not each
/// read and unseal the settings. A change by another copy takes effect after that time.
/// </summary>
internal sealed class CallbackSettingsCache(IServiceScopeFactory scopes, TimeProvider clock)
{
    /// <summary>A caller may name any channel, so the cache of unknown channels is bounded too.</summary>
    private const int ChannelsMax = 1_000;

    private static readonly TimeSpan Remembered = TimeSpan.FromSeconds(5);
    private readonly ConcurrentDictionary<string, (CallbackSettings? Door, DateTimeOffset Until)> _doors = new(
        StringComparer.Ordinal);

    /// <summary>Null when the channel is unknown or its connection cannot be used.</summary>
    public async ValueTask<CallbackSettings?> OfAsync(string channel, CancellationToken cancel)
    {
        var now = clock.GetUtcNow();
        if (_doors.TryGetValue(channel, out var known) && known.Until > now)
        {
            return known.Door;
        }

        await using var scope = scopes.CreateAsyncScope();
        var opened = await scope.ServiceProvider.GetRequiredService<ChannelConnections>().OpenAsync(channel, cancel);
        var door = opened.Match<CallbackSettings?>(line => line.Door, _ => null);
        if (_doors.Count >= ChannelsMax)
        {
            _doors.Clear();
        }

        _doors[channel] = (door, now + Remembered);
        return door;
    }

    public void Forget(string channel) => _doors.TryRemove(channel, out _);
}
