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
/// POST /scenarios: rehearse a change of track that nobody has proposed, to compare it with others. Has no effect and
/// is not voted on.
/// </summary>
internal static class CreateScenario
{
    internal sealed record Request(string Name, string Programme, CycleId CycleId, IReadOnlyList<string>? Areas,
        IReadOnlyList<string> FromChannels, int ToTrack);

    /// <param name="Asked">Number under which the rehearsal will be kept.</param>
    internal sealed record Response(SwitchId Id, long Asked);

    internal static void Map(IEndpointRouteBuilder routes) => routes.MapPost("/scenarios", AnswerAsync)
        .RequireRole(Role.Operator, Role.ProgrammeManager, Role.CoChair, Role.Facilitator)
        .WithName(nameof(CreateScenario))
        .WithSummary("Rehearse a change of track that nobody has proposed.");

    private static async Task<Results<Accepted<Response>, ProblemHttpResult>> AnswerAsync(
        Request request, ClaimsPrincipal user, RoutingDb db, AuditTrail<RoutingDb> audit, TimeProvider clock,
        CancellationToken cancel)
    {
        var scope =
            new SwitchScope(request.Programme ?? "", request.CycleId, request.Areas ?? [], request.FromChannels ?? [],
                request.ToTrack);
        if (!Scenario.Of(SwitchId.New(clock), request.Name, scope, user.ToActor(), clock.GetUtcNow())
            .Allows(out var scenario, out var refusal))
        {
            return refusal.ToProblem();
        }

        db.Scenarios.Add(scenario);
        await db.StartJobAsync(ScenarioJob.Kind, scenario.Id.ToString(), scenario.AskedAt, cancel);
        await audit.RecordAsync(user.ToActor(), "create-scenario", scenario.Id.ToString(), request, cancel);
        return TypedResults.Accepted($"/routing/rehearsals/{scenario.Id}/{ScenarioJob.CountNumber}",
            new Response(scenario.Id, ScenarioJob.CountNumber));
    }
}
