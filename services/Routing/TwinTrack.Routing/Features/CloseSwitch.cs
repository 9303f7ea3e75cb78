using System.Security.Claims;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using TwinTrack.Contracts.Routing.V1;
using TwinTrack.Kernel;
using TwinTrack.Platform.Messaging;
using TwinTrack.Platform.Security;
using TwinTrack.Platform.Web;
using TwinTrack.Routing.Domain.Switches;
using TwinTrack.Routing.Persistence;

namespace TwinTrack.Routing.Features;

/// <summary>
/// POST /switches/{id}/close: end a switch before its late window has run out, once nothing in scope can move money.
/// Sends <see cref="EndMove"/>.
/// </summary>
internal static class CloseSwitch
{
    internal static void Map(IEndpointRouteBuilder routes) => routes.MapPost("/switches/{id}/close", AnswerAsync)
        .RequireRole(Role.Operator)
        .WithName(nameof(CloseSwitch))
        .WithSummary("Close a switch in which no payment is open any more.");

    private static async Task<Results<Ok<SwitchAnswer>, ProblemHttpResult>> AnswerAsync(
        SwitchId id, ClaimsPrincipal user, RoutingDb db, RoutingFactsQuery factsQuery, CeilingCapacityQuery ceilings,
        Outbox<RoutingDb> outbox, AuditTrail<RoutingDb> audit, TimeProvider clock, CancellationToken cancel)
    {
        if (await db.SwitchToChangeAsync(id, cancel) is not { } subject)
        {
            return SwitchRefusals.Unknown.ToProblem();
        }

        if (!SwitchLifecycle.Table.Next(subject.State, SwitchTrigger.Close).Allows(out _, out var refusal))
        {
            return refusal.ToProblem();
        }

        var latest = await db.Counts.FindAsync([id, subject.ProgressCount!.Value], cancel)
            ?? throw new InvalidOperationException($"Switch {id} watches without a count.");
        var facts = await factsQuery.ReadAsync(subject.Programme, subject.CycleId, cancel);
        var progress =
            Progress.Of(latest.Count, subject.Scope, facts, await ceilings.LookAsync(facts, subject.CycleId, cancel));
        if (!progress.IsFinished)
        {
            return SwitchRefusals.Unfinished.ToProblem();
        }

        subject.Go(SwitchTrigger.Close, user.ToActor(), clock.GetUtcNow());
        outbox.Send(new EndMove(id.ToString()));
        await audit.RecordAsync(user.ToActor(), "close-switch", id.ToString(),
            new { Asked = latest.CountNumber, progress.Unreachable }, cancel);
        return TypedResults.Ok(new SwitchAnswer(id, subject.State));
    }
}
