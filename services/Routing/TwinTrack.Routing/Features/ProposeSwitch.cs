using System.Security.Claims;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using TwinTrack.Kernel;
using TwinTrack.Platform;
using TwinTrack.Routing.Domain;
using TwinTrack.Routing.Domain.Rules;
using TwinTrack.Routing.Domain.Switches;
using TwinTrack.Routing.Jobs;
using TwinTrack.Routing.Persistence;

namespace TwinTrack.Routing.Features;

/// <summary>POST /switches: propose to change the track of part of a running cycle. Starts the switch's process; nothing moves before the vote.</summary>
internal static class ProposeSwitch
{
    internal sealed record Request(
        string Programme,
        CycleId CycleId,
        IReadOnlyList<string>? Areas,
        IReadOnlyList<string> FromChannels,
        int ToTrack,
        string Reason,
        DateOnly? Until,
        string? ReturnCriteria,
        string? Trigger = null,
        bool Emergency = false,
        int? PilotPercent = null);

    internal static void Map(IEndpointRouteBuilder routes) => routes.MapPost("/switches", AnswerAsync)
        .RequireRole(Role.Operator, Role.ProgrammeManager, Role.CoChair, Role.Admin, Role.Facilitator)
        .WithName(nameof(ProposeSwitch))
        .WithSummary("Propose to change the track of part of a running cycle.");

    private static async Task<Results<Created<SwitchAnswer>, ProblemHttpResult>> AnswerAsync(
        Request request, ClaimsPrincipal user, RoutingDb db, RuleShelf rules, AuditTrail<RoutingDb> audit, TimeProvider clock, CancellationToken cancel)
    {
        if (Word.Read<SwitchReason>(request.Reason) is not { } reason)
        {
            return SwitchRefusals.Invalid($"reason: one of {Word.All<SwitchReason>()}.").ToProblem();
        }

        var scope = new SwitchScope(request.Programme ?? "", request.CycleId, [.. (request.Areas ?? []).Distinct()], [.. (request.FromChannels ?? []).Distinct()], request.ToTrack, request.PilotPercent);
        var proposal = new SwitchProposal(scope, reason, request.Until, request.ReturnCriteria) { Trigger = request.Trigger, Emergency = request.Emergency };
        var now = clock.GetUtcNow();
        var judged = proposal.Judge(
            await db.ProtocolsInForceAsync(scope.Programme, cancel),
            user.ToActor(),
            user.FindAll(Access.RoleClaim).Select(role => role.Value).ToHashSet(),
            await db.Channels.AsNoTracking().ToListAsync(cancel),
            await db.BusyChannelsAsync(null, cancel),
            now);
        if (!judged.Allows(out var chosen, out var refusal))
        {
            return refusal.ToProblem();
        }

        var checks = scope.ToTrack == Track.Government ? (await rules.BookAsync(db, cancel)).Readiness(scope.Programme, scope.Areas, now) : [];
        if (checks.Any(check => !check.Met))
        {
            return RuleRefusals.NotReady(checks).ToProblem();
        }

        var proposed = Switch.Propose(SwitchId.New(clock), proposal, chosen, user.ToActor(), now);
        db.Switches.Add(proposed);
        await db.StartJobAsync(SwitchJob.Kind, proposed.Id.ToString(), now, cancel);
        await audit.RecordAsync(user.ToActor(), "propose-switch", proposed.Id.ToString(), new { request, Protocol = chosen.Protocol.ToString() }, cancel);
        return TypedResults.Created($"/routing/switches/{proposed.Id}", new SwitchAnswer(proposed.Id, proposed.State));
    }
}

/// <summary>What every act on a switch answers.</summary>
internal sealed record SwitchAnswer(SwitchId Id, SwitchState State);
