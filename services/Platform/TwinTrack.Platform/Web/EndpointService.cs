using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using TwinTrack.Platform.Security;
using TwinTrack.Platform.Storage;

namespace TwinTrack.Platform.Web;

/// <summary>
/// The service that an endpoint belongs to, for the endpoints that every service has. A handler with this parameter is
/// compiled with the program. A handler with a type parameter is compiled at each start of a host.
/// </summary>
/// <param name="Name">The route segment, and the prefix of its queues.</param>
internal sealed record EndpointService(string Name, ServiceDb Db, AuditTrail Audit)
{
    /// <summary>Read by the framework for a handler's parameter.</summary>
    public static ValueTask<EndpointService?> BindAsync(HttpContext context) =>
        ValueTask.FromResult<EndpointService?>(
            context.GetEndpoint()!.Metadata.GetRequiredMetadata<EndpointServiceSource>().Of(context.RequestServices));
}

/// <summary>Finds the service in a request's scope. Part of the endpoint.</summary>
internal sealed record EndpointServiceSource(Func<IServiceProvider, EndpointService> Of);

internal static class ServiceEndpoints
{
    /// <summary>Endpoints on the answer may take an <see cref="EndpointService"/>.</summary>
    public static RouteGroupBuilder OfService<TDb>(this IEndpointRouteBuilder routes)
        where TDb : ServiceDb =>
        routes.MapGroup("").WithMetadata(new EndpointServiceSource(services => new EndpointService(
            services.GetRequiredService<ServiceName<TDb>>().Value, services.GetRequiredService<TDb>(),
            services.GetRequiredService<AuditTrail<TDb>>())));
}
