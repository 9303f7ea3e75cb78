using System.Diagnostics;

namespace TwinTrack.Running;

/// <summary>
/// One named process of a running system. It can be started, stopped, killed and started again, always at the same
/// address and with the same files.
/// </summary>
/// <param name="name">For people, and of the log file, e.g. <c>payments-1</c> or <c>postgres</c>.</param>
/// <param name="logFolder">Where its output goes.</param>
internal abstract class NamedProcess(string name, string logFolder) : IAsyncDisposable
{
    private ChildProcess? _child;

    public string Name => name;

    public bool IsRunning => _child is { HasExited: false };

    /// <summary>Null while it does not run.</summary>
    public int? ProcessId => IsRunning ? _child!.ProcessId : null;

    protected string LogFolder => logFolder;

    /// <summary>
    /// Time between the stop signal and a kill. Services and then servers must stop within the time that this program
    /// has after Ctrl-C. A kill loses no data either.
    /// </summary>
    protected virtual TimeSpan StopPatience => TimeSpan.FromSeconds(13);

    /// <summary>The signal by which it ends in good order.</summary>
    protected virtual string StopSignal => "TERM";

    /// <summary>Starts it, and returns when it does its work.</summary>
    public async Task StartAsync(CancellationToken cancel)
    {
        await LaunchAsync(cancel);
        await ReadyAsync(cancel);
    }

    /// <summary>Starts it without waiting for it; nothing happens when it runs.</summary>
    public async Task LaunchAsync(CancellationToken cancel)
    {
        if (IsRunning)
        {
            return;
        }

        await DisposeAsync();
        _child = ChildProcess.Start(name, await DescribeAsync(cancel), logFolder);
    }

    /// <summary>Waits until it does its work.</summary>
    public Task ReadyAsync(CancellationToken cancel) =>
        _child?.ReadyAsync(IsReadyAsync, cancel)
            ?? throw new InvalidOperationException($"{name} is not started.");

    /// <summary>Asks it to end, and ends it if it does not.</summary>
    public virtual Task StopAsync() => _child?.StopAsync(StopSignal, StopPatience) ?? Task.CompletedTask;

    /// <inheritdoc cref="ChildProcess.KillAsync"/>
    public virtual Task KillAsync() => _child?.KillAsync() ?? Task.CompletedTask;

    /// <summary>Ends it in good order and starts it again.</summary>
    public async Task RestartAsync(CancellationToken cancel)
    {
        await StopAsync();
        await StartAsync(cancel);
    }

    /// <inheritdoc cref="ChildProcess.LastLines"/>
    public string LastLines() => _child?.LastLines() ?? "";

    /// <summary>Ends it without asking.</summary>
    public virtual async ValueTask DisposeAsync()
    {
        if (_child is not null)
        {
            await _child.DisposeAsync();
            _child = null;
        }
    }

    /// <summary>What to run. May prepare files; called at each start.</summary>
    protected abstract Task<ProcessStartInfo> DescribeAsync(CancellationToken cancel);

    /// <summary>Whether it does its work now.</summary>
    protected abstract Task<bool> IsReadyAsync(CancellationToken cancel);
}
