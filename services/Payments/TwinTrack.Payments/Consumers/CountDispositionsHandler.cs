using System.Text.Json;
using TwinTrack.Contracts.Routing.V1;
using TwinTrack.Payments.Jobs;
using TwinTrack.Payments.Persistence;
using TwinTrack.Platform.Jobs;
using TwinTrack.Platform.Messaging;
using TwinTrack.Platform.Storage;

namespace TwinTrack.Payments.Consumers;

/// <summary>Starts the job that answers the question. The same question is answered once.</summary>
internal sealed class CountDispositionsHandler(PaymentsDb db, TimeProvider clock) : IMessageHandler<CountDispositions>
{
    public Task HandleAsync(CountDispositions message, CancellationToken cancel) =>
        db.StartJobAsync(
            CountDispositionsJob.Kind, Invariant($"{message.SwitchId}:{message.QuestionNumber}"), clock.GetUtcNow(),
            cancel,
            JsonSerializer.Serialize(message, MessageJson.Options));
}
