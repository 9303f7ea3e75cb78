using System.Threading.Channels;
using Microsoft.EntityFrameworkCore;
using TwinTrack.Platform.Jobs;
using TwinTrack.Platform.Storage;
using TwinTrack.Providers.Domain.Callbacks;
using TwinTrack.Providers.Jobs;
using TwinTrack.Providers.Persistence;

namespace TwinTrack.Providers.Callbacks;

/// <summary>
/// Makes callbacks durable, many in one commit: while one transaction commits, what arrives meanwhile waits for the
/// next. Each is answered after the commit that holds it, so 2xx means kept. What it does is a job's business.
/// </summary>
internal sealed class CallbackQueue(IServiceScopeFactory scopes, CommitSignal<ProvidersDb> pulse, TimeProvider clock)
    : BackgroundService
{
    private const int BatchMax = 512;
    private const int TriesMax = 4;

    /// <summary>Not bounded here: <see cref="CallbackMemoryLimit"/> bounds how many are under way.</summary>
    private readonly Channel<Arrival> _arrivals =
        Channel.CreateUnbounded<Arrival>(new UnboundedChannelOptions { SingleReader = true });

    private sealed record Arrival(Evidence Callback, TaskCompletionSource Kept);

    /// <summary>Ends when it is committed; throws when it is not, and then it may be there all the same.</summary>
    public Task KeepAsync(Evidence callback)
    {
        var arrival =
            new Arrival(callback, new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));
        return _arrivals.Writer.TryWrite(arrival)
            ? arrival.Kept.Task : Task.FromException(new TimeoutException("This copy is stopping."));
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var batch = new List<Arrival>(BatchMax);
        try
        {
            while (await _arrivals.Reader.WaitToReadAsync(stoppingToken))
            {
                batch.Clear();
                while (batch.Count < BatchMax && _arrivals.Reader.TryRead(out var arrival))
                {
                    batch.Add(arrival);
                }

                await AnswerAsync(batch, stoppingToken);
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // Told to stop while it waited: what came meanwhile is turned away below.
        }
        finally
        {
            _arrivals.Writer.Complete();
            while (_arrivals.Reader.TryRead(out var arrival))
            {
                arrival.Kept.TrySetException(new TimeoutException("This copy is stopping."));
            }
        }
    }

    private async Task AnswerAsync(List<Arrival> batch, CancellationToken cancel)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                await CommitAsync(batch, cancel);
                batch.ForEach(arrival => arrival.Kept.TrySetResult());
                return;
            }
            catch (Exception fault) when (fault.IsRace() && attempt < TriesMax)
            {
                // Another copy was sent the same callback at the same moment: now it is known.
            }
#pragma warning disable CA1031 // Whatever it was, each caller hears it and the loop lives on.
            catch (Exception fault)
#pragma warning restore CA1031
            {
                batch.ForEach(arrival => arrival.Kept.TrySetException(fault));
                return;
            }
        }
    }

    private async Task CommitAsync(List<Arrival> batch, CancellationToken cancel)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<ProvidersDb>();
        var desk = scope.ServiceProvider.GetRequiredService<CallbackHintWriter>();
        await db.InTransactionAsync(
            async () =>
            {
                // In one order everywhere, so that two copies never wait for each other crosswise.
                foreach (var channel in batch.Select(arrival => arrival.Callback).GroupBy(callback => callback.Channel)
                    .OrderBy(group => group.Key, StringComparer.Ordinal))
                {
                    await KeepAsync(db, desk, channel.Key, channel.ToLookup(callback => callback.Identity), cancel);
                }
            },
            cancel);
        pulse.Committed();
    }

    private async Task KeepAsync(ProvidersDb db, CallbackHintWriter desk, string channel,
        ILookup<string, Evidence> callbacks, CancellationToken cancel)
    {
        var identities = callbacks.Select(same => same.Key).ToList();
        var known =
            (await db.Evidence.AsNoTracking().Where(row => row.Channel == channel && identities.Contains(row.Identity))
                .Select(row => row.Identity).ToListAsync(cancel)).ToHashSet();
        var fresh = callbacks.Where(same => !known.Contains(same.Key)).Select(same =>
        {
            var first = same.First();
            first.TimesSeen = same.Count();
            return first;
        }).ToList();
        await db.BulkInsertAsync(fresh, cancel);
        await db.BulkInsertAsync(fresh.ConvertAll(QueuedCallback.Of), cancel);
        foreach (var seen in callbacks.Where(same => known.Contains(same.Key)).GroupBy(same => same.Count()))
        {
            var again = seen.Select(same => same.Key).ToList();
            await db.Evidence.Where(row => row.Channel == channel && again.Contains(row.Identity))
                .ExecuteUpdateAsync(set => set.SetProperty(row => row.TimesSeen, row => row.TimesSeen + seen.Key),
                    cancel);
        }

        // A signed message that came again is counted, whenever it comes; bytes that nobody signed may be said of
        // something new.
        var unsigned = callbacks.Where(same => known.Contains(same.Key)).Select(same => same.First())
            .Where(callback => callback.Scheme == CallbackSchemes.None && callback.Kind == EvidenceKind.Callback)
            .Select(callback => callback.Name).Distinct().ToList();
        await desk.HeedAsync(channel, unsigned, CallbackNovelty.RepeatedUnsigned, cancel);
        if (fresh.Count > 0)
        {
            await db.WakeJobAsync(JobKinds.Callbacks, channel, clock.GetUtcNow(), cancel);
        }
    }
}
