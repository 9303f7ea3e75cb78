using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using TwinTrack.Contracts.Payments.V1;
using TwinTrack.Kernel;
using TwinTrack.Platform.Jobs;
using TwinTrack.Platform.Messaging;
using TwinTrack.Platform.Storage;
using TwinTrack.Routing.Domain;
using TwinTrack.Routing.Domain.Channels;
using TwinTrack.Routing.Domain.Switches;
using TwinTrack.Routing.Jobs;
using TwinTrack.Routing.Persistence;

namespace TwinTrack.Routing.Consumers;

/// <summary>Stores the answer to the open question and wakes the switch.</summary>
internal sealed partial class DispositionsCountedHandler(
    RoutingDb db, TimeProvider clock, ILogger<DispositionsCountedHandler> logger) : IMessageHandler<DispositionsCounted>
{
    public async Task HandleAsync(DispositionsCounted message, CancellationToken cancel)
    {
        var id = SwitchId.Parse(message.SwitchId, null);
        var scenario = await db.Scenarios.AsNoTracking().AnyAsync(row => row.Id == id, cancel);
        var awaited = scenario ? ScenarioJob.CountNumber : (await db.SwitchToChangeAsync(id, cancel))?.CountNumber;
        // The first answer to a number counts. An older number belongs to a question that is over.
        if (awaited != message.QuestionNumber
            || await db.Counts.FindAsync([id, message.QuestionNumber], cancel) is not null)
        {
            LogStale(logger, message.SwitchId, message.QuestionNumber);
            return;
        }

        db.Counts.Add(new StoredCount
        {
            SwitchId = id,
            CountNumber = message.QuestionNumber,
            At = clock.GetUtcNow(),
            // Payments' order is kept. The obligations' order refers to it, and equal counts must give equal text.
            Count = new DispositionCount(message.ListHash, message.Obligations, message.AmountMinor,
                [.. message.Rows.Select(LineOf)])
            {
                Order = message.RowOfEachObligation,
                StillPlanning = message.StillPlanning,
            },
        });
        await db.WakeJobAsync(scenario ? ScenarioJob.Kind : SwitchJob.Kind, message.SwitchId, clock.GetUtcNow(),
            cancel);
    }

    private static DispositionCountLine LineOf(DispositionRow row) => new(
        row.Area,
        Word.Parse<Instrument>(row.Instrument, "rows.instrument"),
        row.Channel ?? "",
        Word.Parse<CountedState>(row.State, "rows.state"),
        row.MadeBySwitch,
        row.Evidence,
        row.Count,
        row.AmountMinor)
    {
        FundingSource = row.FundingSource,
        ShareFrom = row.ShareFrom,
        PilotFrom = row.PilotFrom,
        Named = row.ObligationId is null ? null : TypedId.Parse<ObligationId>(row.ObligationId),
    };

    [LoggerMessage(EventId = 6101, Level = LogLevel.Information,
        Message = "Count {Asked} of switch {SwitchId} is not awaited")]
    private static partial void LogStale(ILogger logger, string switchId, long asked);
}
