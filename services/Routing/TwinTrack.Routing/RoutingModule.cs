using MassTransit;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Hosting;
using TwinTrack.Routing.Persistence;
using TwinTrack.Platform;

namespace TwinTrack.Routing;

/// <summary>Everything Routing brings to a host, on one screen.</summary>
public sealed class RoutingModule : IServiceModule
{
    public string Name => "routing";

    public void AddServices(IHostApplicationBuilder builder) => builder.AddDatabase<RoutingDb>(Name);

    public void AddConsumers(IBusRegistrationConfigurator bus) => _ = new Consumers<RoutingDb>(bus, Name);

    public void MapEndpoints(IEndpointRouteBuilder routes) => routes.MapAudit<RoutingDb>();
}
