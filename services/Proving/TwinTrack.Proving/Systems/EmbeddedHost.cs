using TwinTrack.Running;

namespace TwinTrack.Proving.Systems;

/// <summary>
/// The embedded host on one data folder and one address; can be killed and started again on the same.
/// </summary>
internal sealed class EmbeddedHost(string data, Uri address, string logFolder) : IRunningSystem
{
    private ChildProgram? _running;

    public Uri Address => address;

    public string Data => data;

    /// <summary>Started, and not ended by itself since.</summary>
    public bool IsUp => _running is { HasExited: false };

    public ChildProgram Running => _running ?? throw new InvalidOperationException("The host is not running.");

    public async Task StartAsync(CancellationToken cancel) =>
        _running = await ChildProgram.StartAsync(
            "host",
            "TwinTrack.Embedded",
            address,
            logFolder,
            ArgumentsOf(data, address),
            cancel);

    /// <summary>A host of a demonstration: users with a known password, and quiet logs.</summary>
    internal static string[] ArgumentsOf(string data, Uri address) =>
    [
        "--data", data, "--urls", address.GetLeftPart(UriPartial.Authority), "--auth:demoUsers", "true",
        "--Logging:LogLevel:Default", "Warning",
    ];

    public Task StopAsync() => Running.StopAsync();

    public string? Ended() => Running.HasExited
        ? $"The host ended by itself. Its last words:\n{Running.LastLines()}" : null;

    /// <summary>kill -9, then start again on the same files.</summary>
    public async Task CrashAndRestartAsync(CancellationToken cancel)
    {
        await DisposeAsync();
        await StartAsync(cancel);
    }

    /// <summary>kill -9. Nothing when it does not run.</summary>
    public async ValueTask DisposeAsync()
    {
        if (_running is { } running)
        {
            _running = null;
            await running.DisposeAsync();
        }
    }
}
