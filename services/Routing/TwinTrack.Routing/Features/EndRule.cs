using System.Security.Claims;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using TwinTrack.Kernel;
using TwinTrack.Platform.Security;
using TwinTrack.Platform.Storage;
using TwinTrack.Platform.Web;
using TwinTrack.Routing.Domain.Channels;
using TwinTrack.Routing.Domain.Rules;
using TwinTrack.Routing.Persistence;

namespace TwinTrack.Routing.Features;

/// <summary>POST /rules/{kind}/{id}/end: ends a rule. Its versions are kept.</summary>
internal static class EndRule
{
    internal sealed record Request(string Reason);

    internal static void Map(IEndpointRouteBuilder routes) => routes.MapPost("/rules/{kind}/{id}/end", AnswerAsync)
        .RequireRole(RuleRoles.All)
        .WithName(nameof(EndRule))
        .WithSummary("End a routing rule.");

    private static async Task<Results<Ok<RuleView>, ProblemHttpResult>> AnswerAsync(
        string kind, string id, Request request, ClaimsPrincipal user, RoutingDb db, AuditTrail<RoutingDb> audit,
        TimeProvider clock, CancellationToken cancel)
    {
        if (!RuleRoles.Judge(kind, user).Allows(out var known, out var refusal))
        {
            return refusal.ToProblem();
        }

        if (!FreeText.IsGiven(request.Reason, Channel.ReasonMax))
        {
            return RuleRefusals.Invalid($"reason: 1 to {Channel.ReasonMax} characters.").ToProblem();
        }

        var latest = await db.Rules.AsNoTracking().Where(row => row.Kind == known && row.RuleId == id)
            .OrderByDescending(row => row.Version).FirstOrDefaultAsync(cancel);
        if (latest is null or { Ended: true })
        {
            return RuleRefusals.Unknown.ToProblem();
        }

        if (await DeclineAuthorization.RefusalAsync(db, latest.Read().Rule, user.ToActor(), cancel) is { } unspoken)
        {
            return unspoken.ToProblem();
        }

        var row = new RuleRow
        {
            Number = await db.Rules.MaxAsync(row => row.Number, cancel) + 1,
            Kind = known,
            RuleId = id,
            Version = latest.Version + 1,
            Body = latest.Body,
            Ended = true,
            By = user.ToActor().ToString(),
            At = clock.GetUtcNow(),
        };
        db.Rules.Add(row);
        await audit.RecordAsync(user.ToActor(), "end-rule", $"{kind}/{id}", new { row.Version, request.Reason },
            cancel);
        return TypedResults.Ok(RuleView.Of(row));
    }
}
