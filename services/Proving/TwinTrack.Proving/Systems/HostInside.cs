using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using TwinTrack.Contracts;
using TwinTrack.Embedded;
using TwinTrack.Platform;
using TwinTrack.Running;

namespace TwinTrack.Proving.Systems;

/// <summary>
/// The embedded host in this process. Many worlds one after another then compile the code once, which takes longer than
/// a small world itself. It cannot be killed, and it writes no log.
/// </summary>
internal sealed class HostInside(string data, Uri address) : IRunningSystem
{
    private static readonly TimeSpan StopPatience = TimeSpan.FromSeconds(5);

    private WebApplication? _host;

    public Uri Address => address;

    public async Task StartAsync(CancellationToken cancel)
    {
        _host = TwinTrackHost.Build(
            [.. EmbeddedHost.ArgumentsOf(data, address), "--environment", "Production"], Topology.Arrows,
            AllModules.InReadingOrder(), static services => services.RemoveAll<ILoggerProvider>());
        await _host.StartAsync(cancel);
        while (!await ChildProgram.AnswersAsync(address, "/health", cancel))
        {
            await Task.Delay(TimeSpan.FromMilliseconds(50), TimeProvider.System, cancel);
        }
    }

    public async Task StopAsync()
    {
        using var limit = new CancellationTokenSource(StopPatience, TimeProvider.System);
        await (_host ?? throw new InvalidOperationException("The host is not running.")).StopAsync(limit.Token);
    }

    public string? Ended() => null;

    public async ValueTask DisposeAsync()
    {
        if (_host is { } host)
        {
            await StopAsync();
            _host = null;
            await host.DisposeAsync();
        }
    }
}
