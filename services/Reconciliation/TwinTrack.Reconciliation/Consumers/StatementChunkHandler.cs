using Microsoft.EntityFrameworkCore;
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
/// Stores a part of a statement. A part is identified by its number, so a repeated part changes nothing.
/// </summary>
internal sealed partial class StatementChunkHandler(
    ReconciliationDb db, TimeProvider clock, ILogger<StatementChunkHandler> logger) : IMessageHandler<StatementChunk>
{
    public async Task HandleAsync(StatementChunk message, CancellationToken cancel)
    {
        var id = TypedId.Parse<StatementId>(message.StatementId);
        if (await db.StatementParts.AnyAsync(part => part.StatementId == id && part.Chunk == message.Chunk, cancel))
        {
            return;
        }

        var now = clock.GetUtcNow();
        var statement = await db.LockStatementAsync(id, cancel)
            ?? db.Statements.Add(new Statement { Id = id, Channel = message.Channel, ReceivedAt = now }).Entity;
        var lines = message.Rows.Select(row => ToLine(id, message.Channel, row)).ToList();
        if (!statement.Take(lines.Count, SumOf(lines, LineKind.Paid), SumOf(lines, LineKind.Returned))
            .Allows(out _, out var refusal))
        {
            LogRefused(logger, id, message.Chunk, refusal.Code);
            return;
        }

        db.StatementParts.Add(new StatementPart { StatementId = id, Chunk = message.Chunk });
        await db.BulkInsertAsync(lines, cancel);
        if (statement.State == StatementState.Matching)
        {
            await db.WakeJobAsync(MatchStatementsJob.Kind, MatchStatementsJob.Subject, now, cancel);
        }
    }

    private static long SumOf(List<StatementLine> lines, LineKind kind) =>
        lines.Where(line => line.Kind == kind).Sum(line => line.AmountMinor);

    private static StatementLine ToLine(StatementId id, string channel, StatementRow row) => new()
    {
        StatementId = id,
        Line = row.Line,
        Channel = channel,
        // A reference that looks like ours but is malformed counts as no reference.
        InstructionId = TypedId.TryParse<InstructionId>(row.InstructionId, out var instruction)
            ? instruction.Value : null,
        Kind = Word.Parse<LineKind>(row.Kind, "rows.kind"),
        AmountMinor = row.AmountMinor,
        Currency = row.Currency,
        BookedOn = row.BookedOn,
        ProviderReference = row.ProviderReference,
    };

    [LoggerMessage(EventId = 7101, Level = LogLevel.Warning,
        Message = "Part {Chunk} of {StatementId} was not taken: {Code}")]
    private static partial void LogRefused(ILogger logger, StatementId statementId, int chunk, string code);
}
