using System.Net.Sockets;
using TwinTrack.Running;

namespace TwinTrack.Proving.Chaos;

/// <summary>
/// A program that chaos kills and restarts. If it ends by itself, it is started again, as by a process supervisor.
/// </summary>
/// <param name="name">Its name in the fault plan.</param>
/// <param name="start">Starts it and waits until it is ready; ends it again when cancelled.</param>
/// <param name="kill">kill -9; nothing when it does not run.</param>
/// <param name="stop">Asks it to end, and waits.</param>
/// <param name="isUp">Whether it runs, as seen from outside.</param>
/// <param name="turn">Held while it must not be killed.</param>
internal sealed class SupervisedProcess(
    string name, Func<CancellationToken, Task> start, Func<Task> kill, Func<Task> stop, Func<bool> isUp,
    SemaphoreSlim? turn = null) : IDisposable
{
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(200);

    private readonly SemaphoreSlim _turn = turn ?? new SemaphoreSlim(1, 1);
    private CancellationTokenSource _starting = new();
    private bool _meantToBeUp = true;
    private bool _coming;

    public string Name => name;

    /// <summary>Ends that nobody had asked for.</summary>
    public int FellOver { get; private set; }

    /// <summary>
    /// kill -9; it is up again when this returns, unless it is killed once more. False when it is not up and may come
    /// up first.
    /// </summary>
    /// <param name="down">How long it stays away.</param>
    /// <param name="evenComing">Also in the middle of its start.</param>
    /// <param name="cancel">Gives up.</param>
    public async Task<bool> CrashAsync(TimeSpan down, bool evenComing, CancellationToken cancel)
    {
        if (_coming && !evenComing)
        {
            return false;
        }

        await _starting.CancelAsync();
        await InTurnAsync(
            async () =>
            {
                _meantToBeUp = false;
                await kill();
                await Task.Delay(down, TimeProvider.System, cancel);
                await StartAsync(cancel);
            },
            cancel);
        return true;
    }

    /// <summary>In good order, and up again when this returns. False when it is not up and may come up first.</summary>
    public async Task<bool> RestartAsync(CancellationToken cancel)
    {
        if (_coming)
        {
            return false;
        }

        await InTurnAsync(
            async () =>
            {
                _meantToBeUp = false;
                await stop();
                await kill();
                await StartAsync(cancel);
            },
            cancel);
        return true;
    }

    /// <summary>Starts it again whenever it has ended by itself.</summary>
    public async Task WatchAsync(CancellationToken cancel)
    {
        while (!cancel.IsCancellationRequested)
        {
            await Task.Delay(Look, TimeProvider.System, cancel);
            await InTurnAsync(EnsureAsync, cancel);
        }

        async Task EnsureAsync()
        {
            if (!isUp())
            {
                FellOver += _meantToBeUp ? 1 : 0;
                await StartAsync(cancel);
            }
        }
    }

    public void Dispose()
    {
        _starting.Dispose();
        if (turn is null)
        {
            _turn.Dispose();
        }
    }

    /// <summary>
    /// Starts the program once. If the start fails, the supervising loop starts it again.
    /// </summary>
    private async Task StartAsync(CancellationToken cancel)
    {
        _starting = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        try
        {
            await start(_starting.Token);
            _meantToBeUp = true;
        }
        catch (Exception fault) when (fault is CannotRunException or HttpRequestException
            or SocketException or IOException
            || (fault is OperationCanceledException && !cancel.IsCancellationRequested))
        {
            _meantToBeUp = false;
            await kill();
        }
    }

    private async Task InTurnAsync(Func<Task> work, CancellationToken cancel)
    {
        await _turn.WaitAsync(cancel);
        try
        {
            _coming = true;
            await work();
            _coming = !isUp();
        }
        finally
        {
            _turn.Release();
        }
    }
}
