namespace TwinTrack.Proving.Systems;

/// <summary>TwinTrack as it runs on this machine, in one process or in many. Disposing ends all of it.</summary>
internal interface IRunningSystem : IAsyncDisposable
{
    /// <summary>Where people and providers reach it: the gateway.</summary>
    Uri Address { get; }

    /// <summary>Starts it, and returns when it serves.</summary>
    Task StartAsync(CancellationToken cancel);

    /// <summary>Ends it in good order.</summary>
    Task StopAsync();

    /// <summary>The last words of a part that ended by itself; null while all run.</summary>
    string? Ended();
}
