using System.ComponentModel.DataAnnotations;
using MassTransit;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using TwinTrack.Platform.Jobs;
using TwinTrack.Platform.Storage;

namespace TwinTrack.Platform.Messaging;

public enum DeadLetterState
{
    /// <summary>Failed, and its sender will send it again.</summary>
    Failing,

    /// <summary>
    /// Failed too often, or unreadable. It is not retried until a person decides. Only this row holds the message.
    /// </summary>
    Dead,

    /// <summary>A person requested a retry. It is on its way through the outbox.</summary>
    Retrying,
}

/// <summary>
/// A message that its consumer could not handle. The row is in the consumer's own database and is deleted when the
/// message is handled.
/// </summary>
public sealed class DeadLetter
{
    public required Guid MessageId { get; init; }

    /// <summary>The queue it came by, e.g. <c>payments.entitlement-chunk</c>.</summary>
    [MaxLength(128)]
    public required string Queue { get; init; }

    /// <summary>The service that sent it; null when it does not say.</summary>
    [MaxLength(64)]
    public string? Sender { get; init; }

    /// <summary>The contract's full name; null when it cannot be read.</summary>
    [MaxLength(256)]
    public string? Type { get; init; }

    /// <summary>JSON. Of an unreadable message only its size and hash are kept.</summary>
    public string? Body { get; init; }

    /// <summary>Size as received, with the bus's envelope.</summary>
    public required int Bytes { get; init; }

    /// <summary>SHA-256 as it came, 64 hex digits.</summary>
    [MaxLength(64)]
    public required string Sha256 { get; init; }

    /// <summary>Types of the last fault, from outside in, without its text.</summary>
    [MaxLength(ReasonMax)]
    public required string Reason { get; set; }

    /// <summary>Failed deliveries, each of several tries.</summary>
    public int Failures { get; set; }

    public required DateTimeOffset FirstAt { get; init; }

    public required DateTimeOffset LastAt { get; set; }

    public DeadLetterState State { get; set; }

    internal const int ReasonMax = 256;
}

/// <summary>Stores messages that a service could not handle. One instance for each service in the process.</summary>
internal abstract class DeadLetters(string service)
{
    public string Service => service;

    /// <summary>
    /// Records one failed delivery. True when the message is now stored here for good and its sender need not keep it.
    /// </summary>
    public abstract Task<bool> KeepAsync(FailedMessage failed, CancellationToken cancel);
}

internal sealed partial class DeadLetters<TDb>(
    IServiceScopeFactory scopes, ServiceName<TDb> service, IOptions<MessagingOptions> options, TimeProvider clock,
    ILogger<DeadLetters<TDb>> logger)
    : DeadLetters(service.Value)
    where TDb : ServiceDb
{
    private static readonly TimeSpan PauseFirst = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan PauseMax = TimeSpan.FromSeconds(5);

    public override async Task<bool> KeepAsync(FailedMessage failed, CancellationToken cancel)
    {
        for (var outage = 0; ; outage++)
        {
            try
            {
                return await KeepOnceAsync(failed, cancel);
            }
            catch (Exception fault) when (fault.IsOutage())
            {
                // The message stays unacknowledged, so it stays in its queue, until its row is written.
                await Task.Delay(BackOff.Of(outage, PauseFirst, PauseMax), clock, cancel);
            }
        }
    }

    private async Task<bool> KeepOnceAsync(FailedMessage failed, CancellationToken cancel)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<TDb>();
        var kept = await db.InTransactionAsync(
            async () =>
            {
                var now = clock.GetUtcNow();
                var row = await db.DeadLetters.FindAsync([failed.MessageId], cancel)
                    ?? db.DeadLetters.Add(failed.ToRow(now)).Entity;
                row.Failures++;
                row.LastAt = now;
                row.Reason = failed.Reason.Length > DeadLetter.ReasonMax
                    ? failed.Reason[..DeadLetter.ReasonMax] : failed.Reason;
                var enough = row.Body is null || row.State is not DeadLetterState.Failing
                    || row.Failures >= options.Value.DeliveriesMax;
                row.State = enough ? DeadLetterState.Dead : DeadLetterState.Failing;
                return row;
            },
            cancel);
        LogFailed(logger, kept.MessageId, kept.Queue, kept.Failures, kept.Reason, kept.State);
        return kept.State == DeadLetterState.Dead;
    }

    [LoggerMessage(EventId = 132, Level = LogLevel.Error,
        Message = "Message {MessageId} of {Queue} failed at delivery {Failures}: {Reason}. It is {State}")]
    private static partial void LogFailed(ILogger logger, Guid messageId, string queue, int failures, string reason,
        DeadLetterState state);
}
