using System.Security.Claims;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using TwinTrack.Kernel;
using TwinTrack.Platform.Security;
using TwinTrack.Platform.Web;
using TwinTrack.Routing.Domain.Channels;
using TwinTrack.Routing.Domain.Switches;
using TwinTrack.Routing.Jobs;
using TwinTrack.Routing.Persistence;

namespace TwinTrack.Routing.Features;

/// <summary>
/// POST /channels/{code}/pause: one person pauses a channel at once. Nothing more leaves, and no payment is rerouted.
/// Opens a review by co-chairs.
/// </summary>
internal static class PauseChannel
{
    internal sealed record Request(string Reason);

    internal static void Map(IEndpointRouteBuilder routes) => routes.MapPost("/channels/{code}/pause", AnswerAsync)
        .RequireRole([.. PauseReview.Roles])
        .WithName(nameof(PauseChannel))
        .WithSummary("Close a channel's gate at once.");

    private static async Task<Results<Accepted<ChannelView>, ProblemHttpResult>> AnswerAsync(
        string code, Request request, ClaimsPrincipal user, RoutingDb db, GateCommands commands, PauseReviews reviews,
        AuditTrail<RoutingDb> audit, TimeProvider clock, CancellationToken cancel)
    {
        var inForce = await db.ProtocolsInForceAsync(null, cancel);
        var roles = PauseReview.PauseRoles(inForce);
        if (!roles.Any(user.IsInRole))
        {
            return SwitchRefusals.PauseRole(roles).ToProblem();
        }

        if (await db.ChannelToChangeAsync(code, cancel) is not { } channel)
        {
            return ChannelRefusals.Unknown.ToProblem();
        }

        if (GateAuthorization.Judge(user.ToActor(), code, channel.Track) is { } otherParty)
        {
            return otherParty.ToProblem();
        }

        if (!channel.Pause(request.Reason, clock.GetUtcNow()).Allows(out _, out var refusal))
        {
            return refusal.ToProblem();
        }

        await commands.SendAsync(channel, user.ToActor().ToString(), clock.GetUtcNow(), cancel);
        var review = await reviews.OpenAsync(
            channel.Code, request.Reason, user.ToActor(), PauseReview.HoursUntilReview(inForce), cancel);
        await audit.RecordAsync(user.ToActor(), "pause-channel", code,
            new { channel.Epoch, request.Reason, Review = review.Id.ToString(), review.DueAt }, cancel);
        return TypedResults.Accepted("/routing/channels", ChannelView.Of(channel));
    }
}
