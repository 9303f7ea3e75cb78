using System.Security.Claims;
using System.Text.Json;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using TwinTrack.Entitlements.Domain;
using TwinTrack.Entitlements.Persistence;
using TwinTrack.Kernel;
using TwinTrack.Platform.Security;
using TwinTrack.Platform.Web;

namespace TwinTrack.Entitlements.Features;

/// <summary>
/// POST /programmes/{code}/parameters: the next version of the amount rule. Cycles opened from now on use it. Older
/// cycles keep their version.
/// </summary>
internal static class AddParameters
{
    internal sealed record Request(BaseAmount? Base, IReadOnlyList<RequestedTopUp>? TopUps);

    internal sealed record RequestedTopUp(
        string? Name,
        string? FundingSource,
        long AmountMinor = 0,
        long PerChildUnder5Minor = 0,
        IReadOnlyList<string>? Areas = null,
        int MinChildrenUnder5 = 0,
        DateOnly? EndsOn = null);

    internal sealed record Response(string Programme, int Version);

    internal static void Map(IEndpointRouteBuilder routes) =>
        routes.MapPost("/programmes/{code}/parameters", AnswerAsync)
        .WithName(nameof(AddParameters))
        .WithSummary("Add the next version of a programme's amount rule.")
        .ProducesProblem(StatusCodes.Status400BadRequest)
        .ProducesProblem(StatusCodes.Status404NotFound)
        .RequireRole(Role.Admin, Role.ProgrammeManager);

    private static async Task<Results<Created<Response>, ProblemHttpResult>> AnswerAsync(
        string code, Request request, ClaimsPrincipal user, Handler handler, CancellationToken cancel)
    {
        var result = await handler.HandleAsync(code, request, user.ToActor(), cancel);
        return result.Match<Results<Created<Response>, ProblemHttpResult>>(
            done => TypedResults.Created(
                Invariant($"/entitlements/programmes/{done.Programme}/parameters/{done.Version}"), done),
            refusal => refusal.ToProblem());
    }

    internal sealed class Handler(EntitlementsDb db, AuditTrail<EntitlementsDb> audit, TimeProvider clock)
    {
        public async Task<Result<Response>> HandleAsync(
            string code, Request request, Actor actor, CancellationToken cancel)
        {
            if (!Read(request).Then(read => read.Check()).Allows(out var parameters, out var refusal))
            {
                return refusal;
            }

            if (!await db.Programmes.AnyAsync(programme => programme.Code == code, cancel))
            {
                return EntitlementsRefusals.ProgrammeUnknown;
            }

            var version =
                1 + (await db.ParameterSets.Where(set => set.Programme == code)
                    .MaxAsync(set => (int?)set.Version, cancel) ?? 0);
            db.ParameterSets.Add(new ParameterSet
            {
                Programme = code,
                Version = version,
                Body = JsonSerializer.Serialize(parameters),
                MadeBy = actor.ToString(),
                MadeAt = clock.GetUtcNow(),
            });
            await audit.RecordAsync(actor, "add-parameters", code, new { version, parameters }, cancel);
            return new Response(code, version);
        }

        private static Result<AmountParameters> Read(Request request) =>
            request.Base is not { FundingSource: not null } basis
                || (request.TopUps ?? []).Any(topUp => topUp is null or { Name: null } or { FundingSource: null })
                ? EntitlementsRefusals.ParametersIncomplete
                : new AmountParameters(
                    basis,
                    [
                        .. (request.TopUps ?? []).Select(topUp => new TopUp(
                            topUp.Name!, topUp.AmountMinor, topUp.PerChildUnder5Minor, topUp.Areas ?? [],
                            topUp.MinChildrenUnder5, topUp.FundingSource!, topUp.EndsOn)),
                    ]);
    }
}
