using System.Security.Claims;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using TwinTrack.Contracts.Routing.V1;
using TwinTrack.Kernel;
using TwinTrack.Platform.Jobs;
using TwinTrack.Platform.Messaging;
using TwinTrack.Platform.Security;
using TwinTrack.Platform.Storage;
using TwinTrack.Platform.Web;
using TwinTrack.Routing.Domain.Switches;
using TwinTrack.Routing.Jobs;
using TwinTrack.Routing.Persistence;

namespace TwinTrack.Routing.Features;

/// <summary>
/// POST /switches/{id}/abort: propose to abort a switch, or add a vote to it. The vote that completes the quorum ends
/// the switch. Sends <see cref="EndMove"/> where a move began. A repeated vote of one person changes nothing.
/// </summary>
internal static class AbortSwitch
{
    /// <param name="Reason">Why; it is kept with the vote.</param>
    /// <param name="Hash">Of the switch that was carried; left out: the switch's own.</param>
    internal sealed record Request(string Reason, string? Hash = null);

    internal static void Map(IEndpointRouteBuilder routes) => routes.MapPost("/switches/{id}/abort", AnswerAsync)
        .RequireRole(Role.CoChair)
        .WithName(nameof(AbortSwitch))
        .WithSummary("Vote for your party to abort a switch that was carried.");

    private static async Task<Results<Ok<SwitchAnswer>, ProblemHttpResult>> AnswerAsync(
        SwitchId id, Request request, ClaimsPrincipal user, RoutingDb db, Outbox<RoutingDb> outbox,
        AuditTrail<RoutingDb> audit, TimeProvider clock, CancellationToken cancel)
    {
        if (await db.SwitchToChangeAsync(id, cancel) is not { } subject)
        {
            return SwitchRefusals.Unknown.ToProblem();
        }

        var (now, actor, before) = (clock.GetUtcNow(), user.ToActor(), subject.State);
        if (!subject.Abort(actor, user.IsInRole(Role.CoChair), request.Hash, request.Reason ?? "", now)
            .Allows(out var state, out var refusal))
        {
            return refusal.ToProblem();
        }

        await audit.RecordAsync(actor, "vote-abort-switch", id.ToString(),
            new { subject.Hash, request.Reason, State = state.ToString() }, cancel);
        if (state == SwitchState.Aborted)
        {
            if (before != SwitchState.Voted)
            {
                // Payments waits for the move of what was withdrawn for this switch, also when it never begins.
                outbox.Send(new EndMove(id.ToString()));
            }

            await db.WakeJobAsync(SwitchJob.Kind, id.ToString(), now, cancel);
            await audit.RecordAsync(Actor.System, "abort-switch", id.ToString(),
                new { From = before.ToString(), Decision = subject.AbortDecision() }, cancel);
        }

        return TypedResults.Ok(new SwitchAnswer(id, state) { Warnings = [.. WarningsOf(subject)] });
    }

    /// <summary>Which votes are missing; none after the end.</summary>
    private static IEnumerable<string> WarningsOf(Switch subject) => subject.State == SwitchState.Aborted ? []
        : [AbortBallot.Missing([.. subject.AbortVotes], subject.Quorum) is { Count: > 0 } missing
            ? $"The switch goes on until these votes to abort it are cast: {string.Join(", ", missing)}."
            : "The switch goes on until a second person votes to abort it."];
}
