using Microsoft.EntityFrameworkCore;
using TwinTrack.Kernel;
using TwinTrack.Platform.Jobs;
using TwinTrack.Providers.Channels;
using TwinTrack.Providers.Domain;
using TwinTrack.Providers.Persistence;

namespace TwinTrack.Providers.Answers;

/// <summary>
/// Documents that a provider delivered. Each is stored raw, read, applied and committed, and only then moved away. An
/// unreadable document is marked for a person and does not delay the others.
/// </summary>
internal sealed partial class DocumentReader(
    ProvidersDb db, EvidenceStore store, ReadingApplication readings, RowCheck rows, TimeProvider clock,
    ILogger<DocumentReader> logger)
{
    private const int DocumentsMax = 16;

    /// <summary>At most <see cref="DocumentsMax"/> documents; true when there may be more.</summary>
    public async Task<bool> ReadNewAsync(ChannelConnection connection, Job job, CancellationToken cancel)
    {
        IReadOnlyList<Document> documents;
        try
        {
            documents = await ProviderCall.BoundedAsync(
                token => connection.Adapter.CollectAsync(connection.Connection, token), clock, cancel);
        }
        catch (Exception fault) when (!cancel.IsCancellationRequested)
        {
            // The questions of this round are still asked. The next round tries to collect again.
            LogNotCollected(logger, connection.Channel, fault);
            return false;
        }

        foreach (var document in documents.Take(DocumentsMax))
        {
            await ReadOneAsync(connection, document, job, cancel);
        }

        return documents.Count > DocumentsMax;
    }

    private async Task ReadOneAsync(ChannelConnection connection, Document document, Job job, CancellationToken cancel)
    {
        var kept = await store.KeepAsync(connection.Channel, EvidenceKind.Document, document, cancel);
        db.ClearTracking(job);
        // A document may be unreadable by our own fault. When it comes again, it is read again.
        if (kept.State is EvidenceState.Received or EvidenceState.Unreadable)
        {
            var read = Read(connection, document);
            var faults = await rows.FaultsAsync(connection, document, read, cancel);
            if (read.Allows(out var reading, out var refusal) && faults.Count > 0)
            {
                refusal = RowCheck.Refused(faults);
            }

            if (refusal is null)
            {
                var unmatched = await readings.ApplyAsync(
                    connection.Channel, reading!, AnswerSource.Document(kept.Id), job, cancel);
                await rows.ForgetAsync(kept.Id, cancel);
                await store.CloseAsync(kept.Id, EvidenceState.Applied, null, unmatched, cancel);
            }
            else
            {
                LogUnreadable(logger, connection.Channel, kept.Id, refusal.Code);
                await rows.KeepAsync(kept.Id, faults, cancel);
                await store.CloseAsync(kept.Id, EvidenceState.Unreadable, $"{refusal.Code}: {refusal.Reason}", 0,
                    cancel);
            }
        }

        try
        {
            await connection.Adapter.DoneAsync(connection.Connection, document, cancel);
        }
        catch (IOException fault)
        {
            // The document is committed. If it is found there again, it is recognised.
            LogNotMoved(logger, connection.Channel, kept.Id, fault);
        }
    }

    /// <summary>The content of the document, or a refusal. Never throws.</summary>
    internal static Result<Reading> Read(ChannelConnection connection, Document document)
    {
        try
        {
            return connection.Adapter.Read(connection.Connection, document);
        }
        catch (Exception fault) when (fault is not OperationCanceledException)
        {
            // A document that makes the reader fail must not stop the channel. The fault's text may quote the document,
            // so only its type is kept.
            return new Refusal("document.unreadable",
                $"The document cannot be read ({fault.GetType().Name}). The provider must send a correct file.");
        }
    }

    [LoggerMessage(EventId = 5003, Level = LogLevel.Warning,
        Message = "Channel {Channel}: documents could not be collected")]
    private static partial void LogNotCollected(ILogger logger, string channel, Exception fault);

    [LoggerMessage(EventId = 5006, Level = LogLevel.Warning,
        Message = "Channel {Channel}: evidence {Evidence} could not be moved out of the way")]
    private static partial void LogNotMoved(ILogger logger, string channel, EvidenceId evidence, Exception fault);

    [LoggerMessage(EventId = 5004, Level = LogLevel.Warning,
        Message = "Channel {Channel}: evidence {Evidence} cannot be read ({Code})")]
    private static partial void LogUnreadable(ILogger logger, string channel, EvidenceId evidence, string code);
}
