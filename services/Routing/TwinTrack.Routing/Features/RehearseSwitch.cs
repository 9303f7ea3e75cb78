using System.Security.Claims;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using TwinTrack.Kernel;
using TwinTrack.Platform.Jobs;
using TwinTrack.Platform.Security;
using TwinTrack.Platform.Storage;
using TwinTrack.Platform.Web;
using TwinTrack.Routing.Domain.Switches;
using TwinTrack.Routing.Jobs;
using TwinTrack.Routing.Persistence;

namespace TwinTrack.Routing.Features;

/// <summary>
/// POST /switches/{id}/rehearsals: count the live cycle and work out what the switch would do. Changes nothing but the
/// hash to vote on.
/// </summary>
internal static class RehearseSwitch
{
    /// <param name="Asked">The rehearsal is there when the switch shows this number or a higher one.</param>
    internal sealed record Response(SwitchId Id, long Asked);

    internal static void Map(IEndpointRouteBuilder routes) => routes.MapPost("/switches/{id}/rehearsals", AnswerAsync)
        .RequireRole(Role.Operator, Role.Facilitator)
        .WithName(nameof(RehearseSwitch))
        .WithSummary("Calculate the effect of a switch without executing it.");

    private static async Task<Results<Accepted<Response>, ProblemHttpResult>> AnswerAsync(
        SwitchId id, ClaimsPrincipal user, RoutingDb db, SwitchCounts counts, AuditTrail<RoutingDb> audit,
        TimeProvider clock, CancellationToken cancel)
    {
        if (await db.SwitchToChangeAsync(id, cancel) is not { } subject)
        {
            return SwitchRefusals.Unknown.ToProblem();
        }

        if (!SwitchLifecycle.Table.Next(subject.State, SwitchTrigger.Rehearse).Allows(out _, out var refusal))
        {
            return refusal.ToProblem();
        }

        await counts.AskAsync(subject, CountPurpose.Rehearsal, cancel);
        await db.WakeJobAsync(SwitchJob.Kind, id.ToString(), clock.GetUtcNow(), cancel);
        await audit.RecordAsync(user.ToActor(), "ask-rehearsal", id.ToString(), new { Asked = subject.CountNumber },
            cancel);
        return TypedResults.Accepted($"/routing/switches/{id}", new Response(id, subject.CountNumber));
    }
}
