using MassTransit;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Hosting;
using TwinTrack.Entitlements.Persistence;
using TwinTrack.Platform;

namespace TwinTrack.Entitlements;

/// <summary>Everything Entitlements brings to a host, on one screen.</summary>
public sealed class EntitlementsModule : IServiceModule
{
    public string Name => "entitlements";

    public void AddServices(IHostApplicationBuilder builder) => builder.AddDatabase<EntitlementsDb>(Name);

    public void AddConsumers(IBusRegistrationConfigurator bus) => _ = new Consumers<EntitlementsDb>(bus, Name);

    public void MapEndpoints(IEndpointRouteBuilder routes) => routes.MapAudit<EntitlementsDb>();
}
