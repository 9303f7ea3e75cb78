using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using TwinTrack.Kernel;
using TwinTrack.Payments.Domain;
using TwinTrack.Payments.Persistence;
using TwinTrack.Platform.Security;
using TwinTrack.Platform.Web;

namespace TwinTrack.Payments.Features;

/// <summary>GET /cycles/{id}: how much of a cycle has arrived, and whether it adds up.</summary>
internal static class GetReceivedCycle
{
    internal sealed record Response(
        CycleId Id,
        CycleState State,
        string? Reason,
        string? Programme,
        string? Period,
        string? Currency,
        bool Closed,
        int? ChunksExpected,
        int ChunksArrived,
        long? CountExpected,
        long CountArrived,
        long? SumExpectedMinor,
        long SumArrivedMinor,
        IReadOnlyList<BatchId> Batches);

    internal static void Map(IEndpointRouteBuilder routes) => routes.MapGet("/cycles/{id}", AnswerAsync)
        .RequireRole(PaymentsReadRoles.All)
        .WithName(nameof(GetReceivedCycle))
        .WithSummary("How much of a cycle has arrived, and whether it adds up.")
        .ProducesProblem(StatusCodes.Status404NotFound);

    private static async Task<Results<Ok<Response>, ProblemHttpResult>> AnswerAsync(
        CycleId id, PaymentsDb db, CancellationToken cancel)
    {
        if (await db.ReceivedCycles.AsNoTracking().SingleOrDefaultAsync(row => row.Id == id, cancel) is not { } cycle)
        {
            return PaymentRefusals.UnknownCycle.ToProblem();
        }

        var batches = await db.Batches.Where(batch => batch.CycleId == id).OrderBy(batch => batch.Id)
            .Select(batch => batch.Id).ToListAsync(cancel);
        return TypedResults.Ok(new Response(
            cycle.Id,
            cycle.State,
            cycle.Reason,
            cycle.Programme,
            cycle.Period,
            cycle.Currency,
            cycle.ChunksExpected is not null,
            cycle.ChunksExpected,
            cycle.ChunksArrived,
            cycle.CountExpected,
            cycle.CountArrived,
            cycle.SumExpectedMinor,
            cycle.SumArrivedMinor,
            batches));
    }
}
