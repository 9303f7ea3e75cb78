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
/// POST /auth/users: a new account. The same request with the same password gets the same answer and changes nothing.
/// </summary>
internal static class CreateUser
{
    internal sealed record Request(string User, string Password, string Party, IReadOnlyList<string> Roles);

    // Not in the idempotent transaction, which stores a fast hash of the body. A stolen table with fast hashes of
    // passwords would reveal the passwords.
    internal static void Map(IEndpointRouteBuilder routes) => routes.MapPost("/users", AnswerAsync)
        .WithName(nameof(CreateUser))
        .WithSummary("Make an account.")
        .WithOwnTransaction()
        .RequireRole(Role.Admin)
        .ProducesProblem(StatusCodes.Status400BadRequest)
        .ProducesProblem(StatusCodes.Status409Conflict);

    private static async Task<Results<Created<AccountView>, ProblemHttpResult>> AnswerAsync(
        Request request, ClaimsPrincipal user, GatewayDb db, AuditTrail<GatewayDb> audit, TimeProvider clock,
        CancellationToken cancel)
    {
        if (AccountRules.Check(request.User, request.Party, request.Roles, request.Password) is { } refusal)
        {
            return refusal.ToProblem();
        }

        var fresh = new User
        {
            Name = request.User,
            Party = request.Party,
            RoleWords = string.Join(' ', request.Roles),
            PasswordHash = CredentialCheck.Hash(request.Password),
            CreatedAt = clock.GetUtcNow(),
        };
        var kept = await db.InTransactionAsync(
            async () =>
            {
                if (await db.Users.AsNoTracking()
                    .SingleOrDefaultAsync(row => row.Name == fresh.Name, cancel) is { } present)
                {
                    return present;
                }

                db.Users.Add(fresh);
                await audit.RecordAsync(user.ToActor(), "create-user", fresh.Name,
                    new { party = fresh.Party, roles = fresh.RoleWords }, cancel);
                return fresh;
            },
            cancel);
        var same = kept == fresh
            || (kept.Party == fresh.Party && kept.RoleWords == fresh.RoleWords
                && CredentialCheck.Matches(kept.PasswordHash, request.Password));
        return same ? TypedResults.Created($"/auth/users/{kept.Name}", AccountView.Of(kept))
            : AccountRules.Exists.ToProblem();
    }
}
