
using TwinTrack.Platform.Health;

namespace TwinTrack.Platform.Storage;

/// <summary>
/// Tells the background loops of one database about a commit, so that they run now and not at their next tick. It only
/// makes them faster, because the loops also run by themselves. Each turn of a loop also counts as its heartbeat.
/// </summary>
public sealed class CommitSignal<TDb>(ServiceName<TDb> service, Heartbeats hearts) : IDisposable
    where TDb : ServiceDb
{
    private readonly SemaphoreSlim _outbox = new(0, 1);
    private readonly SemaphoreSlim _jobs = new(0, 1);

    public void Committed()
    {
        Raise(_outbox);
        Raise(_jobs);
    }

    internal void OutboxTurns() => hearts.Beat($"{service.Value}.outbox");

    internal void OutboxEnds() => hearts.Ended($"{service.Value}.outbox");

    internal void JobsTurn() => hearts.Beat($"{service.Value}.jobs");

    internal void JobsEnd() => hearts.Ended($"{service.Value}.jobs");

    internal Task<bool> OutboxWorkAsync(TimeSpan atMost, CancellationToken cancel) => _outbox.WaitAsync(atMost, cancel);

    internal Task<bool> JobWorkAsync(TimeSpan atMost, CancellationToken cancel) => _jobs.WaitAsync(atMost, cancel);

    public void Dispose()
    {
        _outbox.Dispose();
        _jobs.Dispose();
    }

    private static void Raise(SemaphoreSlim semaphore)
    {
        if (semaphore.CurrentCount == 0)
        {
            try
            {
                semaphore.Release();
            }
            catch (SemaphoreFullException)
            {
                // Another thread raised it between the check and the release. It is raised, so nothing is left to do.
            }
        }
    }
}
