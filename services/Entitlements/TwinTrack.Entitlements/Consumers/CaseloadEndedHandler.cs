using Microsoft.Extensions.Logging;
using TwinTrack.Contracts.Enrolments.V1;
using TwinTrack.Entitlements.Persistence;
using TwinTrack.Kernel;
using TwinTrack.Platform.Messaging;

namespace TwinTrack.Entitlements.Consumers;

/// <summary>
/// Stores how many households to expect. The message may come before the last part, and a repetition changes nothing.
/// </summary>
internal sealed partial class CaseloadEndedHandler(EntitlementsDb db, ILogger<CaseloadEndedHandler> logger)
    : IMessageHandler<CaseloadEnded>
{
    public async Task HandleAsync(CaseloadEnded message, CancellationToken cancel)
    {
        var id = TypedId.Parse<CycleId>(message.CycleId);
        var cycle = await db.LockCycleAsync(id, cancel)
            ?? throw new InvalidOperationException($"A caseload ended for {id}, which nobody opened.");
        if (!cycle.Announce(message.Rows).Allows(out _, out var refusal))
        {
            LogRefused(logger, id, refusal.Code);
        }
    }

    [LoggerMessage(EventId = 3102, Level = LogLevel.Information,
        Message = "The end of the caseload of {CycleId} was not noted: {Code}")]
    private static partial void LogRefused(ILogger logger, CycleId cycleId, string code);
}
