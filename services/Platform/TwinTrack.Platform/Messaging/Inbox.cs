using MassTransit;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using TwinTrack.Platform.Observability;
using TwinTrack.Platform.Storage;

namespace TwinTrack.Platform.Messaging;

/// <summary>
/// The effect of one message. Called inside a transaction that also records the message as handled. It never calls
/// other systems.
/// </summary>
public interface IMessageHandler<in TMessage>
    where TMessage : class
{
    Task HandleAsync(TMessage message, CancellationToken cancel);
}

/// <summary>
/// Wraps every handler. One transaction holds the effect, the inbox row and the resulting messages. Then the receipt is
/// sent. For a message that was handled before, only the receipt is sent again.
/// </summary>
internal sealed partial class InboxConsumer<TDb, TMessage, THandler>(
    TDb db,
    THandler handler,
    ServiceName<TDb> service,
    Receipts receipts,
    CommitSignal<TDb> commitSignal,
    TimeProvider clock,
    ILogger<InboxConsumer<TDb, TMessage, THandler>> logger) : IConsumer<TMessage>
    where TDb : ServiceDb
    where TMessage : class
    where THandler : IMessageHandler<TMessage>
{
    public async Task Consume(ConsumeContext<TMessage> context)
    {
        var id = context.MessageId
            ?? throw new InvalidOperationException("A message without an id cannot be noted as handled.");
        var queue = MessageRoutes.Queue(service.Value, typeof(TMessage));
        using var span =
            HandlingSpan.Start(service.Value, queue, id, context.Headers.Get<string>(MessageHeader.TraceParent));
        using var scope =
            logger.BeginScope(new KeyValuePair<string,
                object?>[] { new("service", service.Value), new("queue", queue), new("message", id) });
        try
        {
            await HandleAsync(context.Message, id, context.CancellationToken);
        }
        catch (Exception fault)
        {
            span.Failed(fault);
            throw;
        }

        LogHandled(logger);
        commitSignal.Committed();
        if (context.Headers.Get<string>(MessageHeader.From) is { } sender)
        {
            await receipts.SendAsync(sender, new Receipt(id, queue), context.CancellationToken);
        }
    }

    /// <summary>Handles one delivery, from any transport.</summary>
    internal async Task HandleAsync(TMessage message, Guid id, CancellationToken cancel)
    {
        var consumer = typeof(TMessage).Name;
        await db.InTransactionAsync(
            async () =>
            {
                await db.DeadLetters.Where(row => row.MessageId == id).ExecuteDeleteAsync(cancel);
                if (await db.Inbox.AnyAsync(row => row.MessageId == id && row.Consumer == consumer, cancel))
                {
                    return;
                }

                db.Inbox.Add(new InboxMessage { MessageId = id, Consumer = consumer, HandledAt = clock.GetUtcNow() });
                await handler.HandleAsync(message, cancel);
            },
            cancel);
    }

    [LoggerMessage(EventId = 137, Level = LogLevel.Debug, Message = "Handled")]
    private static partial void LogHandled(ILogger logger);
}

/// <summary>
/// Sends receipts. A receipt that cannot be sent is dropped. Then the sender repeats its message, the inbox recognises
/// it, and a new receipt is sent. A handled message must not fail or wait because of its receipt. A delivery waits for
/// every message sent within it, so a full receipt queue would block it. Therefore a receipt is sent by the bus itself,
/// outside the delivery.
/// </summary>
internal sealed partial class Receipts(IServiceProvider services, BusTransport transport, ILogger<Receipts> logger)
{
    private static readonly TimeSpan SendMax = TimeSpan.FromSeconds(5);

    public async Task SendAsync(string sender, Receipt receipt, CancellationToken cancel)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        limit.CancelAfter(SendMax);
        try
        {
            // Resolved when needed, because parts of the bus send receipts.
            var bus = services.GetRequiredService<IBus>();
            await SendAsync(bus, sender, receipt).WaitAsync(limit.Token);
        }
        catch (Exception fault) when (!cancel.IsCancellationRequested)
        {
            LogNotSent(logger, receipt.MessageId, receipt.Destination, sender, fault.Kind());
        }
    }

    /// <summary>Never cancelled; after a time it is no longer waited for, as in the outbox.</summary>
    private async Task SendAsync(IBus bus, string sender, Receipt receipt)
    {
        var endpoint = await bus.GetSendEndpoint(transport.To(MessageRoutes.ReceiptsOf(sender)));
        await endpoint.Send(receipt, Pipe.Execute<SendContext<Receipt>>(BusTransport.MustBeRouted),
            CancellationToken.None);
    }

    [LoggerMessage(EventId = 133, Level = LogLevel.Warning,
        Message = "Receipt for {MessageId} of {Destination} could not be sent to {Sender}: {Kind}")]
    private static partial void LogNotSent(ILogger logger, Guid messageId, string destination, string sender,
        string kind);
}

/// <summary>
/// A receipt deletes a message's outbox row. A lost receipt costs one more delivery, which the inbox recognises.
/// </summary>
internal sealed class ReceiptConsumer<TDb>(TDb db, CommitSignal<TDb> commitSignal) : IConsumer<Batch<Receipt>>
    where TDb : ServiceDb
{
    public async Task Consume(ConsumeContext<Batch<Receipt>> context)
    {
        await db.InTransactionAsync(
            async () =>
            {
                foreach (var group in context.Message.Select(one => one.Message)
                    .GroupBy(receipt => receipt.Destination))
                {
                    var ids = group.Select(receipt => receipt.MessageId).ToList();
                    await db.Outbox.Where(row => row.Destination == group.Key && ids.Contains(row.MessageId))
                        .ExecuteDeleteAsync(context.CancellationToken);
                }
            },
            context.CancellationToken);

        commitSignal.Committed();
    }
}

/// <summary>How a module registers its handlers: one line per message.</summary>
public sealed class Consumers<TDb>
    where TDb : ServiceDb
{
    private const int ReceiptsMax = 64;
    private readonly IBusRegistrationConfigurator _bus;
    private readonly string _service;

    public Consumers(IBusRegistrationConfigurator bus, string service)
    {
        (_bus, _service) = (bus, service);
        bus.AddConsumer<ReceiptConsumer<TDb>>(consumer => consumer.Options<BatchOptions>(batch => batch
                .SetMessageLimit(ReceiptsMax).SetTimeLimit(TimeSpan.FromMilliseconds(20))))
            .Endpoint(endpoint =>
            {
                endpoint.Name = MessageRoutes.ReceiptsOf(service);
                endpoint.ConfigureConsumeTopology = false;
            });
    }

    public Consumers<TDb> Handle<TMessage, THandler>()
        where TMessage : class
        where THandler : class, IMessageHandler<TMessage>
    {
        _bus.AddScoped<THandler>();
        _bus.AddConsumer<InboxConsumer<TDb, TMessage, THandler>>().Endpoint(endpoint =>
        {
            endpoint.Name = MessageRoutes.Queue(_service, typeof(TMessage));
            endpoint.ConfigureConsumeTopology = false;
        });
        return this;
    }
}
