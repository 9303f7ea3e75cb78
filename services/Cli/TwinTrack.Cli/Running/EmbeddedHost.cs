namespace TwinTrack.Cli.Running;

/// <summary>The embedded host on one data folder and one address; can be killed and started again on the same.</summary>
internal sealed class EmbeddedHost(string data, Uri address, string logFolder) : IAsyncDisposable
{
    private ChildProgram? _running;

    public Uri Address => address;

    public string Data => data;

    public ChildProgram Running => _running ?? throw new InvalidOperationException("The host is not running.");

    public async Task StartAsync(CancellationToken cancel, params string[] more) =>
        _running = await ChildProgram.StartAsync(
            "host",
            "TwinTrack.Embedded",
            address,
            logFolder,
            ["--data", data, "--urls", Bare(address), "--auth:demoUsers", "true", "--Logging:LogLevel:Default", "Warning", .. more],
            cancel);

    /// <summary>kill -9, then start again on the same files.</summary>
    public async Task CrashAndRestartAsync(CancellationToken cancel)
    {
        await Running.DisposeAsync();
        _running = null;
        await StartAsync(cancel);
    }

    public async ValueTask DisposeAsync()
    {
        if (_running is not null)
        {
            await _running.DisposeAsync();
        }
    }

    private static string Bare(Uri address) => address.GetLeftPart(UriPartial.Authority);
}
