using System.Text.Json;
using TwinTrack.Contracts.Routing.V1;
using TwinTrack.Platform.Messaging;
using TwinTrack.Providers.Jobs;
using TwinTrack.Providers.Persistence;

namespace TwinTrack.Providers.Consumers;

/// <summary>
/// Starts the recall of sent orders that are not final. A repeated message recalls and answers again, which is
/// harmless.
/// </summary>
internal sealed class RequestRecallHandler(ProvidersDb db, TimeProvider clock) : IMessageHandler<RequestRecall>
{
    public Task HandleAsync(RequestRecall message, CancellationToken cancel) => db.RestartJobAsync(
        JobKinds.Recall, $"{message.SwitchId}:{message.Channel}",
        JsonSerializer.Serialize(message, MessageJson.Options),
        clock.GetUtcNow(),
        cancel);
}
