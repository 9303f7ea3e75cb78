using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using TwinTrack.Payments.Domain;
using TwinTrack.Payments.Incidents;
using TwinTrack.Payments.Persistence;
using TwinTrack.Platform.Security;
using TwinTrack.Platform.Storage;
using TwinTrack.Platform.Web;

namespace TwinTrack.Payments.Features;

/// <summary>GET /incidents/{id}: one incident, the money it moved, and the acts it allows.</summary>
internal static class GetIncident
{
    internal sealed record MovementItem(string Kind, string FundingSource, long AmountMinor, string? Reference,
        string By, DateTimeOffset At);

    /// <param name="Acts">What a person of the owner's role may do about this kind.</param>
    /// <param name="Overdue">Whether it had not ended by <c>dueAt</c>.</param>
    internal sealed record Response(IncidentView Incident, string Currency, bool Overdue,
        IReadOnlyList<IncidentAct> Acts, IReadOnlyList<MovementItem> Movements);

    internal static void Map(IEndpointRouteBuilder routes) => routes.MapGet("/incidents/{id}", AnswerAsync)
        .RequireRole(PaymentsReadRoles.All)
        .WithName(nameof(GetIncident))
        .WithSummary("One incident, with every movement of money that it caused.")
        .ProducesProblem(StatusCodes.Status404NotFound);

    private static async Task<Results<Ok<Response>, ProblemHttpResult>> AnswerAsync(
        IncidentId id, PaymentsDb db, TimeProvider clock, CancellationToken cancel)
    {
        if (await db.Incidents.AsNoTracking().SingleOrDefaultAsync(row => row.Id == id, cancel) is not { } incident)
        {
            return IncidentRefusals.Unknown.ToProblem();
        }

        var movements = await db.IncidentMovements.AsNoTracking().Where(row => row.IncidentId == id)
            .OrderBy(row => row.At).ThenBy(row => row.Id)
            .Select(row =>
                new MovementItem(row.Kind, row.FundingSource, row.AmountMinor, row.Reference, row.By, row.At))
                .ToListAsync(cancel);
        var currency = await db.Batches.Where(row => row.Id == incident.BatchId).Select(row => row.Currency)
            .SingleAsync(cancel);
        var rule = IncidentKindRules.RuleOf(incident.Kind);
        var ended = IncidentLifecycle.Ended.Contains(incident.State);
        return TypedResults.Ok(new Response(
            IncidentView.Of(incident), currency, !ended && rule.DueAt(incident.OpenedAt) < clock.GetUtcNow(),
            ended ? [] : rule.Acts, movements));
    }
}
