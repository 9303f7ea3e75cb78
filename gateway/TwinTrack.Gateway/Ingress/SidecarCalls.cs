using System.Net;
using TwinTrack.Platform.Dapr;
using Yarp.ReverseProxy.Forwarder;
using Yarp.ReverseProxy.Transforms;
using Yarp.ReverseProxy.Transforms.Builder;

namespace TwinTrack.Gateway.Ingress;

/// <summary>
/// Rules for calls through a Dapr sidecar. Dapr's handler makes them. Our token replaces the caller's headers. A path
/// that the sidecar might read differently is refused. The sidecar's own texts are never passed on.
/// </summary>
internal static class SidecarCalls
{
    /// <summary>The address scheme of a service that is called by its app id: <c>dapr://app-id</c>.</summary>
    public const string Scheme = "dapr";

    /// <summary>Marks a cluster whose calls go through the sidecar.</summary>
    public static readonly IReadOnlyDictionary<string, string> Mark =
        new Dictionary<string, string> { [Scheme] = "true" };

    public static void Through(TransformBuilderContext context)
    {
        if (context.Cluster?.Metadata?.ContainsKey(Scheme) != true)
        {
            return;
        }

        context.AddRequestHeaderRemove(Sidecar.AppIdHeader);
        context.AddRequestHeaderRemove(Sidecar.TokenHeader);
        context.AddResponseTransform(Hide);
    }

    /// <summary>
    /// Our services refuse with problem documents. Plain JSON with these codes comes from the sidecar and may show
    /// addresses and certificates.
    /// </summary>
    private static ValueTask Hide(ResponseTransformContext context)
    {
        if (context.ProxyResponse is
            {
                StatusCode: HttpStatusCode.InternalServerError or HttpStatusCode.Forbidden
            or HttpStatusCode.Unauthorized
            } response
            && response.Content.Headers.ContentType?.MediaType is "application/json" or "text/plain")
        {
            context.SuppressResponseBody = true;
            context.HttpContext.Response.Headers.ContentLength = null;
            context.HttpContext.Response.Headers.ContentType = default;
            context.HttpContext.Response.StatusCode = StatusCodes.Status502BadGateway;
        }

        return ValueTask.CompletedTask;
    }

    /// <summary>Our paths hold no encoded slash or backslash. The sidecar could decode one into another path.</summary>
    public static bool IsPlain(PathString path) => path.Value is { } text
        && !text.Contains("%2f", StringComparison.OrdinalIgnoreCase)
        && !text.Contains("%5c", StringComparison.OrdinalIgnoreCase)
        && !text.Contains('\\', StringComparison.Ordinal) && !text.Contains("..", StringComparison.Ordinal);

    /// <summary>
    /// The clients of marked clusters. Dapr's handler turns http://app-id into a call of the sidecar.
    /// </summary>
    internal sealed class Clients(Sidecar? sidecar = null) : ForwarderHttpClientFactory
    {
        protected override HttpMessageHandler WrapHandler(
            ForwarderHttpClientContext context, HttpMessageHandler handler) =>
            context.NewMetadata?.ContainsKey(Scheme) == true && sidecar is not null
                ? sidecar.Invocations(base.WrapHandler(context, handler))
                : base.WrapHandler(context, handler);
    }
}
