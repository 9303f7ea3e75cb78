using MassTransit;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace TwinTrack.Platform;

/// <summary>RabbitMQ when <c>ConnectionStrings:bus</c> names a broker, else a bus in memory.</summary>
internal static class Bus
{
    /// <summary>SQLite writes one transaction at a time; more consumers would only wait for each other.</summary>
    private const int ConsumersOnSqlite = 1;
    private const int ConsumersOnPostgres = 4;
    private const int ReceiptsPrefetch = 256;

    internal static void AddBus(this IHostApplicationBuilder builder, IServiceModule[] modules)
    {
        var broker = builder.Configuration.GetConnectionString("bus");
        builder.Services.AddSingleton(new BusTransport(ForgetsOnExit: broker is null));
        // What is sent before the queues are bound is lost, in spite of the broker's confirms.
        builder.Services.Configure<MassTransitHostOptions>(host => host.WaitUntilStarted = true);
        builder.Services.AddMassTransit(bus =>
        {
            bus.DisableUsageTelemetry();
            foreach (var module in modules)
            {
                module.AddConsumers(bus);
            }

            bus.AddConfigureEndpointsCallback((_, name, endpoint) => Configure(builder.Configuration, name, endpoint));
            if (broker is null)
            {
                bus.UsingInMemory((context, memory) => memory.ConfigureEndpoints(context));
            }
            else
            {
                bus.UsingRabbitMq((context, rabbit) =>
                {
                    rabbit.Host(new Uri(broker));
                    rabbit.ConfigureEndpoints(context);
                });
            }
        });
    }

    private static void Configure(IConfiguration configuration, string name, IReceiveEndpointConfigurator endpoint)
    {
        if (endpoint is IRabbitMqReceiveEndpointConfigurator rabbit)
        {
            rabbit.SetQuorumQueue();
        }

        endpoint.UseMessageRetry(retry => retry.Exponential(5, TimeSpan.FromMilliseconds(50), TimeSpan.FromSeconds(5), TimeSpan.FromMilliseconds(200)));
        if (name.EndsWith(".receipts", StringComparison.Ordinal))
        {
            endpoint.PrefetchCount = ReceiptsPrefetch;
            return;
        }

        var service = name[..name.IndexOf('.', StringComparison.Ordinal)];
        endpoint.ConcurrentMessageLimit = configuration.GetConnectionString(service) is null ? ConsumersOnSqlite : ConsumersOnPostgres;
    }
}
