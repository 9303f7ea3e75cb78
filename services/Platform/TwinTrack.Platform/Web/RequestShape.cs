using System.Reflection;
using System.Runtime.CompilerServices;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.AspNetCore.Routing;

namespace TwinTrack.Platform.Web;

/// <param name="Name">As in the address.</param>
/// <param name="InPath">False for a query parameter.</param>
/// <param name="Type">What the endpoint reads it as, without <c>Nullable</c>.</param>
/// <param name="Required">Whether the endpoint has no value of its own for it.</param>
internal sealed record RequestParameter(string Name, bool InPath, Type Type, bool Required);

/// <summary>What an endpoint reads from a request, derived once from its method. Thread-safe.</summary>
/// <param name="Parameters">Of path and query.</param>
/// <param name="Body">The type of its JSON body; null when it reads none.</param>
/// <param name="Closed">Whether other query parameters are refused. Providers' callbacks may bring their own.</param>
internal sealed record RequestShape(IReadOnlyList<RequestParameter> Parameters, Type? Body, bool Closed)
{
    private static readonly ConditionalWeakTable<Endpoint, RequestShape> Known = [];

    private static readonly RequestShape Unknown = new([], null, Closed: false);

    public static RequestShape Of(Endpoint? endpoint) =>
        endpoint is null ? Unknown : Known.GetValue(endpoint, Derive);

    private static RequestShape Derive(Endpoint endpoint)
    {
        if (endpoint is not RouteEndpoint route || endpoint.Metadata.GetMetadata<MethodInfo>() is not { } method)
        {
            return Unknown;
        }

        var nullability = new NullabilityInfoContext();
        var inPath = route.RoutePattern.Parameters.Select(part => part.Name)
            .ToHashSet(StringComparer.OrdinalIgnoreCase);
        var parameters = method.GetParameters()
            .Select(one => (one.Name, Type: one.ParameterType == typeof(string[]) ? typeof(string)
                    : Nullable.GetUnderlyingType(one.ParameterType) ?? one.ParameterType,
                Required: !one.HasDefaultValue && nullability.Create(one).WriteState != NullabilityState.Nullable))
            .Where(one => ValueKinds.Reads(one.Type))
            .Select(one => new RequestParameter(one.Name!, inPath.Contains(one.Name!), one.Type, one.Required))
            .ToList();
        var body = endpoint.Metadata.GetMetadata<IAcceptsMetadata>() is { RequestType: { } type } accepts
            && accepts.ContentTypes.Contains("application/json") ? type : null;
        return new RequestShape(parameters, body,
            Closed: endpoint.Metadata.GetMetadata<IAllowAnonymous>() is null);
    }
}
