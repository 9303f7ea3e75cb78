using Microsoft.OpenApi;
using TwinTrack.Kernel;

namespace TwinTrack.Platform.Web;

/// <summary>The header that makes an unsafe request safe to repeat, as the documents describe it.</summary>
internal static class IdempotencyKey
{
    public const string Header = "Idempotency-Key";
    public const int LengthMax = 200;

    /// <summary>Its name among the parameters of a document.</summary>
    public const string Component = "IdempotencyKey";

    public static readonly Refusal StillRunning = new("request.still_running",
        $"A request with this {Header} is still running. Send the same request again later.",
        RefusalKind.Conflict);

    public static readonly Refusal Reused = new("request.idempotency_key_reused",
        $"This {Header} was used for another request. Send a new value.");

    public static IOpenApiParameter Parameter() => new OpenApiParameter
    {
        Name = Header,
        In = ParameterLocation.Header,
        Required = true,
        Description =
            "New for each new request, and the same when a request is sent again. "
            + "The stored answer is given again for the same body; "
            + "another body is refused with 422, and 409 says that the first request still runs.",
        Schema = new OpenApiSchema { Type = JsonSchemaType.String, MinLength = 1, MaxLength = LengthMax },
        Example = "0198c7e2b1d47c9a8f3e5a6b7c8d9e0f",
    };
}

/// <summary>Marks endpoints whose unsafe requests must carry an <c>Idempotency-Key</c>.</summary>
internal sealed class TakesIdempotencyKey;
