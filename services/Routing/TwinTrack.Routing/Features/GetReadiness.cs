using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using TwinTrack.Platform.Security;
using TwinTrack.Routing.Domain.Rules;
using TwinTrack.Routing.Persistence;

namespace TwinTrack.Routing.Features;

/// <summary>
/// GET /readiness/{programme}: the checks that must hold before payments return to track 1, with their state.
/// </summary>
internal static class GetReadiness
{
    internal sealed record Response(bool Ready, IReadOnlyList<CheckStanding> Checks);

    internal static void Map(IEndpointRouteBuilder routes) => routes.MapGet("/readiness/{programme}", AnswerAsync)
        .RequireRole(RoutingReadRoles.Roles)
        .WithName(nameof(GetReadiness))
        .WithSummary("Readiness checks for a return to track 1.");

    private static async Task<Ok<Response>> AnswerAsync(
        string programme, RoutingDb db, RuleQuery rules, TimeProvider clock, CancellationToken cancel,
        string? areas = null)
    {
        var inForce = await rules.RulesAsync(db, cancel);
        var checks = inForce.Readiness(programme, areas?.Split(',') ?? [], clock.GetUtcNow());
        return TypedResults.Ok(new Response(checks.All(check => check.Met), checks));
    }
}
