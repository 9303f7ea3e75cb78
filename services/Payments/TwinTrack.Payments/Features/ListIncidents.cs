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

namespace TwinTrack.Payments.Features;

/// <summary>GET /incidents: all incidents, page by page.</summary>
internal static class ListIncidents
{
    private const int PageMax = 1_000;

    internal sealed record Response(IReadOnlyList<IncidentView> Items, string? Next);

    internal static void Map(IEndpointRouteBuilder routes) => routes.MapGet("/incidents", AnswerAsync)
        .RequireRole(PaymentsReadRoles.All)
        .WithName(nameof(ListIncidents))
        .WithSummary("Incidents in order of their ids.");

    /// <param name="overdue">True lists only incidents past the time that their kind allows.</param>
    private static async Task<Ok<Response>> AnswerAsync(
        PaymentsDb db,
        TimeProvider clock,
        CancellationToken cancel,
        IncidentId? after = null,
        IncidentState? state = null,
        IncidentKind? kind = null,
        bool overdue = false,
        int limit = PageMax)
    {
        var size = Math.Clamp(limit, 1, PageMax);
        var cursor = after?.Value ?? Guid.Empty;
        // The id type defines no order in C#, so the comparison is in SQL. Both engines order ids alike.
        var rows = await db.Incidents.FromSql($"SELECT * FROM incidents WHERE id > {cursor}").AsNoTracking()
            .Where(row => (state == null || row.State == state) && (kind == null || row.Kind == kind))
            .Where(OverdueIncidents.Within(overdue, clock.GetUtcNow())).OrderBy(row => row.Id).Take(size)
            .ToListAsync(cancel);
        return TypedResults.Ok(
            new Response([.. rows.Select(IncidentView.Of)], rows.Count == size ? rows[^1].Id.ToString() : null));
    }
}
