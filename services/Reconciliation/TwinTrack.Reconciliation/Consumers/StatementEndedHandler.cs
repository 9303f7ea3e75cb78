using Microsoft.Extensions.Logging;
using TwinTrack.Contracts.Providers.V1;
using TwinTrack.Kernel;
using TwinTrack.Platform.Jobs;
using TwinTrack.Platform.Messaging;
using TwinTrack.Platform.Storage;
using TwinTrack.Reconciliation.Domain;
using TwinTrack.Reconciliation.Jobs;
using TwinTrack.Reconciliation.Persistence;

namespace TwinTrack.Reconciliation.Consumers;

/// <summary>
/// Stores a statement's control totals. The message may come before any part, and a repetition changes nothing.
/// </summary>
internal sealed partial class StatementEndedHandler(
    ReconciliationDb db, TimeProvider clock, ILogger<StatementEndedHandler> logger) : IMessageHandler<StatementEnded>
{
    public async Task HandleAsync(StatementEnded message, CancellationToken cancel)
    {
        var id = TypedId.Parse<StatementId>(message.StatementId);
        var now = clock.GetUtcNow();
        var statement = await db.LockStatementAsync(id, cancel)
            ?? db.Statements.Add(new Statement { Id = id, Channel = message.Channel, ReceivedAt = now }).Entity;
        var totals = new StatementTotals(
            message.Chunks, message.Lines, message.PaidMinor, message.ReturnedMinor, message.Currency, message.Final,
            message.CoversUntil, message.Sha256, message.ImportedBy);
        if (!statement.End(totals).Allows(out _, out var refusal))
        {
            LogRefused(logger, id, refusal.Code);
            return;
        }

        if (statement.State == StatementState.Matching)
        {
            await db.WakeJobAsync(MatchStatementsJob.Kind, MatchStatementsJob.Subject, now, cancel);
        }
    }

    [LoggerMessage(EventId = 7102, Level = LogLevel.Information,
        Message = "The end of {StatementId} was not noted: {Code}")]
    private static partial void LogRefused(ILogger logger, StatementId statementId, string code);
}
