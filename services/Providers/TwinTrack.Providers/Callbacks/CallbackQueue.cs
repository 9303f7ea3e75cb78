using System.Threading.Channels;
using Microsoft.EntityFrameworkCore;
using TwinTrack.Platform.Jobs;
using TwinTrack.Platform.Storage;
using TwinTrack.Providers.Domain.Callbacks;
using TwinTrack.Providers.Jobs;
using TwinTrack.Providers.Persistence;

namespace TwinTrack.Providers.Callbacks;

/// <summary>
/// Stores callbacks, many in one commit. Callbacks that arrive during a commit wait for the next one. Each is answered
/// after its commit, so 2xx means stored. A job processes them later.
/// </summary>
internal sealed class CallbackQueue(IServiceScopeFactory scopes, CommitSignal<ProvidersDb> commitSignal,
    TimeProvider clock)
    : BackgroundService
{
    private const int BatchMax = 512;
    private const int TriesMax = 4;

    /// <summary>Unbounded here, because <see cref="CallbackMemoryLimit"/> limits how many are under way.</summary>
    private readonly Channel<Arrival> _arrivals =
        Channel.CreateUnbounded<Arrival>(new UnboundedChannelOptions { SingleReader = true });

    private sealed record Arrival(Evidence Callback, TaskCompletionSource Kept);

    /// <summary>
    /// Ends when the callback is committed. Throws when the commit failed; even then the callback may be stored.
    /// </summary>
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
            // The host stops. Callbacks that are still queued are refused below.
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
                // Another copy of the service stored the same callback at the same time. The next try finds it.
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
        var hints = scope.ServiceProvider.GetRequiredService<CallbackHintWriter>();
        await db.InTransactionAsync(
            async () =>
            {
                // Every copy uses the same order of channels, so two copies never deadlock.
                foreach (var channel in batch.Select(arrival => arrival.Callback).GroupBy(callback => callback.Channel)
                    .OrderBy(group => group.Key, StringComparer.Ordinal))
                {
                    await KeepAsync(db, hints, channel.Key, channel.ToLookup(callback => callback.Identity), cancel);
                }
            },
            cancel);
        commitSignal.Committed();
    }

    private async Task KeepAsync(ProvidersDb db, CallbackHintWriter hints, string channel,
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

        // A repeated signed message is only counted. Unsigned bytes may be about a new event.
        var unsigned = callbacks.Where(same => known.Contains(same.Key)).Select(same => same.First())
            .Where(callback => callback.Scheme == CallbackSchemes.None && callback.Kind == EvidenceKind.Callback)
            .Select(callback => callback.Name).Distinct().ToList();
        await hints.ApplyHintsAsync(channel, unsigned, CallbackNovelty.RepeatedUnsigned, cancel);
        if (fresh.Count > 0)
        {
            await db.WakeJobAsync(JobKinds.Callbacks, channel, clock.GetUtcNow(), cancel);
        }
    }
}
