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
/// PUT /auth/users/{name}: changes another person's roles, party and access, and sets a new password if they lost
/// theirs. Ends a lock.
/// </summary>
internal static class ChangeUser
{
    /// <param name="Password">Null leaves it as it is.</param>
    internal sealed record Request(string Party, IReadOnlyList<string> Roles, bool Disabled, string? Password = null);

    internal static void Map(IEndpointRouteBuilder routes) => routes.MapPut("/users/{name}", AnswerAsync)
        .WithName(nameof(ChangeUser))
        .WithSummary("Change another person's account.")
        .WithOwnTransaction()
        .RequireRole(Role.Admin)
        .ProducesProblem(StatusCodes.Status400BadRequest)
        .ProducesProblem(StatusCodes.Status404NotFound)
        .ProducesProblem(StatusCodes.Status422UnprocessableEntity);

    private static async Task<Results<Ok<AccountView>, ProblemHttpResult>> AnswerAsync(
        string name, Request request, ClaimsPrincipal user, GatewayDb db, AuditTrail<GatewayDb> audit,
        CancellationToken cancel)
    {
        var refusal = AccountRules.Check(name, request.Party, request.Roles, request.Password)
            ?? (name == user.ToActor().User ? AccountRules.Yourself : null);
        if (refusal is not null)
        {
            return refusal.ToProblem();
        }

        var hash = request.Password is null ? null : CredentialCheck.Hash(request.Password);
        var account = await db.InTransactionAsync(
            async () =>
            {
                if (await db.Users.SingleOrDefaultAsync(row => row.Name == name, cancel) is not { } known)
                {
                    return null;
                }

                known.Party = request.Party;
                known.RoleWords = string.Join(' ', request.Roles);
                known.Disabled = request.Disabled;
                known.PasswordHash = hash ?? known.PasswordHash;
                known.FailedCount = 0;
                known.LockedUntil = null;
                await audit.RecordAsync(
                    user.ToActor(), "change-user", name,
                    new
                    {
                        party = known.Party,
                        roles = known.RoleWords,
                        disabled = known.Disabled,
                        passwordReset = hash is not null
                    }, cancel);
                return AccountView.Of(known);
            },
            cancel);
        return account is null ? AccountRules.Absent.ToProblem() : TypedResults.Ok(account);
    }
}
