using System.Security.Claims;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using TwinTrack.Kernel;
using TwinTrack.Platform.Security;
using TwinTrack.Platform.Web;
using TwinTrack.Routing.Domain.Channels;
using TwinTrack.Routing.Domain.Switches;
using TwinTrack.Routing.Jobs;
using TwinTrack.Routing.Persistence;

namespace TwinTrack.Routing.Features;

/// <summary>
/// POST /suspensions: one person suspends a track for a programme, in all areas or some, at once. Nothing of it leaves
/// any more on any channel of the track, and what is released waits. No gate moves, and no payment is rerouted. Opens
/// one review by co-chairs.
/// </summary>
internal static class SuspendTrack
{
    /// <param name="Track">1 government, 2 aligned.</param>
    /// <param name="Areas">P-codes as the payments carry them; left out or empty: all.</param>
    internal sealed record Request(int Track, string Programme, IReadOnlyList<string>? Areas, string Reason);

    internal static void Map(IEndpointRouteBuilder routes) => routes.MapPost("/suspensions", AnswerAsync)
        .RequireRole([.. PauseReview.Roles])
        .WithName(nameof(SuspendTrack))
        .WithSummary("Suspend a track for a programme at once, in all areas or some.");

    private static async Task<Results<Created<SuspensionView>, ProblemHttpResult>> AnswerAsync(
        Request request, ClaimsPrincipal user, RoutingDb db, Suspensions suspensions, PauseReviews reviews,
        AuditTrail<RoutingDb> audit, TimeProvider clock, CancellationToken cancel)
    {
        var inForce = await db.ProtocolsInForceAsync(null, cancel);
        var roles = PauseReview.PauseRoles(inForce);
        if (!roles.Any(user.IsInRole))
        {
            return SwitchRefusals.PauseRole(roles).ToProblem();
        }

        var actor = user.ToActor();
        if (GateAuthorization.JudgeTrack(actor, request.Track) is { } otherParty)
        {
            return otherParty.ToProblem();
        }

        var begun = await suspensions.BeginAsync(AskedOf(request, actor, clock), cancel);
        if (!begun.Allows(out var suspension, out var refusal))
        {
            return refusal.ToProblem();
        }

        var review = await reviews.OpenAsync(suspension, actor, PauseReview.HoursUntilReview(inForce), cancel);
        await audit.RecordAsync(actor, "suspend-track", suspension.Id.ToString(), new
        {
            suspension.Track,
            suspension.Programme,
            suspension.Areas,
            suspension.Reason,
            Channels = suspension.Channels.Select(channel => new { channel.Channel, channel.Epoch }),
            Review = review.Id.ToString(),
            review.DueAt
        }, cancel);
        return TypedResults.Created($"/routing/suspensions/{suspension.Id}", SuspensionView.Of(suspension) with
        {
            Warnings = [.. await WarningsAsync(db, suspension, inForce, cancel)],
        });
    }

    private static Suspension AskedOf(Request request, Actor by, TimeProvider clock) => new()
    {
        Id = SuspensionId.New(clock),
        Programme = request.Programme ?? "",
        Areas = [.. (request.Areas ?? []).Distinct().Order(StringComparer.Ordinal)],
        Track = request.Track,
        Reason = request.Reason ?? "",
        SuspendedBy = by.ToString(),
        SuspendedAt = clock.GetUtcNow(),
    };

    /// <summary>A mistyped programme would suspend nothing.</summary>
    private static async Task<IEnumerable<string>> WarningsAsync(
        RoutingDb db, Suspension suspension, IEnumerable<Protocol> protocols, CancellationToken cancel)
    {
        var known = protocols.Any(protocol => protocol.Programme == suspension.Programme)
            || await db.Cycles.AnyAsync(cycle => cycle.Programme == suspension.Programme, cancel);
        return known ? []
            : [$"No cycle and no protocol of programme {suspension.Programme} is known here. Check the code."];
    }
}
