using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using TwinTrack.Gateway.Accounts;
using TwinTrack.Platform.Web;

namespace TwinTrack.Gateway.Features;

/// <summary>POST /auth/token: a name and a password for a token of eight hours.</summary>
internal static class IssueToken
{
    private const int BodyMaxBytes = 8 * 1024;

    internal sealed record Request(string User, string Password);

    internal sealed record Response(string Token, DateTimeOffset ExpiresAt, string User, string Party,
        IReadOnlyList<string> Roles);

    internal static void Map(IEndpointRouteBuilder routes) => routes.MapPost("/token", AnswerAsync)
        .WithName(nameof(IssueToken))
        .WithSummary("Exchange a name and a password for a token.")
        .WithMetadata(new RequestSizeLimitAttribute(BodyMaxBytes))
        .WithOwnTransaction()
        .AllowAnonymous()
        .ProducesProblem(StatusCodes.Status401Unauthorized)
        .ProducesProblem(StatusCodes.Status429TooManyRequests);

    private static async Task<Results<Ok<Response>, ProblemHttpResult>> AnswerAsync(
        Request request, CredentialCheck check, TokenIssuer issuer, HttpContext http, CancellationToken cancel)
    {
        http.Response.Headers.CacheControl = "no-store";
        if (await check.EnterAsync(request.User, request.Password, cancel) is not { } user)
        {
            return Refused();
        }

        var (token, expires) = issuer.Issue(user);
        return TypedResults.Ok(new Response(token, expires, user.Name, user.Party, user.Roles));
    }

    /// <summary>
    /// One answer for every refusal. It has its own status (401), because only here the caller has no identity yet.
    /// </summary>
    internal static ProblemHttpResult Refused() => Refusal.ToProblem();

    private static HostRefusal Refusal { get; } = new("auth.refused",
        "The name or the password is wrong, or the account is locked or disabled. Try again, or ask an administrator.",
        StatusCodes.Status401Unauthorized);
}
