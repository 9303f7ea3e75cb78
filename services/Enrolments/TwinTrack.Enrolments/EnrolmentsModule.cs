using MassTransit;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Hosting;
using TwinTrack.Enrolments.Persistence;
using TwinTrack.Platform;

namespace TwinTrack.Enrolments;

/// <summary>Everything Enrolments brings to a host, on one screen.</summary>
public sealed class EnrolmentsModule : IServiceModule
{
    public string Name => "enrolments";

    public void AddServices(IHostApplicationBuilder builder) => builder.AddDatabase<EnrolmentsDb>(Name);

    public void AddConsumers(IBusRegistrationConfigurator bus) => _ = new Consumers<EnrolmentsDb>(bus, Name);

    public void MapEndpoints(IEndpointRouteBuilder routes) => routes.MapAudit<EnrolmentsDb>();
}
