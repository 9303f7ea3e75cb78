using System.Diagnostics;
using System.Text.Json;
using MassTransit;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace TwinTrack.Platform;

/// <summary>
/// Sends committed messages, at least once, until their receipt comes. The broker is transport, not memory: whatever it loses
/// is sent again. At most <see cref="InFlightMax"/> messages a destination are under way, so that queues stay short while a million rows wait.
/// </summary>
internal sealed partial class OutboxDispatcher<TDb>(
    IServiceScopeFactory scopes,
    ServiceName<TDb> service,
    MessageRoutes routes,
    Pulse<TDb> pulse,
    BusTransport transport,
    TimeProvider clock,
    ILogger<OutboxDispatcher<TDb>> logger) : BackgroundService
    where TDb : ServiceDb
{
    private const int InFlightMax = 16;
    private static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan ResendFirst = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan ResendMax = TimeSpan.FromMinutes(5);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var forgotten = transport.ForgetsOnExit;
        while (!stoppingToken.IsCancellationRequested)
        {
            pulse.OutboxTurns();
            try
            {
                if (forgotten)
                {
                    // A bus in memory lost what it held when the last process ended: all of it is due now.
                    await MakeAllDueAsync(stoppingToken);
                    forgotten = false;
                }

                if (await DispatchAsync(stoppingToken) == 0)
                {
                    await pulse.OutboxWorkAsync(Tick, stoppingToken);
                }
            }
            catch (Exception fault) when (fault is not OperationCanceledException)
            {
                LogDispatchFailed(logger, service.Value, fault);
                await Task.Delay(Tick, clock, stoppingToken);
            }
        }
    }

    private async Task MakeAllDueAsync(CancellationToken cancel)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<TDb>();
        var now = clock.GetUtcNow();
        await db.Outbox.ExecuteUpdateAsync(set => set.SetProperty(row => row.DueAt, now).SetProperty(row => row.Attempts, 0), cancel);
    }

    private async Task<int> DispatchAsync(CancellationToken cancel)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<TDb>();
        var now = clock.GetUtcNow();
        if (!await db.Outbox.AnyAsync(row => row.DueAt <= now, cancel))
        {
            return 0;
        }

        var claimed = await db.InTransactionAsync(() => ClaimAsync(db, cancel), cancel);
        var sender = scope.ServiceProvider.GetRequiredService<IBus>();
        foreach (var row in claimed)
        {
            await SendAsync(sender, row, cancel);
        }

        return claimed.Count;
    }

    /// <summary>Takes what is due and fits under the limits; the new due time is the lease, so two copies do not send the same row at once.</summary>
    private async Task<List<OutboxMessage>> ClaimAsync(TDb db, CancellationToken cancel)
    {
        var now = clock.GetUtcNow();
        var waiting = await db.Outbox.AsNoTracking()
            .GroupBy(row => row.Destination)
            .Select(group => new { Destination = group.Key, UnderWay = group.Count(row => row.Attempts > 0 && row.DueAt > now), Due = group.Count(row => row.DueAt <= now) })
            .Where(group => group.Due > 0)
            .ToListAsync(cancel);
        var claimed = new List<OutboxMessage>();
        foreach (var group in waiting.Where(group => group.UnderWay < InFlightMax))
        {
            claimed.AddRange(await db.Outbox
                .Where(row => row.Destination == group.Destination && row.DueAt <= now)
                .OrderBy(row => row.MessageId)
                .Take(InFlightMax - group.UnderWay)
                .ToListAsync(cancel));
        }

        foreach (var row in claimed)
        {
            var wait = ResendFirst * Math.Pow(2, Math.Min(row.Attempts, 5));
            row.DueAt = now + (wait < ResendMax ? wait : ResendMax);
            row.Attempts++;
        }

        return claimed;
    }

    private async Task SendAsync(IBus bus, OutboxMessage row, CancellationToken cancel)
    {
        using var span = TraceContext.Start($"send {row.Destination}", ActivityKind.Producer, service.Value, row.TraceParent);
        span?.SetTag("messaging.destination.name", row.Destination);
        span?.SetTag("messaging.message.id", row.MessageId);
        var traceParent = span?.Id ?? row.TraceParent;
        if (row.Attempts > 1)
        {
            LogResent(logger, row.MessageId, row.Destination, row.Attempts);
        }

        var type = routes.TypeOf(row.Type);
        var endpoint = await bus.GetSendEndpoint(transport.To(row.Destination));
        await endpoint.Send(
            JsonSerializer.Deserialize(row.Body, type)!,
            type,
            Pipe.Execute<SendContext>(context =>
            {
                context.MessageId = row.MessageId;
                context.Headers.Set(MessageHeader.From, service.Value);
                context.Headers.Set(MessageHeader.TraceParent, traceParent);
            }),
            cancel);
    }

    [LoggerMessage(EventId = 101, Level = LogLevel.Error, Message = "Outbox of {Service} could not be sent; its messages wait for the next pass")]
    private static partial void LogDispatchFailed(ILogger logger, string service, Exception fault);

    [LoggerMessage(EventId = 102, Level = LogLevel.Warning, Message = "Message {MessageId} to {Destination} has no receipt; attempt {Attempt}")]
    private static partial void LogResent(ILogger logger, Guid messageId, string destination, int attempt);
}

internal static class MessageHeader
{
    internal const string From = "TwinTrack-From";

    /// <summary>W3C trace context: the name that everybody knows.</summary>
    internal const string TraceParent = "traceparent";
}

/// <summary>What the dispatcher must know of the bus it was given.</summary>
/// <param name="ForgetsOnExit">In memory: a message that was sent and not handled dies with the process.</param>
public sealed record BusTransport(bool ForgetsOnExit)
{
    /// <summary>In memory a queue is made by whoever names it first. On a broker only its consumer makes it, as a quorum queue; a sender names the exchange.</summary>
    internal Uri To(string queue) => new($"{(ForgetsOnExit ? "queue" : "exchange")}:{queue}");
}
