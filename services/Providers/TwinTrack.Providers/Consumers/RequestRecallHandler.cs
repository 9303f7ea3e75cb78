using System.Text.Json;
using TwinTrack.Contracts.Routing.V1;
using TwinTrack.Platform.Messaging;
using TwinTrack.Providers.Jobs;
using TwinTrack.Providers.Persistence;

namespace TwinTrack.Providers.Consumers;

/// <summary>
/// Starts the recall of what left and is not final. Asked for again, it recalls again, which is harmless, and answers
/// again.
/// </summary>
internal sealed class RequestRecallHandler(ProvidersDb db, TimeProvider clock) : IMessageHandler<RequestRecall>
{
    public Task HandleAsync(RequestRecall message, CancellationToken cancel) => db.RestartJobAsync(
        JobKinds.Recall, $"{message.SwitchId}:{message.Channel}",
        JsonSerializer.Serialize(message, MessageJson.Options),
        clock.GetUtcNow(),
        cancel);
}
