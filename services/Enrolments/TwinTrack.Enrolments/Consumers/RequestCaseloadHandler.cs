using Microsoft.Extensions.Logging;
using TwinTrack.Contracts.Entitlements.V1;
using TwinTrack.Enrolments.Domain;
using TwinTrack.Enrolments.Jobs;
using TwinTrack.Enrolments.Persistence;
using TwinTrack.Kernel;
using TwinTrack.Platform.Jobs;
using TwinTrack.Platform.Messaging;
using TwinTrack.Platform.Storage;

namespace TwinTrack.Enrolments.Consumers;

/// <summary>Starts to stream the caseload of a cycle that opened.</summary>
internal sealed partial class RequestCaseloadHandler(
    EnrolmentsDb db, TimeProvider clock, ILogger<RequestCaseloadHandler> logger) : IMessageHandler<RequestCaseload>
{
    public async Task HandleAsync(RequestCaseload message, CancellationToken cancel)
    {
        var cycle = TypedId.Parse<CycleId>(message.CycleId);
        if (!ProgrammeCode.Parse(message.Programme).Allows(out var programme, out var refusal))
        {
            LogRefused(logger, cycle, refusal.Code);
            return;
        }

        // A repeated request is normal. The first request fixes a cycle's caseload.
        if (await db.Caseloads.FindAsync([cycle], cancel) is not null)
        {
            return;
        }

        var now = clock.GetUtcNow();
        db.Caseloads.Add(
            new Caseload { CycleId = cycle, Programme = programme, AsOf = message.AsOf, RequestedAt = now });
        await db.StartJobAsync(CaseloadJob.Kind, cycle.Text, now, cancel);
    }

    [LoggerMessage(EventId = 2001, Level = LogLevel.Error, Message = "Caseload of {CycleId} refused: {Code}")]
    private static partial void LogRefused(ILogger logger, CycleId cycleId, string code);
}
