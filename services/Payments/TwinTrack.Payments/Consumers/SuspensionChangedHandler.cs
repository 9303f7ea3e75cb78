using System.Text.Json;
using TwinTrack.Contracts.Routing.V1;
using TwinTrack.Kernel;
using TwinTrack.Payments.Persistence;
using TwinTrack.Platform.Messaging;
using TwinTrack.Platform.Storage;

namespace TwinTrack.Payments.Consumers;

/// <summary>
/// Stores a suspension, and its end. The two messages may come in any order and any number of times: an end stays.
/// </summary>
internal sealed class SuspensionChangedHandler(PaymentsDb db) : IMessageHandler<SuspensionChanged>
{
    public async Task HandleAsync(SuspensionChanged message, CancellationToken cancel)
    {
        var id = TypedId.Parse<SuspensionId>(message.SuspensionId);
        await db.LockAsync($"suspension.{id}", cancel);
        if (await db.Suspensions.FindAsync([id], cancel) is { } known)
        {
            known.EndedAt ??= message.EndedAt;
            return;
        }

        db.Suspensions.Add(new KnownSuspension
        {
            Id = id,
            Programme = message.Programme,
            Areas = JsonSerializer.Serialize(message.Areas),
            Track = message.Track,
            EndedAt = message.EndedAt,
        });
    }
}
