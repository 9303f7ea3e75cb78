using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace TwinTrack.Simulation.Hosting;

/// <summary>What a person does: one endpoint's call.</summary>
/// <param name="Name">Service and endpoint, e.g. <c>routing.PauseChannel</c>.</param>
/// <param name="Key">Idempotency key; the same one again is the same request again.</param>
internal sealed record Call(Person Who, string Name, string Key, object? Body = null, string? Id = null,
    string? Query = null, byte[]? Upload = null);

internal sealed record Answered(int Status, string Body)
{
    public bool Done => Status is >= 200 and < 300;

    public string Text(string property)
    {
        using var json = JsonDocument.Parse(Body);
        return json.RootElement.GetProperty(property).GetString() ?? "";
    }

    /// <summary>The code of a refusal, e.g. <c>switch.hash_changed</c>; empty when there was none.</summary>
    public string Refusal => Done || Body.Length == 0 ? "" : Text("type").Split(':')[^1];
}

/// <summary>
/// Runs the real endpoints with their filters: transaction, idempotency, answer. Only HTTP and the token check are left
/// out.
/// </summary>
internal sealed class Endpoints
{
    private readonly Dictionary<string, RouteEndpoint> _byName;

    public Endpoints(WebApplication app) => _byName =
        ((IEndpointRouteBuilder)app).DataSources.SelectMany(source => source.Endpoints).OfType<RouteEndpoint>()
        .Where(endpoint => endpoint.Metadata.GetMetadata<EndpointNameMetadata>() is not null)
        .ToDictionary(endpoint => endpoint.Metadata.GetMetadata<EndpointNameMetadata>()!.EndpointName);

    public async Task<Answered> CallAsync(IServiceProvider scope, Call call)
    {
        var endpoint = _byName[call.Name];
        var http = new DefaultHttpContext { RequestServices = scope, User = call.Who.Principal };
        http.SetEndpoint(endpoint);
        http.Features.Set<IHttpRequestBodyDetectionFeature>(HasBody.Instance);
        var request = http.Request;
        request.Method = endpoint.Metadata.GetMetadata<HttpMethodMetadata>()!.HttpMethods[0];
        request.Path = $"/{call.Name}/{call.Id}";
        request.Headers["Idempotency-Key"] = call.Key;
        request.QueryString = new QueryString(call.Query is null ? null : "?" + call.Query);
        foreach (var parameter in endpoint.RoutePattern.Parameters)
        {
            request.RouteValues[parameter.Name] = call.Id;
        }

        var body =
            call.Upload
                ?? (call.Body is null ? [] : JsonSerializer.SerializeToUtf8Bytes(call.Body, JsonSerializerOptions.Web));
        request.ContentType = call.Upload is null ? "application/json" : "application/octet-stream";
        request.ContentLength = body.Length;
        request.Body = new MemoryStream(body);
        using var answer = new MemoryStream();
        http.Response.Body = answer;
        await endpoint.RequestDelegate!(http);
        await http.Response.Body.FlushAsync();
        return new Answered(http.Response.StatusCode, System.Text.Encoding.UTF8.GetString(answer.ToArray()));
    }

    private sealed class HasBody : IHttpRequestBodyDetectionFeature
    {
        public static readonly HasBody Instance = new();

        public bool CanHaveBody => true;
    }
}
