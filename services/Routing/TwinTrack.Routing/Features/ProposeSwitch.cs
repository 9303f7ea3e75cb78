using System.Security.Claims;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using TwinTrack.Kernel;
using TwinTrack.Platform.Jobs;
using TwinTrack.Platform.Security;
using TwinTrack.Platform.Storage;
using TwinTrack.Platform.Web;
using TwinTrack.Routing.Domain;
using TwinTrack.Routing.Domain.Channels;
using TwinTrack.Routing.Domain.Rules;
using TwinTrack.Routing.Domain.Switches;
using TwinTrack.Routing.Jobs;
using TwinTrack.Routing.Persistence;

namespace TwinTrack.Routing.Features;

/// <summary>
/// POST /switches: propose to change the track of part of a running cycle. Starts the switch's process; nothing moves
/// before the vote.
/// </summary>
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
        Request request, ClaimsPrincipal user, RoutingDb db, RuleQuery rules, RoutingFactsQuery factsQuery,
        AuditTrail<RoutingDb> audit, TimeProvider clock, CancellationToken cancel)
    {
        if (Word.Read<SwitchReason>(request.Reason) is not { } reason)
        {
            return SwitchRefusals.Invalid($"reason: one of {Word.All<SwitchReason>()}.").ToProblem();
        }

        var scope =
            new SwitchScope(request.Programme ?? "", request.CycleId, [.. (request.Areas ?? []).Distinct()],
                [.. (request.FromChannels ?? []).Distinct()], request.ToTrack, request.PilotPercent);
        var proposal =
            new SwitchProposal(scope, reason, request.Until, request.ReturnCriteria)
            {
                Trigger = request.Trigger,
                Emergency = request.Emergency,
                ProgrammeOfCycle = (await db.Cycles.FindAsync([request.CycleId], cancel))?.Programme,
            };
        var now = clock.GetUtcNow();
        var channels = await db.Channels.AsNoTracking().ToListAsync(cancel);
        var judged = proposal.Judge(
            await db.ProtocolsInForceAsync(scope.Programme, cancel),
            user.ToActor(),
            user.FindAll(Access.RoleClaim).Select(role => role.Value).ToHashSet(),
            channels,
            now);
        if (!judged.Allows(out var chosen, out var refusal))
        {
            return refusal.ToProblem();
        }

        var checks = scope.ToTrack == Track.Government
            ? (await rules.RulesAsync(db, cancel)).Readiness(scope.Programme, scope.Areas, now) : [];
        if (checks.Any(check => !check.Met))
        {
            return RuleRefusals.NotReady(checks).ToProblem();
        }

        var facts = await factsQuery.ReadAsync(scope.Programme, scope.CycleId, cancel);
        var paused = PausedTarget.Among(facts.Table, scope, channels);
        var suspended = SuspendedTarget.Among(facts.Terms.Suspended, scope);
        var proposed = Switch.Propose(SwitchId.New(clock), proposal, chosen, user.ToActor(), now);
        db.Switches.Add(proposed);
        await db.StartJobAsync(SwitchJob.Kind, proposed.Id.ToString(), now, cancel);
        await audit.RecordAsync(user.ToActor(), "propose-switch", proposed.Id.ToString(),
            new { request, Protocol = chosen.Protocol.ToString() }, cancel);
        return TypedResults.Created($"/routing/switches/{proposed.Id}", new SwitchAnswer(proposed.Id, proposed.State)
        {
            Warnings = [.. paused.Select(one => one.ToString()), .. suspended.Select(one => one.ToString()),
                .. new[] { proposal.CycleWarning }.OfType<string>(),
                .. SwitchOverlap.Warnings(scope, await OthersAsync(scope, db, cancel))],
        });
    }

    /// <summary>Open and running switches of the same cycle.</summary>
    private static Task<List<Switch>> OthersAsync(SwitchScope scope, RoutingDb db, CancellationToken cancel) =>
        db.Switches.AsNoTracking().IgnoreAutoIncludes()
            .Where(row => row.Programme == scope.Programme && row.CycleId == scope.CycleId
                && (SwitchLifecycle.Open.Contains(row.State) || SwitchLifecycle.InProgress.Contains(row.State)))
            .ToListAsync(cancel);
}

/// <summary>The answer to every act on a switch.</summary>
internal sealed record SwitchAnswer(SwitchId Id, SwitchState State)
{
    /// <summary>What should be done before the vote; may be empty.</summary>
    public IReadOnlyList<string> Warnings { get; init; } = [];
}
