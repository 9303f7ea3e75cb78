using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using TwinTrack.Kernel;
using TwinTrack.Platform.Security;
using TwinTrack.Platform.Storage;
using TwinTrack.Platform.Web;
using TwinTrack.Routing.Domain.Rules;
using TwinTrack.Routing.Persistence;

namespace TwinTrack.Routing.Features;

/// <summary>
/// GET /rules/{kind}: the rules in force, or with <c>history=true</c> every version there ever was (the access log, the
/// assessments).
/// </summary>
internal static class ListRules
{
    private const int PageMax = 1_000;

    internal static void Map(IEndpointRouteBuilder routes) => routes.MapGet("/rules/{kind}", AnswerAsync)
        .RequireRole(RoutingReadRoles.Roles)
        .WithName(nameof(ListRules))
        .WithSummary("Rules of a kind, in force or with their history.");

    private static async Task<Results<Ok<Page<RuleView>>, ProblemHttpResult>> AnswerAsync(
        string kind, RoutingDb db, CancellationToken cancel, bool history = false, long after = 0, int limit = PageMax)
    {
        if (Word.Read<RuleKind>(kind) is not { } known)
        {
            return RuleRefusals.UnknownKind.ToProblem();
        }

        var size = Math.Clamp(limit, 1, PageMax);
        var rows = await db.Rules.AsNoTracking().Where(row => row.Kind == known && row.Number > after)
            .OrderBy(row => row.Number)
            .Where(row =>
                history || (!row.Ended && !db.Rules.Any(
                    later => later.Kind == row.Kind && later.RuleId == row.RuleId && later.Version > row.Version)))
            .Take(size).ToListAsync(cancel);
        return TypedResults.Ok(
            new Page<RuleView>([.. rows.Select(RuleView.Of)],
                rows.Count == size ? Invariant($"{rows[^1].Number}") : null));
    }
}
