using Microsoft.EntityFrameworkCore;
using TwinTrack.Kernel;
using TwinTrack.Platform.Jobs;
using TwinTrack.Providers.Channels;
using TwinTrack.Providers.Domain;
using TwinTrack.Providers.Persistence;

namespace TwinTrack.Providers.Answers;

/// <summary>
/// Documents that a provider laid down: stored raw, read, heard, committed, and only then moved out of the way. One
/// that cannot be read is marked for a person and does not hold up the others.
/// </summary>
internal sealed partial class DocumentReader(
    ProvidersDb db, EvidenceStore store, ReadingApplication readings, RowCheck rows, TimeProvider clock,
    ILogger<DocumentReader> logger)
{
    private const int DocumentsMax = 16;

    /// <summary>At most <see cref="DocumentsMax"/> documents; true when there may be more.</summary>
    public async Task<bool> ReadNewAsync(ChannelConnection line, Job job, CancellationToken cancel)
    {
        IReadOnlyList<Document> documents;
        try
        {
            documents = await ProviderCall.BoundedAsync(
                token => line.Adapter.CollectAsync(line.Connection, token), clock, cancel);
        }
        catch (Exception fault) when (!cancel.IsCancellationRequested)
        {
            // The questions of this round are still worth asking; collecting is tried again with the next.
            LogNotCollected(logger, line.Channel, fault);
            return false;
        }

        foreach (var document in documents.Take(DocumentsMax))
        {
            await ReadOneAsync(line, document, job, cancel);
        }

        return documents.Count > DocumentsMax;
    }

    private async Task ReadOneAsync(ChannelConnection line, Document document, Job job, CancellationToken cancel)
    {
        var kept = await store.KeepAsync(line.Channel, EvidenceKind.Document, document, cancel);
        db.StartAfresh(job);
        if (kept.State == EvidenceState.Received)
        {
            var read = Read(line, document);
            var faults = await rows.FaultsAsync(line, document, read, cancel);
            if (read.Allows(out var reading, out var refusal) && faults.Count > 0)
            {
                refusal = RowCheck.Refused(faults);
            }

            if (refusal is null)
            {
                var unmatched = await readings.HearAsync(
                    line.Channel, reading!, AnswerSource.Document(kept.Id), job, cancel);
                await store.CloseAsync(kept.Id, EvidenceState.Applied, null, unmatched, cancel);
            }
            else
            {
                LogUnreadable(logger, line.Channel, kept.Id, refusal.Code);
                await rows.KeepAsync(kept.Id, faults, cancel);
                await store.CloseAsync(kept.Id, EvidenceState.Unreadable, $"{refusal.Code}: {refusal.Reason}", 0,
                    cancel);
            }
        }

        try
        {
            await line.Adapter.DoneAsync(line.Connection, document, cancel);
        }
        catch (IOException fault)
        {
            // It is committed; lying there still, it will be known as seen before.
            LogNotMoved(logger, line.Channel, kept.Id, fault);
        }
    }

    /// <summary>What it says, or the refusal to say it; never throws.</summary>
    internal static Result<Reading> Read(ChannelConnection line, Document document)
    {
        try
        {
            return line.Adapter.Read(line.Connection, document);
        }
        catch (Exception fault) when (fault is not OperationCanceledException)
        {
            // A document that brings the reader down must not bring the channel down. The text of the fault may quote
            // it, so only its kind is kept.
            return new Refusal("document.unreadable", $"Reading it failed ({fault.GetType().Name}).");
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
