using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using TwinTrack.Gateway.Accounts;
using TwinTrack.Gateway.Persistence;
using TwinTrack.Kernel;
using TwinTrack.Platform.Security;

namespace TwinTrack.Gateway.Features;

/// <summary>GET /auth/users: the accounts by name, page by page.</summary>
internal static class ListUsers
{
    private const int PageMax = 1_000;

    internal sealed record Page(IReadOnlyList<AccountView> Items, string? Next);

    internal static void Map(IEndpointRouteBuilder routes) => routes.MapGet("/users", AnswerAsync)
        .WithName(nameof(ListUsers))
        .WithSummary("The accounts, by name.")
        .RequireRole(Role.Admin, Role.Auditor);

    private static async Task<Ok<Page>> AnswerAsync(
        GatewayDb db, CancellationToken cancel, string after = "", int limit = 100)
    {
        var size = Math.Clamp(limit, 1, PageMax);
#pragma warning disable CA1309 // The database compares.
        var users = await db.Users.AsNoTracking().Where(user => string.Compare(user.Name, after) > 0)
#pragma warning restore CA1309
            .OrderBy(user => user.Name).Take(size).ToListAsync(cancel);
        return TypedResults.Ok(
            new Page([.. users.Select(AccountView.Of)], users.Count == size ? users[^1].Name : null));
    }
}
