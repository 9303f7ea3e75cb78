using System.Text.Json;
using TwinTrack.Contracts.Payments.V1;
using TwinTrack.Contracts.Routing.V1;
using TwinTrack.Kernel;
using TwinTrack.Payments.Persistence;
using TwinTrack.Platform.Jobs;
using TwinTrack.Platform.Messaging;
using TwinTrack.Platform.Storage;

namespace TwinTrack.Payments.Jobs;

/// <summary>
/// Answers one question about a switch's scope without blocking any writer. Subject: switch and question. Arguments:
/// the question.
/// </summary>
internal sealed class CountDispositionsJob(PaymentsDb db, Outbox<PaymentsDb> outbox, TimeProvider clock)
    : IJob<PaymentsDb>
{
    internal const string Kind = "answer-dispositions";

    public async Task<JobStep> StepAsync(Job job, CancellationToken cancel)
    {
        var asked = JsonSerializer.Deserialize<CountDispositions>(job.Arguments!, MessageJson.Options)!;
        var scope = new MoveScope(
            TypedId.Parse<SwitchId>(asked.SwitchId), TypedId.Parse<CycleId>(asked.CycleId), asked.Programme,
            [.. asked.Areas], [.. asked.Channels]);
        var planningBefore = await PlanFurtherAttemptsJob.IsPlanningAsync(db, scope, clock.GetUtcNow(), cancel);
        var found = await (asked.WithList ? DispositionsQuery.ReadAsync(db, scope, asked.Grouping, cancel)
            : DispositionsQuery.SumAsync(db, scope, cancel));
        await db.InTransactionAsync(
            async () =>
            {
                job.Done = found.Count;
                // Read before and after the count. An obligation may be counted as waiting and be planned meanwhile.
                var planning = planningBefore
                    || await PlanFurtherAttemptsJob.IsPlanningAsync(db, scope, clock.GetUtcNow(), cancel);
                outbox.Send(
                    new DispositionsCounted(asked.SwitchId, asked.QuestionNumber, found.ListHash, found.Count,
                        found.SumMinor, planning, found.Rows, found.Order));
            },
            cancel);
        return JobStep.Finished;
    }
}
