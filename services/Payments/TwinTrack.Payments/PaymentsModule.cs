using MassTransit;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Hosting;
using TwinTrack.Payments.Persistence;
using TwinTrack.Platform;

namespace TwinTrack.Payments;

/// <summary>Everything Payments brings to a host, on one screen.</summary>
public sealed class PaymentsModule : IServiceModule
{
    public string Name => "payments";

    public void AddServices(IHostApplicationBuilder builder) => builder.AddDatabase<PaymentsDb>(Name);

    public void AddConsumers(IBusRegistrationConfigurator bus) => _ = new Consumers<PaymentsDb>(bus, Name);

    public void MapEndpoints(IEndpointRouteBuilder routes) => routes.MapAudit<PaymentsDb>();
}
