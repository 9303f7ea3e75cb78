using System.Security.Claims;
using Microsoft.AspNetCore.Http.HttpResults;
using TwinTrack.Kernel;
using TwinTrack.Platform.Security;

namespace TwinTrack.Gateway.Features;

/// <summary>GET /auth/me: who the token says I am.</summary>
internal static class GetCurrentUser
{
    internal sealed record Response(string User, string Party, IReadOnlyList<string> Roles);

    internal static void Map(IEndpointRouteBuilder routes) => routes.MapGet("/me", Answer)
        .WithName(nameof(GetCurrentUser))
        .WithSummary("The user, party and roles of the token.")
        .RequireRole(Role.All);

    private static Ok<Response> Answer(ClaimsPrincipal user)
    {
        var actor = user.ToActor();
        return TypedResults.Ok(
            new Response(actor.User, actor.Party, [.. user.FindAll(Access.RoleClaim).Select(claim => claim.Value)]));
    }
}
