using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.OpenApi;
using TwinTrack.Platform.Security;

namespace TwinTrack.Platform.Web;

/// <summary>One status that a request can be refused with, as every document describes it.</summary>
/// <param name="Status">HTTP status.</param>
/// <param name="Component">Its name among the responses of a document.</param>
/// <param name="Description">When it is given, and what a client should do.</param>
/// <param name="Example">A refusal that the host gives with this status.</param>
/// <param name="SaysWhen">Whether <c>Retry-After</c> says when the same request may be sent again.</param>
internal sealed record ProblemAnswer(int Status, string Component, string Description, ProblemDetails Example,
    bool SaysWhen = false)
{
    public IOpenApiResponse Response(OpenApiDocument document)
    {
        var response = new OpenApiResponse
        {
            Description = Description,
            Content = new Dictionary<string, OpenApiMediaType>
            {
                ["application/problem+json"] = new()
                {
                    Schema = new OpenApiSchemaReference(ProblemAnswers.Schema, document),
                    Example =
                        new JsonObject
                        {
                            ["type"] = Example.Type,
                            ["title"] = Example.Title,
                            ["status"] = Status,
                            ["detail"] = Example.Detail
                        },
                },
            },
        };
        if (SaysWhen)
        {
            response.Headers = new Dictionary<string, IOpenApiHeader>
            {
                ["Retry-After"] = new OpenApiHeader
                {
                    Description =
                        "Seconds. If it is present, the same request with the same key may be sent again after them.",
                    Schema = new OpenApiSchema { Type = JsonSchemaType.Integer },
                },
            };
        }

        return response;
    }
}

/// <summary>
/// Every status of refusal. What an endpoint's metadata implies is added to its operation; an endpoint declares the
/// rest.
/// </summary>
internal static class ProblemAnswers
{
    public const string Schema = "Problem";

    public static readonly ProblemAnswer[] All =
    [
        new(StatusCodes.Status400BadRequest, "BadRequest",
            "The request cannot be read, or a value is not allowed. Correct it.",
            HostRefusals.Invalid(
                "Query parameter limit: found '0'; accepted is a whole number, 1 or more.").ToDetails()),
        new(StatusCodes.Status401Unauthorized, "Unauthorized", "The token is missing, expired or wrong. Log in again.",
            HostRefusals.NoToken.ToDetails()),
        new(StatusCodes.Status403Forbidden, "Forbidden", "The user has none of the roles that the operation asks for.",
            HostRefusals.NoRole("the role approver", "the role auditor").ToDetails()),
        new(StatusCodes.Status404NotFound, "NotFound",
            "There is no such thing at this address, or the user may not know of it.",
            HostRefusals.NothingHere.ToDetails()),
        new(StatusCodes.Status408RequestTimeout, "RequestTimeout", "The body came too slowly. Send it again.",
            HostRefusals.TooSlow.ToDetails()),
        new(StatusCodes.Status409Conflict, "Conflict",
            "The state at this moment does not allow it, or the same request still runs. Read the state first.",
            IdempotencyKey.StillRunning.ToProblem().ProblemDetails, SaysWhen: true),
        new(StatusCodes.Status413PayloadTooLarge, "ContentTooLarge", "The body is larger than this operation takes.",
            HostRefusals.TooLarge.ToDetails()),
        new(StatusCodes.Status415UnsupportedMediaType, "UnsupportedMediaType", "The body must be application/json.",
            HostRefusals.NotJsonType.ToDetails()),
        new(StatusCodes.Status422UnprocessableEntity, "Unprocessable",
            "A rule refuses the request, or its key was used for another request.",
            IdempotencyKey.Reused.ToProblem().ProblemDetails),
        new(StatusCodes.Status429TooManyRequests, "TooManyRequests", "Too many tries from this address. Wait.",
            HostRefusals.TooManyTries.ToDetails(), SaysWhen: true),
        new(StatusCodes.Status503ServiceUnavailable, "Unavailable",
            "The service cannot answer now. Nothing was done. Send the same request with the same key.",
            HostRefusals.Outage.ToDetails(), SaysWhen: true),
    ];

    public static ProblemAnswer Of(int status) => Array.Find(All, answer => answer.Status == status)
        ?? throw new InvalidOperationException(
            Invariant($"Status {status} is declared by an endpoint and stands in no row of {nameof(ProblemAnswers)}."));

    /// <summary>Adds code and detail to an answer that so far has only a status.</summary>
    public static void Complete(ProblemDetailsContext context)
    {
        var (http, problem) = (context.HttpContext, context.ProblemDetails);
        var endpoint = http.GetEndpoint()?.Metadata ?? EndpointMetadataCollection.Empty;
        var status = problem.Status ?? http.Response.StatusCode;
        // A provider's callback has no token: its 401 is about a signature.
        var callback = status == StatusCodes.Status401Unauthorized
            && endpoint.GetMetadata<IAllowAnonymous>() is not null;
        var refusal = status == StatusCodes.Status403Forbidden
            ? HostRefusals.NoRole(
                Listed("role", OperationFacts.Roles([.. endpoint])),
                Listed("role", [.. http.User.FindAll(Access.RoleClaim).Select(claim => claim.Value)]))
            : HostRefusals.OfStatus(status);
        if (problem.Detail is null && refusal is not null && !callback)
        {
            (problem.Type, problem.Title, problem.Detail) = (refusal.Type, refusal.Code, refusal.Reason);
        }
    }

    private static string Listed(string noun, string[] words) => words switch
    {
        [] => $"no {noun}",
        [var only] => $"the {noun} {only}",
        _ => $"one of the {noun}s {string.Join(", ", words)}",
    };

    public static OpenApiSchema ProblemSchema() => new()
    {
        Type = JsonSchemaType.Object,
        Description = "Problem details of RFC 9457. A service may add members, such as `errors`.",
        Required = new HashSet<string> { "type", "title", "status" },
        Properties = new Dictionary<string, IOpenApiSchema>
        {
            ["type"] =
                Text("`urn:twintrack:refusal:<code>` for a refusal, `urn:twintrack:fault:<code>` for a fault "
                + "that passes."),
            ["title"] = Text("The code of the refusal, such as `request.still_running`. Clients decide by it."),
            ["status"] = new OpenApiSchema { Type = JsonSchemaType.Integer, Format = "int32" },
            ["detail"] =
                new OpenApiSchema
                {
                    Type = JsonSchemaType.String | JsonSchemaType.Null,
                    Description = "One sentence for a person. It holds no personal data."
                },
        },
    };

    private static OpenApiSchema Text(string description) =>
        new() { Type = JsonSchemaType.String, Description = description };
}
