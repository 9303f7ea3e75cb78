using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using TwinTrack.Contracts.Routing.V1;
using TwinTrack.Kernel;
using TwinTrack.Platform.Jobs;
using TwinTrack.Platform.Storage;
using TwinTrack.Providers.Domain;
using TwinTrack.Providers.Persistence;

namespace TwinTrack.Providers.Channels;

/// <summary>How many covered orders were asked back, and how many were not.</summary>
internal sealed record RecallSums(long Asked, long NotRecallable);

/// <summary>
/// Asks back the covered orders that were sent and are not final, one unit per step. The provider's answers come later.
/// A provider that does not answer does not delay the switch: its orders wait. Where nothing can be asked back, they
/// are only counted.
/// </summary>
internal sealed class ScopeRecall(ProvidersDb db, ChannelConnections connections, Recaller recaller)
{
    /// <summary>After this many unanswered calls in a row, the provider counts as unreachable.</summary>
    private const int FaultsMax = 3;

    private sealed record RecallProgress(string After, long Asked, long NotRecallable, int Faults)
    {
        public static readonly RecallProgress Start = new("", 0, 0, 0);
    }

    /// <summary>Asks for the next unit. The sums when there is none left; null before.</summary>
    public async Task<RecallSums?> AskNextAsync(StopScope asked, ScopeStop stop, Job job, CancellationToken cancel)
    {
        var opened = await connections.OpenAsync(asked.Channel, cancel);
        if (job.Cursor is null
            && (!asked.Recall || !opened.Allows(out var first, out _) || !first.Abilities.Recall))
        {
            return new RecallSums(0, await CountAsync(asked.Channel, stop, cancel));
        }

        var progress = job.Cursor is null ? RecallProgress.Start
            : JsonSerializer.Deserialize<RecallProgress>(job.Cursor)!;
        var unit = await OpenUnits(asked.Channel)
#pragma warning disable CA1309 // The database compares.
            .Where(row => string.Compare(row.Reference, progress.After) > 0)
#pragma warning restore CA1309
            .OrderBy(row => row.Reference).FirstOrDefaultAsync(cancel);
        if (unit is null)
        {
            return new RecallSums(progress.Asked, progress.NotRecallable);
        }

        var next = await RecallAsync(opened, asked, stop, unit, progress with { After = unit.Reference }, job, cancel);
        await db.InTransactionAsync(
            () =>
            {
                job.Cursor = JsonSerializer.Serialize(next);
                return Task.CompletedTask;
            },
            cancel);
        return null;
    }

    private async Task<RecallProgress> RecallAsync(Result<ChannelConnection> opened, StopScope asked, ScopeStop stop,
        SentUnit unit, RecallProgress progress, Job job, CancellationToken cancel)
    {
        var scope = await Covered(stop).Where(row => row.UnitReference == unit.Reference)
            .Select(row => row.InstructionId).ToListAsync(cancel);
        if (scope.Count == 0)
        {
            return progress;
        }

        if (progress.Faults >= FaultsMax || !opened.Allows(out var connection, out _) || !connection.Abilities.Recall)
        {
            return progress with { NotRecallable = progress.NotRecallable + scope.Count };
        }

        var went = await recaller.RecallAsync(connection, unit, scope, asked.SwitchId, job, cancel);
        return went
            ? progress with { Asked = progress.Asked + scope.Count, Faults = 0 }
            : progress with { NotRecallable = progress.NotRecallable + scope.Count, Faults = progress.Faults + 1 };
    }

    private Task<long> CountAsync(string channel, ScopeStop stop, CancellationToken cancel) => OpenUnits(channel)
        .Join(Covered(stop), unit => unit.Reference, row => row.UnitReference, (_, row) => row.InstructionId)
        .LongCountAsync(cancel);

    private IQueryable<SentUnit> OpenUnits(string channel) =>
        db.Units.AsNoTracking().Where(row => row.Channel == channel && row.Open);

    /// <summary>Orders that the stop covers and that have no final state.</summary>
    private IQueryable<PaymentOrderRow> Covered(ScopeStop stop)
    {
        var openStates = PaymentOrderLifecycle.Open.ToList();
        var areas = stop.Areas.ToList();
        return db.PaymentOrders.AsNoTracking()
            .Where(row => row.Epoch < stop.Epoch && row.Programme == stop.Programme && openStates.Contains(row.State))
            .Where(row => areas.Count == 0 || areas.Contains(row.Area));
    }
}
