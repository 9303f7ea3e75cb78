using System.Collections.Concurrent;
using System.Diagnostics;
using System.Text.Json;
using MassTransit;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using TwinTrack.Platform.Jobs;
using TwinTrack.Platform.Observability;
using TwinTrack.Platform.Storage;

namespace TwinTrack.Platform.Messaging;

/// <summary>
/// Sends committed messages at least once, until their receipt comes. The broker is transport, not storage: a message
/// that it loses, refuses or cannot route is sent again. <see cref="OutboxLeases{TDb}"/> selects the rows. The lease of
/// a row that could not be sent is returned at once.
/// </summary>
internal sealed partial class OutboxDispatcher<TDb>(
    IServiceScopeFactory scopes,
    ServiceName<TDb> service,
    MessageRoutes routes,
    OutboxLeases<TDb> leases,
    CommitSignal<TDb> commitSignal,
    BusTransport transport,
    IOptions<MessagingOptions> options,
    IHostApplicationLifetime lifetime,
    TimeProvider clock,
    ILogger<OutboxDispatcher<TDb>> logger) : BackgroundService
    where TDb : ServiceDb
{
    private static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan PauseFirst = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan PauseMax = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan ForgetAfter = TimeSpan.FromSeconds(15);

    /// <summary>Passes in a row with a failed send to a queue.</summary>
    private readonly ConcurrentDictionary<string, int> _failures = new();

    /// <summary>What was last sent to a queue, until the broker has confirmed all of it.</summary>
    private readonly ConcurrentDictionary<string, (Task Sent, long Begun)> _left = new();

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await StartedAsync(stoppingToken);
        try
        {
            await DispatchUntilAsync(stoppingToken);
        }
        finally
        {
            // Any other end leaves the loop's last heartbeat, so that the process counts as stuck.
            if (stoppingToken.IsCancellationRequested)
            {
                commitSignal.OutboxEnds();
            }
        }
    }

    private async Task DispatchUntilAsync(CancellationToken stoppingToken)
    {
        var forgotten = transport.ForgetsOnExit;
        for (var faults = 0; !stoppingToken.IsCancellationRequested;)
        {
            commitSignal.OutboxTurns();
            try
            {
                if (forgotten)
                {
                    // A bus in memory lost its messages when the last process ended, so all rows are due now.
                    await leases.ForgetAsync(stoppingToken);
                    forgotten = false;
                }

                if (!await DispatchAsync(stoppingToken))
                {
                    await commitSignal.OutboxWorkAsync(Tick, stoppingToken);
                }

                faults = 0;
            }
            catch (Exception fault) when (fault is not OperationCanceledException)
            {
                LogDispatchFailed(logger, service.Value, fault);
                await Task.Delay(BackOff.Of(faults++, PauseFirst, PauseMax), clock, stoppingToken);
            }
        }
    }

    /// <summary>
    /// A bus in memory drops messages before it has started. Their rows would wait until their lease ends.
    /// </summary>
    private async Task StartedAsync(CancellationToken cancel)
    {
        var started = new TaskCompletionSource();
        await using var registration = lifetime.ApplicationStarted.Register(started.SetResult);
        await started.Task.WaitAsync(cancel);
    }

    /// <summary>One pass; whether anything was taken.</summary>
    private async Task<bool> DispatchAsync(CancellationToken cancel)
    {
        var taken = await leases.TakeAsync(cancel);
        if (taken.Count == 0)
        {
            return false;
        }

        await using var scope = scopes.CreateAsyncScope();
        var bus = scope.ServiceProvider.GetRequiredService<IBusControl>();
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        limit.CancelAfter(TimeSpan.FromSeconds(options.Value.SendMaxSeconds));
        await Task.WhenAll(
            taken.GroupBy(row => row.Destination)
                .Select(group => SendAsync(bus, group.Key, [.. group], limit.Token, cancel)));
        return true;
    }

    /// <summary>
    /// Sends one queue's rows concurrently. The broker confirms them together, and their order does not matter.
    /// </summary>
    private async Task SendAsync(IBusControl bus, string destination, List<OutboxMessage> rows, CancellationToken limit,
        CancellationToken stopping)
    {
        var faults = await Task.WhenAll(Begin(bus, destination, rows).Select(sending => FaultOfAsync(sending, limit)));
        var unsent = rows.Zip(faults).Where(one => one.Second is not null)
            .ToLookup(one => routes.WhyUnreadable(one.First.Type, one.First.Body));
        var failed = unsent[null].Select(one => one.First).ToList();
        if (failed.Count == 0)
        {
            _failures.TryRemove(destination, out _);
        }
        else if (stopping.IsCancellationRequested)
        {
            await leases.GiveBackAsync(failed, TimeSpan.Zero);
        }
        else
        {
            var failures = _failures.AddOrUpdate(destination, 1, (_, before) => before + 1);
            await leases.GiveBackAsync(failed, BackOff.Of(failures - 1, PauseFirst, PauseMax));
            LogNotSent(logger, failed.Count, destination, unsent[null].First().Second!.Kind());
        }

        // All copies share the outbox, and a newer copy may read what this one cannot. So the row waits for its lease.
        // A repeated send would fail for ever without notice, so in the end an operator sees it as a dead letter.
        foreach (var unreadable in unsent.Where(group => group.Key is not null))
        {
            foreach (var (row, _) in unreadable.Where(one => one.First.Attempts >= options.Value.DeliveriesMax))
            {
                await leases.SetAsideAsync(row, unreadable.Key!);
            }
        }
    }

    /// <summary>
    /// An overdue send is not cancelled. All senders and receivers share the bus's connection, and a cancelled send
    /// during a reconnect breaks the others. While an unconfirmed send is left, nothing more is sent to its queue, so
    /// their number is bounded. If the bus is connected and a send is still unconfirmed after a time, it is forgotten.
    /// </summary>
    private List<Task> Begin(IBusControl bus, string destination, List<OutboxMessage> rows)
    {
        if (_left.TryGetValue(destination, out var left) && !left.Sent.IsCompleted
            && (clock.GetElapsedTime(left.Begun) < ForgetAfter || bus.CheckHealth().Status != BusHealthStatus.Healthy))
        {
            return rows.ConvertAll(
                _ => Task.FromException(new TimeoutException("The broker has not confirmed what it was sent before.")));
        }

        var sending = rows.ConvertAll(row => SendAsync(bus, row));
        _left[destination] = (Task.WhenAll(sending), clock.GetTimestamp());
        return sending;
    }

    /// <summary>Null when it was confirmed in time.</summary>
    private static async Task<Exception?> FaultOfAsync(Task sending, CancellationToken limit)
    {
        try
        {
            await sending.WaitAsync(limit);
            return null;
        }
#pragma warning disable CA1031 // After any fault, a time-out or a stop the row counts as not sent.
        catch (Exception fault)
#pragma warning restore CA1031
        {
            return fault;
        }
    }

    private async Task SendAsync(IBusControl bus, OutboxMessage row)
    {
        using var span =
            TraceContext.Start($"send {row.Destination}", ActivityKind.Producer, service.Value, row.TraceParent);
        span?.SetTag("messaging.destination.name", row.Destination);
        span?.SetTag("messaging.message.id", row.MessageId);
        var traceParent = span?.Id ?? row.TraceParent;
        if (row.Attempts > 1)
        {
            LogResent(logger, row.MessageId, row.Destination, row.Attempts);
        }

        var type =
            routes.TypeOf(row.Type) ?? throw new InvalidOperationException($"{row.Type} is not in the topology.");
        var endpoint = await bus.GetSendEndpoint(transport.To(row.Destination));
        await endpoint.Send(
            JsonSerializer.Deserialize(row.Body, type, MessageJson.Options)!,
            type,
            Pipe.Execute<SendContext>(context =>
            {
                context.MessageId = row.MessageId;
                context.Headers.Set(MessageHeader.From, service.Value);
                context.Headers.Set(MessageHeader.TraceParent, traceParent);
                BusTransport.MustBeRouted(context);
            }),
            CancellationToken.None);
    }

    [LoggerMessage(EventId = 101, Level = LogLevel.Error,
        Message = "Outbox of {Service} could not be read; its messages wait for the next pass")]
    private static partial void LogDispatchFailed(ILogger logger, string service, Exception fault);

    [LoggerMessage(EventId = 102, Level = LogLevel.Warning,
        Message = "Message {MessageId} to {Destination} has no receipt; attempt {Attempt}")]
    private static partial void LogResent(ILogger logger, Guid messageId, string destination, int attempt);

    [LoggerMessage(EventId = 103, Level = LogLevel.Warning,
        Message = "{Count} messages to {Destination} could not be sent and wait: {Kind}")]
    private static partial void LogNotSent(ILogger logger, int count, string destination, string kind);
}
