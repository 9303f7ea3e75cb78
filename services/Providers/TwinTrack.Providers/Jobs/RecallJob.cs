using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using TwinTrack.Contracts.Providers.V1;
using TwinTrack.Contracts.Routing.V1;
using TwinTrack.Kernel;
using TwinTrack.Platform.Jobs;
using TwinTrack.Platform.Messaging;
using TwinTrack.Platform.Security;
using TwinTrack.Platform.Storage;
using TwinTrack.Providers.Channels;
using TwinTrack.Providers.Domain;
using TwinTrack.Providers.Persistence;

namespace TwinTrack.Providers.Jobs;

/// <summary>
/// Recalls the sent orders in a switch's scope that are not final, one unit per step. Then reports how many recalls
/// were requested. The provider's answers come later. A provider that does not answer does not delay the switch: its
/// orders wait.
/// </summary>
internal sealed class RecallJob(
    ProvidersDb db, ChannelConnections connections, Recaller recaller, Outbox<ProvidersDb> outbox,
    AuditTrail<ProvidersDb> audit) : IJob<ProvidersDb>
{
    /// <summary>After this many unanswered calls in a row, the provider counts as unreachable.</summary>
    private const int FaultsMax = 3;

    private sealed record RecallProgress(string After, long Asked, long NotRecallable, int Faults, bool Answered)
    {
        public static readonly RecallProgress Start = new("", 0, 0, 0, Answered: false);
    }

    public async Task<JobStep> StepAsync(Job job, CancellationToken cancel)
    {
        var asked = JsonSerializer.Deserialize<RequestRecall>(job.Arguments!, MessageJson.Options)!;
        var progress = job.Cursor is null ? RecallProgress.Start
            : JsonSerializer.Deserialize<RecallProgress>(job.Cursor)!;
        if (progress.Answered)
        {
            return JobStep.Finished;
        }

        var unit = await db.Units.AsNoTracking()
#pragma warning disable CA1309 // The database compares.
            .Where(row => row.Channel == asked.Channel && row.Open && string.Compare(row.Reference, progress.After) > 0)
#pragma warning restore CA1309
            .OrderBy(row => row.Reference).FirstOrDefaultAsync(cancel);
        if (unit is null)
        {
            await db.InTransactionAsync(() => AnswerAsync(asked, progress, job, cancel), cancel);
            return JobStep.Finished;
        }

        var next = await RecallAsync(asked, unit, progress with { After = unit.Reference }, job, cancel);
        await db.InTransactionAsync(
            () =>
            {
                job.Cursor = JsonSerializer.Serialize(next);
                job.Done = next.Asked;
                return Task.CompletedTask;
            },
            cancel);
        return JobStep.Again;
    }

    private async Task<RecallProgress> RecallAsync(RequestRecall asked, SentUnit unit, RecallProgress progress, Job job,
        CancellationToken cancel)
    {
        var openStates = PaymentOrderLifecycle.Open.ToList();
        var areas = asked.Areas.ToList();
        var scope = await db.PaymentOrders.AsNoTracking()
            .Where(row => row.UnitReference == unit.Reference && row.Programme == asked.Programme
                && openStates.Contains(row.State))
            .Where(row => areas.Count == 0 || areas.Contains(row.Area))
            .Select(row => row.InstructionId).ToListAsync(cancel);
        if (scope.Count == 0)
        {
            return progress;
        }

        var opened = await connections.OpenAsync(asked.Channel, cancel);
        if (progress.Faults >= FaultsMax || !opened.Allows(out var connection, out _) || !connection.Abilities.Recall)
        {
            return progress with { NotRecallable = progress.NotRecallable + scope.Count };
        }

        var went = await recaller.RecallAsync(connection, unit, scope, asked.SwitchId, job, cancel);
        return went
            ? progress with { Asked = progress.Asked + scope.Count, Faults = 0 }
            : progress with { NotRecallable = progress.NotRecallable + scope.Count, Faults = progress.Faults + 1 };
    }

    private async Task AnswerAsync(RequestRecall asked, RecallProgress progress, Job job, CancellationToken cancel)
    {
        job.Cursor = JsonSerializer.Serialize(progress with { Answered = true });
        outbox.Send(new RecallRequested(asked.SwitchId, asked.Channel, progress.Asked, progress.NotRecallable));
        await audit.RecordAsync(
            Actor.System, "recall-sent", asked.SwitchId,
            new { channel = asked.Channel, asked = progress.Asked, notRecallable = progress.NotRecallable }, cancel);
    }
}
