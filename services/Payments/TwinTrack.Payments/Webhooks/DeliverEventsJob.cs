using System.Security.Cryptography;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using TwinTrack.Kernel;
using TwinTrack.Payments.Domain.Webhooks;
using TwinTrack.Payments.Persistence;
using TwinTrack.Platform.Jobs;
using TwinTrack.Platform.Storage;

namespace TwinTrack.Payments.Webhooks;

/// <summary>
/// Sends due events to one subscriber, some at a time, in no guaranteed order. An event is sent before the sending is
/// stored. A crash between the two sends it twice under one id. A failing receiver is left alone and then tried with
/// one delivery. After too many failures in a row it is disabled with a reason.
/// </summary>
internal sealed partial class DeliverEventsJob(
    PaymentsDb db, WebhookSender sender, SubscriberSecrets secrets, TimeProvider clock,
    ILogger<DeliverEventsJob> logger) : IJob<PaymentsDb>
{
    internal const string Kind = "deliver";
    private const int RoundMax = 256;
    private const int CallsMax = 16;
    private const int Scale = 1_000;

    public async Task<JobStep> StepAsync(Job job, CancellationToken cancel)
    {
        var id = TypedId.Parse<SubscriberId>(job.Subject);
        var subscriber = await db.Subscribers.AsNoTracking().SingleOrDefaultAsync(row => row.Id == id, cancel);
        if (subscriber is not { State: SubscriberState.Active })
        {
            return JobStep.Finished;
        }

        var now = clock.GetUtcNow();
        var due =
            await db.Deliveries.Where(
                row => row.SubscriberId == id && row.State == DeliveryState.Pending && row.DueAt <= now)
            .OrderBy(row => row.DueAt).Take(subscriber.FailuresInARow > 0 ? 1 : RoundMax).ToListAsync(cancel);
        if (due.Count == 0)
        {
            var next = await db.Deliveries.Where(row => row.SubscriberId == id && row.State == DeliveryState.Pending)
                .OrderBy(row => row.DueAt).Select(row => (DateTimeOffset?)row.DueAt).FirstOrDefaultAsync(cancel);
            return next is { } at ? JobStep.After(at - now) : JobStep.Finished;
        }

        return await NoteAsync(subscriber, await SendAsync(subscriber, due, cancel), job, cancel);
    }

    /// <summary>Sends in groups, and stops after the first group of which nothing arrived.</summary>
    private async Task<List<(Delivery Delivery, DeliveryAttempt Tried)>> SendAsync(
        Subscriber subscriber, List<Delivery> due, CancellationToken cancel)
    {
        var address = new Uri(subscriber.Address);
        var keys = secrets.Of(subscriber);
        var tried = new List<(Delivery, DeliveryAttempt Tried)>(due.Count);
        foreach (var wave in due.Chunk(CallsMax))
        {
            var ended =
                await Task.WhenAll(
                    wave.Select(async delivery => (delivery, await sender.SendAsync(address, keys, delivery, cancel))));
            tried.AddRange(ended);
            if (!ended.Any(one => one.Item2.Delivered))
            {
                break;
            }
        }

        return tried;
    }

    private async Task<JobStep> NoteAsync(Subscriber subscriber, List<(Delivery Delivery, DeliveryAttempt Tried)> tried,
        Job job, CancellationToken cancel)
    {
        var failures = tried[^1].Tried.Delivered || tried.Exists(one => one.Tried.Delivered)
            ? 0 : subscriber.FailuresInARow + 1;
        var reason = tried.Exists(one => one.Tried.Gone) ? "It answered 410: it wants no more."
            : failures >= RetrySchedule.FailuresInARowMax
                ? Invariant($"{failures} tries in a row failed, the last with {tried[^1].Tried.Word}.")
            : null;
        await db.InTransactionAsync(
            async () =>
            {
                foreach (var (delivery, one) in tried)
                {
                    Note(delivery, one);
                }

                var done = tried.Count(one => one.Delivery.State != DeliveryState.Pending);
                var state = reason is null ? SubscriberState.Active : SubscriberState.Disabled;
                await db.Subscribers.Where(row => row.Id == subscriber.Id && row.State == SubscriberState.Active)
                    .ExecuteUpdateAsync(
                    set => set.SetProperty(row => row.FailuresInARow, failures).SetProperty(row => row.State, state)
                        .SetProperty(row => row.Reason, reason), cancel);
                await db.Subscribers.Where(row => row.Id == subscriber.Id)
                    .ExecuteUpdateAsync(set => set.SetProperty(row => row.Backlog, row => row.Backlog - done), cancel);
                job.Done += done;
            },
            cancel);
        if (reason is not null)
        {
            LogDisabled(logger, subscriber.Id, reason);
            return JobStep.Finished;
        }

        return failures > 0 ? JobStep.After(RetrySchedule.Pause(failures)) : JobStep.Again;
    }

    private void Note(Delivery delivery, DeliveryAttempt tried)
    {
        var now = clock.GetUtcNow();
        (delivery.Status, delivery.Fault, delivery.LatencyMs, delivery.TriedAt) =
            (tried.Status, tried.Fault, tried.LatencyMs, now);
        delivery.Attempts++;
        var wait = RetrySchedule.After(delivery.Attempts, RandomNumberGenerator.GetInt32(Scale) / (double)Scale);
        var trigger = tried.Delivered ? DeliveryTrigger.Deliver
            : wait is null ? DeliveryTrigger.GiveUp : DeliveryTrigger.Retry;
        delivery.State = DeliveryLifecycle.Table.Next(delivery.State, trigger)
            .Match(next => next, no => throw new InvalidOperationException(no.Reason));
        delivery.DueAt = now + (wait ?? TimeSpan.Zero);
    }

    [LoggerMessage(EventId = 4041, Level = LogLevel.Warning, Message = "Subscriber {Subscriber} is disabled: {Reason}")]
    private static partial void LogDisabled(ILogger logger, SubscriberId subscriber, string reason);
}
