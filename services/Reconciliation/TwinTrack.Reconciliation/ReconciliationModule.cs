using MassTransit;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Hosting;
using TwinTrack.Reconciliation.Persistence;
using TwinTrack.Platform;

namespace TwinTrack.Reconciliation;

/// <summary>Everything Reconciliation brings to a host, on one screen.</summary>
public sealed class ReconciliationModule : IServiceModule
{
    public string Name => "reconciliation";

    public void AddServices(IHostApplicationBuilder builder) => builder.AddDatabase<ReconciliationDb>(Name);

    public void AddConsumers(IBusRegistrationConfigurator bus) => _ = new Consumers<ReconciliationDb>(bus, Name);

    public void MapEndpoints(IEndpointRouteBuilder routes) => routes.MapAudit<ReconciliationDb>();
}
