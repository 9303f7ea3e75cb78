using System.Security.Claims;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using TwinTrack.Entitlements.Domain;
using TwinTrack.Entitlements.Jobs;
using TwinTrack.Entitlements.Persistence;
using TwinTrack.Kernel;
using TwinTrack.Platform.Jobs;
using TwinTrack.Platform.Security;
using TwinTrack.Platform.Storage;
using TwinTrack.Platform.Web;

namespace TwinTrack.Entitlements.Features;

/// <summary>
/// POST /cycles: open a payment round under the programme's latest parameters. The caseload is asked for by
/// <see cref="AwaitCaseloadJob"/>.
/// </summary>
internal static partial class OpenCycle
{
    /// <param name="Period">The month paid for: 2026-11.</param>
    /// <param name="AsOf">The day on which ages are counted.</param>
    internal sealed record Request(string? Programme, string? Period, DateOnly AsOf);

    internal sealed record Response(CycleId Id, CycleState State, int ParameterVersion);

    internal static void Map(IEndpointRouteBuilder routes) => routes.MapPost("/cycles", AnswerAsync)
        .WithName(nameof(OpenCycle))
        .WithSummary("Open a payment round of a programme.")
        .ProducesProblem(StatusCodes.Status400BadRequest)
        .ProducesProblem(StatusCodes.Status404NotFound)
        .ProducesProblem(StatusCodes.Status409Conflict)
        .ProducesProblem(StatusCodes.Status422UnprocessableEntity)
        .RequireRole(Role.ProgrammeManager);

    private static async Task<Results<Accepted<Response>, ProblemHttpResult>> AnswerAsync(
        Request request, ClaimsPrincipal user, Handler handler, CancellationToken cancel)
    {
        var result = await handler.HandleAsync(request, user.ToActor(), cancel);
        return result.Match<Results<Accepted<Response>, ProblemHttpResult>>(
            done => TypedResults.Accepted($"/entitlements/cycles/{done.Id}", done),
            refusal => refusal.ToProblem());
    }

    internal sealed class Handler(EntitlementsDb db, AuditTrail<EntitlementsDb> audit, TimeProvider clock,
        ILogger<Handler> logger)
    {
        public async Task<Result<Response>> HandleAsync(Request request, Actor actor, CancellationToken cancel)
        {
            if (!Period.Of(request.Period).Allows(out var period, out var refusal))
            {
                return refusal;
            }

            var programme = await db.Programmes.AsNoTracking()
                .SingleOrDefaultAsync(row => row.Code == request.Programme, cancel);
            if (programme is null)
            {
                return EntitlementsRefusals.ProgrammeUnknown;
            }

            if (await db.Cycles.AnyAsync(
                row => row.Programme == programme.Code && row.Period == period && row.State != CycleState.Cancelled,
                cancel))
            {
                return EntitlementsRefusals.CycleExists;
            }

            var version = await db.ParameterSets.Where(set => set.Programme == programme.Code)
                .MaxAsync(set => (int?)set.Version, cancel);
            return version is { } latest ? await OpenAsync(programme, period, request.AsOf, latest, actor, cancel)
                : EntitlementsRefusals.NoParameters;
        }

        private async Task<Response> OpenAsync(
            Programme programme, string period, DateOnly asOf, int version, Actor actor, CancellationToken cancel)
        {
            var now = clock.GetUtcNow();
            var cycle = new Cycle
            {
                Id = CycleId.New(clock),
                Programme = programme.Code,
                Period = period,
                AsOf = asOf,
                Currency = programme.Currency,
                ParameterVersion = version,
                OpenedBy = actor.ToString(),
                OpenedAt = now,
            };
            db.Cycles.Add(cycle);
            await db.StartJobAsync(AwaitCaseloadJob.Kind, cycle.Id.Text, now, cancel);
            await audit.RecordAsync(actor, "open-cycle", cycle.Id.Text,
                new { programme = programme.Code, period, asOf, parameterVersion = version }, cancel);
            LogOpened(logger, cycle.Id, programme.Code, period);
            return new Response(cycle.Id, cycle.State, version);
        }
    }

    [LoggerMessage(EventId = 3001, Level = LogLevel.Information,
        Message = "Cycle {CycleId} of {Programme} opened for {Period}")]
    private static partial void LogOpened(ILogger logger, CycleId cycleId, string programme, string period);
}
