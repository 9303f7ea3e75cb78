using System.Security.Claims;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using TwinTrack.Gateway.Accounts;
using TwinTrack.Gateway.Persistence;
using TwinTrack.Kernel;
using TwinTrack.Platform.Security;
using TwinTrack.Platform.Storage;
using TwinTrack.Platform.Web;

namespace TwinTrack.Gateway.Features;

/// <summary>
/// POST /auth/password: changes the caller's own password, given the old one. A wrong old password counts towards the
/// lock like a wrong log-in.
/// </summary>
internal static class ChangePassword
{
    internal sealed record Request(string Current, string New);

    internal static void Map(IEndpointRouteBuilder routes) => routes.MapPost("/password", AnswerAsync)
        .WithName(nameof(ChangePassword))
        .WithSummary("Change my own password.")
        .WithOwnTransaction()
        .RequireRole(Role.All)
        .ProducesProblem(StatusCodes.Status400BadRequest)
        .ProducesProblem(StatusCodes.Status401Unauthorized);

    private static async Task<Results<NoContent, ProblemHttpResult>> AnswerAsync(
        Request request, ClaimsPrincipal user, CredentialCheck check, GatewayDb db, AuditTrail<GatewayDb> audit,
        CancellationToken cancel)
    {
        if (AccountRules.CheckPassword(request.New) is { } refusal)
        {
            return refusal.ToProblem();
        }

        var actor = user.ToActor();
        if (await check.EnterAsync(actor.User, request.Current, cancel) is not { } known)
        {
            return IssueToken.Refused();
        }

        var hash = CredentialCheck.Hash(request.New);
        await db.InTransactionAsync(
            async () =>
            {
                await db.Users.Where(row => row.Name == known.Name)
                    .ExecuteUpdateAsync(row => row.SetProperty(u => u.PasswordHash, hash), cancel);
                await audit.RecordAsync(actor, "change-password", known.Name, new { }, cancel);
            },
            cancel);
        return TypedResults.NoContent();
    }
}
