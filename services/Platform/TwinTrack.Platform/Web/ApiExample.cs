using Microsoft.Extensions.DependencyInjection;

namespace TwinTrack.Platform.Web;

/// <summary>
/// A request as a client would send it, shown in the documents. It is an object of the request's type, so it cannot
/// drift.
/// </summary>
/// <param name="Operation">The endpoint's name.</param>
/// <param name="Request">Of the type that the endpoint reads from the body.</param>
public sealed record ApiExample(string Operation, object Request);

/// <summary>The examples of one service, as its document finds them.</summary>
internal sealed record ServiceExamples(string Service, IReadOnlyList<ApiExample> All)
{
    public object? Of(string operation) => All.SingleOrDefault(example => example.Operation == operation)?.Request;
}

public static class ApiExamples
{
    public static void AddApiExamples(this IServiceCollection services, string service,
        IReadOnlyList<ApiExample> examples) =>
        services.AddSingleton(new ServiceExamples(service, examples));
}
