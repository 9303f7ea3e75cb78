using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using TwinTrack.Contracts.Routing.V1;
using TwinTrack.Payments.Jobs;
using TwinTrack.Payments.Persistence;
using TwinTrack.Platform.Jobs;
using TwinTrack.Platform.Messaging;
using TwinTrack.Platform.Storage;

namespace TwinTrack.Payments.Consumers;

/// <summary>
/// Starts the job that answers the question. Routing repeats a question whose answer it misses: then a finished job
/// answers again. Routing takes the first answer only.
/// </summary>
internal sealed class CountDispositionsHandler(PaymentsDb db, TimeProvider clock) : IMessageHandler<CountDispositions>
{
    public async Task HandleAsync(CountDispositions message, CancellationToken cancel)
    {
        var subject = Invariant($"{message.SwitchId}:{message.QuestionNumber}");
        var answered = await db.Jobs.AnyAsync(
            job => job.Kind == CountDispositionsJob.Kind && job.Subject == subject && job.State == JobState.Done,
            cancel);
        await (answered ? db.WakeJobAsync(CountDispositionsJob.Kind, subject, clock.GetUtcNow(), cancel)
            : db.StartJobAsync(
                CountDispositionsJob.Kind, subject, clock.GetUtcNow(), cancel,
                JsonSerializer.Serialize(message, MessageJson.Options)));
    }
}
