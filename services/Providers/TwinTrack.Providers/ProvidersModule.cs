using MassTransit;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Hosting;
using TwinTrack.Providers.Persistence;
using TwinTrack.Platform;

namespace TwinTrack.Providers;

/// <summary>Everything Providers brings to a host, on one screen.</summary>
public sealed class ProvidersModule : IServiceModule
{
    public string Name => "providers";

    public void AddServices(IHostApplicationBuilder builder) => builder.AddDatabase<ProvidersDb>(Name);

    public void AddConsumers(IBusRegistrationConfigurator bus) => _ = new Consumers<ProvidersDb>(bus, Name);

    public void MapEndpoints(IEndpointRouteBuilder routes) => routes.MapAudit<ProvidersDb>();
}
