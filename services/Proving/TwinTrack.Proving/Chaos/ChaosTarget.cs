using TwinTrack.Proving.Demo;

namespace TwinTrack.Proving.Chaos;

/// <summary>A running system with all parts that a fault can hit.</summary>
internal abstract class ChaosTarget : IAsyncDisposable
{
    private readonly CancellationTokenSource _watching = new();
    private readonly List<Task> _watches = [];

    public required DemoWorld World { get; init; }

    /// <summary>What is watched, killed and restarted.</summary>
    public List<SupervisedProcess> Programs { get; } = [];

    public List<TcpProxy> Ways { get; } = [];

    public SmallDisk? Disk { get; protected set; }

    /// <summary>Keeps the data, to analyse a failure.</summary>
    public bool KeepData { get; set; }

    public abstract Tables Tables { get; }

    public abstract Targets Targets { get; }

    public long Resets => Ways.Sum(way => way.Resets);

    public int FellOver => Programs.Sum(program => program.FellOver);

    /// <summary>Starts everything; people are logged in when it returns.</summary>
    public abstract Task StartAsync(CancellationToken cancel);

    /// <summary>From now on every program that ends is started again.</summary>
    public void Watch() =>
        _watches.AddRange(Programs.Select(program => Task.Run(() => UntilCancelledAsync(program.WatchAsync))));

    public virtual async ValueTask DisposeAsync()
    {
        await _watching.CancelAsync();
        await Task.WhenAll(_watches);
        await World.DisposeAsync();
        foreach (var way in Ways)
        {
            await way.DisposeAsync();
        }

        foreach (var program in Programs)
        {
            program.Dispose();
        }

        _watching.Dispose();
    }

    private async Task UntilCancelledAsync(Func<CancellationToken, Task> work)
    {
        try
        {
            await work(_watching.Token);
        }
        catch (OperationCanceledException)
        {
            // The run is over.
        }
    }
}
