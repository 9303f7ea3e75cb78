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
    private readonly ConcurrentDictionary<string, (CallbackSettings? Settings, DateTimeOffset Until)> _known = new(
        StringComparer.Ordinal);

    /// <summary>Null when the channel is unknown or its connection cannot be used.</summary>
    public async ValueTask<CallbackSettings?> OfAsync(string channel, CancellationToken cancel)
    {
        var now = clock.GetUtcNow();
        if (_known.TryGetValue(channel, out var known) && known.Until > now)
        {
            return known.Settings;
        }

        await using var scope = scopes.CreateAsyncScope();
        var opened = await scope.ServiceProvider.GetRequiredService<ChannelConnections>().OpenAsync(channel, cancel);
        var settings = opened.Match<CallbackSettings?>(connection => connection.Callbacks, _ => null);
        if (_known.Count >= ChannelsMax)
        {
            _known.Clear();
        }

        _known[channel] = (settings, now + Remembered);
        return settings;
    }

    public void Forget(string channel) => _known.TryRemove(channel, out _);
}
