using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Authorization.Infrastructure;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Json;
using Microsoft.AspNetCore.Mvc.ModelBinding;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Microsoft.OpenApi;

namespace TwinTrack.Platform.Web;

/// <summary>Writes into an operation what its endpoint's metadata says.</summary>
internal sealed class OperationFacts(string service) : IOpenApiOperationTransformer
{
    private const string Json = "application/json";

    /// <summary>Parameters that mean the same everywhere.</summary>
    private static readonly Dictionary<string, string> Paging = new(StringComparer.Ordinal)
    {
        ["after"] = "The `next` of the page before; absent for the first page.",
        ["limit"] = "How many rows a page may hold; more than the service's own limit is cut down to it.",
    };

    public Task TransformAsync(OpenApiOperation operation, OpenApiOperationTransformerContext context,
        CancellationToken cancellationToken)
    {
        var endpoint = context.Description.ActionDescriptor.EndpointMetadata;
        var unsafeMethod = !HttpMethods.IsGet(context.Description.HttpMethod!);
        operation.OperationId = OperationId(endpoint, context.Description.HttpMethod!);
        DescribeParameters(operation, context);
        DescribeFiles(operation, endpoint);
        ShowExample(operation, endpoint, context);
        var keyed = unsafeMethod && Has<TakesIdempotencyKey>(endpoint) && !Has<OwnTransaction>(endpoint);
        if (keyed)
        {
            (operation.Parameters ??= []).Add(
                new OpenApiParameterReference(IdempotencyKey.Component, context.Document));
        }

        var open = Has<IAllowAnonymous>(endpoint);
        var roles = Roles(endpoint);
        operation.Security = open ? [] : Requirements(roles, context.Document!);
        operation.Description = open ? "Takes no token."
            : roles.Length == 0 ? "Any user who is logged in."
            : $"Roles, one of which is needed: {string.Join(", ", roles)}.";
        DescribeProblems(operation, open, roles.Length > 0, keyed, context.Document!);
        return Task.CompletedTask;
    }

    /// <summary>Unique in all services. An endpoint of several methods has one operation each.</summary>
    private string? OperationId(IList<object> endpoint, string method)
    {
        if (endpoint.OfType<IEndpointNameMetadata>().LastOrDefault()?.EndpointName is not { } name)
        {
            return null;
        }

        var methods = endpoint.OfType<IHttpMethodMetadata>().LastOrDefault()?.HttpMethods ?? [];
        var id = name.StartsWith($"{service}.", StringComparison.Ordinal) ? name : $"{service}.{name}";
        return methods.Count < 2 || methods[0] == method ? id : $"{id}By{method[..1]}{method[1..].ToLowerInvariant()}";
    }

    private static void DescribeParameters(OpenApiOperation operation, OpenApiOperationTransformerContext context)
    {
        foreach (var parameter in operation.Parameters?.OfType<OpenApiParameter>() ?? [])
        {
            parameter.Description ??= parameter.In == ParameterLocation.Query
                ? Paging.GetValueOrDefault(parameter.Name!) : null;
            var type = context.Description.ParameterDescriptions.FirstOrDefault(found => found.Name == parameter.Name)
                ?.ParameterDescriptor?.ParameterType;
            if (type is not null && parameter.Schema is OpenApiSchema schema)
            {
                SchemaFacts.Describe(schema, type);
            }
        }
    }

    private static void DescribeFiles(OpenApiOperation operation, IList<object> endpoint)
    {
        if (endpoint.OfType<UploadBody>().LastOrDefault() is { } upload)
        {
            operation.RequestBody = new OpenApiRequestBody
            {
                Required = true,
                Description = upload.Description,
                Content = upload.ContentTypes.ToDictionary(type => type, _ => new OpenApiMediaType { Schema = Binary }),
            };
        }

        foreach (var (type, body) in operation.Responses
            ?.Values.SelectMany(response => response.Content ?? new Dictionary<string, OpenApiMediaType>()) ?? [])
        {
            body.Schema = type.EndsWith("json", StringComparison.Ordinal) ? body.Schema : Binary;
        }
    }

    private void ShowExample(OpenApiOperation operation, IList<object> endpoint,
        OpenApiOperationTransformerContext context)
    {
        var name = endpoint.OfType<IEndpointNameMetadata>().LastOrDefault()?.EndpointName.Split('.')[^1];
        var example = context.ApplicationServices.GetServices<ServiceExamples>()
            .SingleOrDefault(found => found.Service == service)?.Of(name ?? "");
        if (example is null || operation.RequestBody?.Content?.TryGetValue(Json, out var body) is not true)
        {
            return;
        }

        var type = context.Description.ParameterDescriptions.Single(
            parameter => parameter.Source == BindingSource.Body).Type;
        if (type != example.GetType())
        {
            throw new InvalidOperationException(
                $"The example of {name} is a {example.GetType()}, and the endpoint reads a {type}.");
        }

        var options = context.ApplicationServices.GetRequiredService<IOptions<JsonOptions>>().Value.SerializerOptions;
        body!.Example = JsonSerializer.SerializeToNode(example, type, options) is JsonObject shown
            ? WithoutNulls(shown) : null;
    }

    /// <summary>A client leaves out what it does not set.</summary>
    private static JsonObject WithoutNulls(JsonObject shown)
    {
        foreach (var name in shown.Where(member => member.Value is null).Select(member => member.Key).ToList())
        {
            shown.Remove(name);
        }

        return shown;
    }

    internal static string[] Roles(IEnumerable<object> endpoint)
    {
        var sets = endpoint.OfType<AuthorizationPolicy>()
            .SelectMany(policy => policy.Requirements.OfType<RolesAuthorizationRequirement>())
            .Select(requirement => requirement.AllowedRoles.ToArray()).ToList();
        return sets.Count == 0 ? []
            : [.. sets.Aggregate((all, more) => [.. all.Intersect(more)]).Distinct().Order(StringComparer.Ordinal)];
    }

    /// <summary>One requirement a role: a client needs to meet only one of them.</summary>
    private static List<OpenApiSecurityRequirement> Requirements(string[] roles, OpenApiDocument document) =>
        roles.Length == 0
            ? [new() { [new OpenApiSecuritySchemeReference(ApiDocument.Bearer, document)] = [] }]
            : [.. roles.Select(
                role => new OpenApiSecurityRequirement
                    { [new OpenApiSecuritySchemeReference(ApiDocument.Bearer, document)] = [role] })];

    private static void DescribeProblems(OpenApiOperation operation, bool open, bool asksForRole, bool keyed,
        OpenApiDocument document)
    {
        var responses = operation.Responses ??= [];
        var declared = responses.Keys.Select(Status).Where(status => status >= StatusCodes.Status400BadRequest);
        var hasBody = operation.RequestBody is not null;
        (int Status, bool Given)[] implied =
        [
            (StatusCodes.Status400BadRequest, hasBody || operation.Parameters is { Count: > 0 }),
            (StatusCodes.Status401Unauthorized, !open),
            (StatusCodes.Status403Forbidden, asksForRole),
            (StatusCodes.Status404NotFound, operation.Parameters
                ?.Any(parameter => parameter.In == ParameterLocation.Path) is true),
            (StatusCodes.Status409Conflict, keyed),
            (StatusCodes.Status413PayloadTooLarge, hasBody),
            (StatusCodes.Status415UnsupportedMediaType, operation.RequestBody?.Content?.ContainsKey(Json) is true),
            (StatusCodes.Status422UnprocessableEntity, keyed),
            (StatusCodes.Status503ServiceUnavailable, true),
        ];
        var problems = declared.Concat(implied.Where(row => row.Given).Select(row => row.Status)).Distinct().Order()
            .ToList();
        var done = responses.Where(row => Status(row.Key) < StatusCodes.Status400BadRequest).ToList();
        responses.Clear();
        foreach (var (status, response) in done)
        {
            responses.Add(status, response);
        }

        foreach (var status in problems)
        {
            responses.Add(Invariant($"{status}"),
                new OpenApiResponseReference(ProblemAnswers.Of(status).Component, document));
        }
    }

    private static int Status(string key) => int.Parse(key, CultureInfo.InvariantCulture);

    private static OpenApiSchema Binary => new() { Type = JsonSchemaType.String, Format = "binary" };

    private static bool Has<T>(IList<object> endpoint) => endpoint.OfType<T>().Any();
}
