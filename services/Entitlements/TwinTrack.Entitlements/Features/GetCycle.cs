using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using TwinTrack.Entitlements.Domain;
using TwinTrack.Entitlements.Persistence;
using TwinTrack.Kernel;
using TwinTrack.Platform.Messaging;
using TwinTrack.Platform.Security;
using TwinTrack.Platform.Web;

namespace TwinTrack.Entitlements.Features;

/// <summary>GET /cycles/{id}: the progress and totals of a cycle.</summary>
internal static class GetCycle
{
    /// <param name="HouseholdsExpected">Null until the whole caseload has been streamed.</param>
    /// <param name="Households">Households counted so far, including failed ones.</param>
    /// <param name="Hash">Of the closed list, 64 hex digits; null before.</param>
    internal sealed record Response(
        CycleId Id,
        string Programme,
        string Period,
        DateOnly AsOf,
        string Currency,
        int ParameterVersion,
        CycleState State,
        long? HouseholdsExpected,
        long Households,
        long Entitlements,
        long SumMinor,
        long Failures,
        IReadOnlyList<Component> Components,
        string? Hash,
        string OpenedBy,
        DateTimeOffset OpenedAt,
        string? ClosedBy,
        DateTimeOffset? ClosedAt);

    /// <param name="Name">base, or a top-up's name.</param>
    internal sealed record Component([property: System.Text.Json.Serialization.JsonPropertyName("component")]
        string Name, string FundingSource, long Count, long SumMinor);

    internal static void Map(IEndpointRouteBuilder routes) => routes.MapGet("/cycles/{id}", AnswerAsync)
        .WithName(nameof(GetCycle))
        .WithSummary("How far a cycle is, and what it comes to.")
        .RequireRole(EntitlementsReadRoles.Roles);

    private static async Task<Results<Ok<Response>, ProblemHttpResult>> AnswerAsync(
        CycleId id, EntitlementsDb db, CancellationToken cancel)
    {
        var cycle = await db.Cycles.AsNoTracking().SingleOrDefaultAsync(row => row.Id == id, cancel);
        if (cycle is null)
        {
            return EntitlementsRefusals.CycleUnknown.ToProblem();
        }

        var components = await db.Entitlements.Where(row => row.CycleId == id)
            .GroupBy(row => new { row.Component, row.FundingSource })
            .Select(group =>
                new Component(group.Key.Component, group.Key.FundingSource, group.LongCount(),
                    group.Sum(row => row.AmountMinor)))
            .ToListAsync(cancel);
        return TypedResults.Ok(new Response(
            cycle.Id,
            cycle.Programme,
            cycle.Period,
            cycle.AsOf,
            cycle.Currency,
            cycle.ParameterVersion,
            cycle.State,
            cycle.HouseholdsExpected,
            cycle.Households,
            cycle.Entitlements,
            cycle.SumMinor,
            cycle.Failures,
            [.. components.OrderBy(component => component.Name, StringComparer.Ordinal)],
            cycle.Hash,
            cycle.OpenedBy,
            cycle.OpenedAt,
            cycle.ClosedBy,
            cycle.ClosedAt));
    }
}
