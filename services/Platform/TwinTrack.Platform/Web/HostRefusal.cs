using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;

namespace TwinTrack.Platform.Web;

/// <summary>A refusal by the host itself, with a status that no rule of a service has.</summary>
/// <param name="Code">Stable and dotted, as of every refusal.</param>
/// <param name="Reason">What was found, what is accepted and what to do next. It has no personal data.</param>
/// <param name="Status">HTTP status.</param>
/// <param name="Family"><c>refusal</c>, or <c>fault</c> for a passing fault of the host.</param>
public sealed record HostRefusal(string Code, string Reason, int Status, string Family = "refusal")
{
    public string Type => $"urn:twintrack:{Family}:{Code}";

    public ProblemDetails ToDetails() => new() { Type = Type, Title = Code, Detail = Reason, Status = Status };

    public ProblemHttpResult ToProblem() => TypedResults.Problem(ToDetails());
}

/// <summary>Every refusal by the host itself. The documents show them as examples.</summary>
public static class HostRefusals
{
    public static HostRefusal NoToken { get; } = new("auth.token_needed",
        "This request has no token, or its token is wrong or has expired. Log in (./twintrack login, or POST "
        + "/auth/token) and send the token as Authorization: Bearer.",
        StatusCodes.Status401Unauthorized);

    public static HostRefusal TooManyTries { get; } = new("auth.too_many",
        "Too many log-in tries came from this address. Wait a second and try again.",
        StatusCodes.Status429TooManyRequests);

    internal static HostRefusal NothingHere { get; } = new("request.nothing_here",
        "Nothing is at this address, or you may not see it. Check the path at /docs, and each id in its list.",
        StatusCodes.Status404NotFound);

    internal static HostRefusal OtherMethod { get; } = new("request.method_not_allowed",
        "This address does not take this HTTP method. The header Allow names the accepted ones.",
        StatusCodes.Status405MethodNotAllowed);

    internal static HostRefusal TooSlow { get; } = new("request.too_slow",
        "The body came too slowly. Send the same request again over a better line.",
        StatusCodes.Status408RequestTimeout);

    internal static HostRefusal TooLarge { get; } = new("request.too_large",
        "The body is larger than this operation takes. Split it; the operation's page at /docs names its limit.",
        StatusCodes.Status413PayloadTooLarge);

    internal static HostRefusal NotJsonType { get; } = new("request.content_type",
        "The body's content type is not accepted. Send JSON, with Content-Type: application/json.",
        StatusCodes.Status415UnsupportedMediaType);

    internal static HostRefusal Outage { get; } = new("database.unavailable",
        "The database cannot be reached now. Nothing was done by halves; send the same request again, with the same "
        + "key.",
        StatusCodes.Status503ServiceUnavailable, "fault");

    internal static HostRefusal Race { get; } = new("request.race",
        "Somebody else changed the same things at the same time. Nothing was done; send the same request again, with "
        + "the same key.",
        StatusCodes.Status409Conflict, "fault");

    internal static HostRefusal Invalid(string faults) => new("request.invalid",
        $"This request cannot be read. {faults} Correct it and send it again.",
        StatusCodes.Status400BadRequest);

    internal static HostRefusal NotJson(long line, long position) => new("request.not_json",
        Invariant($"The body is not JSON: it breaks off or goes wrong at line {line}, position {position}. ")
        + "Correct it there and send it again.",
        StatusCodes.Status400BadRequest);

    internal static HostRefusal NoRole(string needed, string held) => new("role.needed",
        $"This operation needs {needed}. This user has {held}. An administrator gives roles (PUT /auth/users/NAME, or "
        + "at the identity provider); then log in again.",
        StatusCodes.Status403Forbidden);

    /// <summary>What the host says to a status without a body; null where there is nothing to add.</summary>
    internal static HostRefusal? OfStatus(int status) => status switch
    {
        StatusCodes.Status401Unauthorized => NoToken,
        StatusCodes.Status404NotFound => NothingHere,
        StatusCodes.Status405MethodNotAllowed => OtherMethod,
        StatusCodes.Status408RequestTimeout => TooSlow,
        StatusCodes.Status413PayloadTooLarge => TooLarge,
        StatusCodes.Status415UnsupportedMediaType => NotJsonType,
        _ => null,
    };
}
