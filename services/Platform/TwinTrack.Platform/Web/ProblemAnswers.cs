using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Microsoft.OpenApi;

namespace TwinTrack.Platform.Web;

/// <summary>One status that a request can be refused with, as every document describes it.</summary>
/// <param name="Status">HTTP status.</param>
/// <param name="Component">Its name among the responses of a document.</param>
/// <param name="Description">When it is given, and what a client should do.</param>
/// <param name="Code">A code that this status is given with, for the example.</param>
/// <param name="SaysWhen">Whether <c>Retry-After</c> says when the same request may be sent again.</param>
internal sealed record ProblemAnswer(int Status, string Component, string Description, string Code,
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
                            ["type"] = Code,
                            ["title"] = Code[(Code.LastIndexOf(':') + 1)..],
                            ["status"] = Status,
                            ["detail"] = "One sentence for a person."
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

    private const string Refusal = "urn:twintrack:refusal:";

    public static readonly ProblemAnswer[] All =
    [
        new(StatusCodes.Status400BadRequest, "BadRequest",
            "The request cannot be read, or a value is not allowed. Correct it.",
            Refusal + "request.no_idempotency_key"),
        new(StatusCodes.Status401Unauthorized, "Unauthorized", "The token is missing, expired or wrong. Log in again.",
            Refusal + "auth.refused"),
        new(StatusCodes.Status403Forbidden, "Forbidden", "The user has none of the roles that the operation asks for.",
            "https://tools.ietf.org/html/rfc9110#section-15.5.4"),
        new(StatusCodes.Status404NotFound, "NotFound",
            "There is no such thing at this address, or the user may not know of it.",
            Refusal + "payments.batch_unknown"),
        new(StatusCodes.Status408RequestTimeout, "RequestTimeout", "The body came too slowly. Send it again.",
            "https://tools.ietf.org/html/rfc9110#section-15.5.9"),
        new(StatusCodes.Status409Conflict, "Conflict",
            "The state at this moment does not allow it, or the same request still runs. Read the state first.",
            Refusal + "request.still_running", SaysWhen: true),
        new(StatusCodes.Status413PayloadTooLarge, "ContentTooLarge", "The body is larger than this operation takes.",
            "https://tools.ietf.org/html/rfc9110#section-15.5.14"),
        new(StatusCodes.Status415UnsupportedMediaType, "UnsupportedMediaType", "The body must be application/json.",
            "https://tools.ietf.org/html/rfc9110#section-15.5.16"),
        new(StatusCodes.Status422UnprocessableEntity, "Unprocessable",
            "A rule refuses the request, or its key was used for another request.",
            Refusal + "request.idempotency_key_reused"),
        new(StatusCodes.Status429TooManyRequests, "TooManyRequests", "Too many tries from this address. Wait.",
            Refusal + "auth.too_many", SaysWhen: true),
        new(StatusCodes.Status503ServiceUnavailable, "Unavailable",
            "The service cannot answer now. Nothing was done. Send the same request with the same key.",
            "urn:twintrack:fault:database.unavailable", SaysWhen: true),
    ];

    public static ProblemAnswer Of(int status) => Array.Find(All, answer => answer.Status == status)
        ?? throw new InvalidOperationException(
            Invariant($"Status {status} is declared by an endpoint and stands in no row of {nameof(ProblemAnswers)}."));

    public static OpenApiSchema ProblemSchema() => new()
    {
        Type = JsonSchemaType.Object,
        Description = "Problem details of RFC 9457. A service may add members, such as `errors`.",
        Required = new HashSet<string> { "type", "title", "status" },
        Properties = new Dictionary<string, IOpenApiSchema>
        {
            ["type"] =
                Text("`urn:twintrack:refusal:<code>` for a refusal, `urn:twintrack:fault:<code>` for a fault, "
                + "or the section of RFC 9110 when the host itself refuses."),
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
