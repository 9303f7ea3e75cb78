using System.Reflection;
using Refit;
using TwinTrack.Clients;

namespace TwinTrack.Services.Tests.Api;

/// <summary>One method of one client interface, read by its Refit attributes.</summary>
internal sealed record ClientMethod(MethodInfo Info, string Method, string Path)
{
    /// <summary>Null when nothing is read from the answer.</summary>
    public Type? Answer => Info.ReturnType.IsGenericType ? Info.ReturnType.GetGenericArguments()[0] : null;

    public IEnumerable<ParameterInfo> Parameters =>
        Info.GetParameters().Where(parameter => parameter.ParameterType != typeof(CancellationToken));

    public static IEnumerable<ClientMethod> All() => typeof(TwinTrackClient).GetProperties()
        .Where(property => property.PropertyType.IsInterface)
        .SelectMany(property => property.PropertyType.GetMethods())
        .Select(method =>
        {
            var attribute = method.GetCustomAttribute<HttpMethodAttribute>()!;
            return new ClientMethod(method, attribute.Method.Method, attribute.Path);
        });

    public bool IsPath(ParameterInfo parameter) => Path.Contains($"{{{parameter.Name}}}", StringComparison.Ordinal);

    public static bool IsBody(ParameterInfo parameter) => parameter.GetCustomAttribute<BodyAttribute>() is not null;

    public static bool IsHeader(ParameterInfo parameter) => parameter.GetCustomAttribute<HeaderAttribute>() is not null;
}
