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

/// <summary>POST /channels/{code}/resume: open the gate again. It lifts no stop of a switch.</summary>
internal static class ResumeChannel
{
    internal sealed record Request(string Reason);

    internal static void Map(IEndpointRouteBuilder routes) => routes.MapPost("/channels/{code}/resume", AnswerAsync)
        .RequireRole(Role.Operator)
        .WithName(nameof(ResumeChannel))
        .WithSummary("Open a channel's gate again.");

    private static async Task<Results<Accepted<ChannelView>, ProblemHttpResult>> AnswerAsync(
        string code, Request request, ClaimsPrincipal user, RoutingDb db, GateCommands commands, PauseReviews reviews,
        AuditTrail<RoutingDb> audit, TimeProvider clock, CancellationToken cancel)
    {
        if (!FreeText.IsGiven(request.Reason, Channel.ReasonMax))
        {
            return ChannelRefusals.Invalid($"reason: 1 to {Channel.ReasonMax} characters.").ToProblem();
        }

        if (await db.ChannelToChangeAsync(code, cancel) is not { } channel)
        {
            return ChannelRefusals.Unknown.ToProblem();
        }

        if (GateAuthorization.Judge(user.ToActor(), code, channel.Track) is { } otherParty)
        {
            return otherParty.ToProblem();
        }

        if (!channel.Resume(clock.GetUtcNow()).Allows(out _, out var refusal))
        {
            return refusal.ToProblem();
        }

        await reviews.EndAsync(code, ReviewTrigger.Resume, user.ToActor(), request.Reason, cancel);
        await commands.SendAsync(channel, user.ToActor().ToString(), clock.GetUtcNow(), cancel);
        await audit.RecordAsync(user.ToActor(), "resume-channel", code, new { channel.Epoch, request.Reason }, cancel);
        return TypedResults.Accepted("/routing/channels", ChannelView.Of(channel));
    }
}
