using MassTransit;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using TwinTrack.Platform.Storage;

namespace TwinTrack.Platform.Messaging;

/// <summary>RabbitMQ when <c>ConnectionStrings:bus</c> names a broker, else a bus in memory.</summary>
internal static class Bus
{
    /// <summary>
    /// SQLite runs one write transaction at a time, so more consumers would only wait for each other.
    /// </summary>
    private const int HandlersOnSqlite = 1;
    private const int ReceiptsPrefetch = 256;

    /// <summary>
    /// Most messages in a queue, more than a service sends before receipts come. The broker drops the oldest, and their
    /// outbox rows send them again.
    /// </summary>
    private const int QueueMax = 256;
    private const int ReceiptsQueueMax = 20_000;

    /// <summary>
    /// Deliveries of a message that kills its consumer's process, before the broker drops it. Its outbox row sends it
    /// again later.
    /// </summary>
    private const int CrashesMax = 20;

    private static readonly TimeSpan StopMax = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan HandlerStopMax = TimeSpan.FromSeconds(10);

    // After a fault of the message or of our code, five more tries follow within about four seconds. Then it counts as
    // one failed delivery.
    private const int TriesMax = 5;
    private static readonly TimeSpan TryFirst = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan TryMax = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan TryStep = TimeSpan.FromMilliseconds(100);

    // A database outage is not the message's fault. The message and its queue are held for about twenty minutes. The
    // broker's own limit is thirty.
    private const int OutageTriesMax = 240;

    internal static void AddBus(this IHostApplicationBuilder builder, IServiceModule[] modules)
    {
        var broker = builder.Configuration.GetConnectionString("bus");
        builder.AddValidatedOptions<MessagingOptions>(MessagingOptions.Section);
        builder.Services.AddSingleton(new BusTransport(ForgetsOnExit: broker is null));
        builder.Services.AddSingleton<Receipts>();
        builder.Services.Configure<MassTransitHostOptions>(host =>
        {
            // A service answers without its broker. A message sent before its queue is bound comes back as not routed
            // and waits in the outbox.
            host.WaitUntilStarted = broker is null;
            host.StopTimeout = StopMax;
            host.ConsumerStopTimeout = HandlerStopMax;
        });
        builder.Services.AddMassTransit(bus =>
        {
            bus.DisableUsageTelemetry();
            foreach (var module in modules)
            {
                module.AddConsumers(bus);
            }

            bus.AddConfigureEndpointsCallback(
                (context, name, endpoint) => Configure(context, builder.Configuration, name, endpoint));
            if (broker is null)
            {
                bus.UsingInMemory((context, memory) =>
                {
                    SetForm(context, memory);
                    memory.ConfigureEndpoints(context);
                });
            }
            else
            {
                bus.UsingRabbitMq((context, rabbit) =>
                {
                    rabbit.Host(new Uri(broker), host => host.PublisherConfirmation = true);
                    SetForm(context, rabbit);
                    rabbit.ConfigureEndpoints(context);
                });
            }
        });
    }

    /// <summary>
    /// The bus keeps its logger in a static field. A second host in the process would use the first host's logger, and
    /// fail after that host ends.
    /// </summary>
    internal static void LogWith(IServiceProvider services) =>
        LogContext.ConfigureCurrentLogContext(services.GetRequiredService<ILoggerFactory>());

    private static void SetForm(IRegistrationContext context, IBusFactoryConfigurator bus)
    {
        var routes = context.GetRequiredService<MessageRoutes>();
        bus.ConfigureJsonSerializerOptions(options => MessageJson.Of(options, routes.IsContract));
    }

    private static void Configure(IRegistrationContext context, IConfiguration configuration, string name,
        IReceiveEndpointConfigurator endpoint)
    {
        var isReceipts = name.EndsWith(".receipts", StringComparison.Ordinal);
        if (endpoint is IRabbitMqReceiveEndpointConfigurator rabbit)
        {
            rabbit.SetQuorumQueue();
            rabbit.SetQueueArgument("x-max-length", isReceipts ? ReceiptsQueueMax : QueueMax);
            rabbit.SetQueueArgument("x-delivery-limit", CrashesMax);
        }

        var service = name[..name.IndexOf('.', StringComparison.Ordinal)];
        var letters = context.GetServices<DeadLetters>().Single(kept => kept.Service == service);
        var receipts = context.GetRequiredService<Receipts>();
        endpoint.ConfigureError(pipe => pipe.UseFilter(new FailedMessageFilter(letters, receipts, name)));
        endpoint.ConfigureDeadLetter(pipe => pipe.UseFilter(new UnknownMessageFilter(
            letters, receipts, context.GetRequiredService<MessageRoutes>(), name)));
        endpoint.UseMessageRetry(retry =>
        {
            retry.Handle<Exception>(fault => fault.IsOutage());
            retry.Exponential(OutageTriesMax, TryFirst, TryMax, TryStep);
        });
        endpoint.UseMessageRetry(retry =>
        {
            retry.Handle<Exception>(fault => !fault.IsOutage() && !fault.IsUnreadable());
            retry.Exponential(TriesMax, TryFirst, TryMax, TryStep);
        });
        if (isReceipts)
        {
            endpoint.PrefetchCount = ReceiptsPrefetch;
            return;
        }

        var handlers = configuration.GetConnectionString(service) is null
            ? HandlersOnSqlite : context.GetRequiredService<IOptions<MessagingOptions>>().Value.HandlersMax;
        endpoint.ConcurrentMessageLimit = handlers;
        // The next message is ready when one is done. More prefetched messages could be handled by another copy.
        endpoint.PrefetchCount = 2 * handlers;
    }
}

/// <summary>Properties of the bus of a host.</summary>
/// <param name="ForgetsOnExit">True in memory: an unhandled message is lost when the process ends.</param>
public sealed record BusTransport(bool ForgetsOnExit)
{
    /// <summary>
    /// In memory, the first user of a queue's name creates it. On a broker only its consumer creates it, with its
    /// bounds. A sender names the exchange.
    /// </summary>
    internal Uri To(string queue) => new($"{(ForgetsOnExit ? "queue" : "exchange")}:{queue}");

    /// <summary>
    /// An exchange without a queue drops messages, and the broker still confirms them. With the mandatory flag the
    /// broker returns them instead.
    /// </summary>
    internal static void MustBeRouted(SendContext context)
    {
        if (context.TryGetPayload<RabbitMqSendContext>(out var rabbit))
        {
            rabbit.Mandatory = true;
        }
    }
}

internal static class MessageHeader
{
    internal const string From = "TwinTrack-From";

    /// <summary>The header name of the W3C trace context.</summary>
    internal const string TraceParent = "traceparent";
}
