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
/// GET /entitlements/{id}: explains an amount. Takes the entitlement's id or its obligation's id, which have the same
/// number.
/// </summary>
internal static class GetEntitlement
{
    internal sealed record Response(
        EntitlementId Id,
        CycleId CycleId,
        string Programme,
        string Period,
        HouseholdId HouseholdId,
        string Component,
        long AmountMinor,
        string Currency,
        string Area,
        string Instrument,
        string PayeeFingerprint,
        string FundingSource,
        int ParameterVersion,
        IReadOnlyList<WorkedLine> Lines);

    internal static void Map(IEndpointRouteBuilder routes) => routes.MapGet("/entitlements/{id}", AnswerAsync)
        .WithName(nameof(GetEntitlement))
        .WithSummary("One entitlement with the lines that work out its amount.")
        .RequireRole(EntitlementsReadRoles.Roles);

    private static async Task<Results<Ok<Response>, ProblemHttpResult>> AnswerAsync(
        string id, EntitlementsDb db, CancellationToken cancel)
    {
        var number = TypedId.TryParse<EntitlementId>(id, out var entitlement) ? entitlement.Value
            : TypedId.TryParse<ObligationId>(id, out var obligation) ? obligation.Value
            : Guid.Empty;
        var found = await db.Entitlements.AsNoTracking().Where(row => row.Id == number)
            .Join(db.Cycles, row => row.CycleId, cycle => cycle.Id,
                (row, cycle) => new { Row = row, cycle.Programme, cycle.Period, cycle.Currency })
            .SingleOrDefaultAsync(cancel);
        return found is null
            ? EntitlementsRefusals.EntitlementUnknown.ToProblem()
            : TypedResults.Ok(ToResponse(found.Row, found.Programme, found.Period, found.Currency));
    }

    private static Response ToResponse(Entitlement row, string programme, string period, string currency) => new(
        EntitlementId.From(row.Id),
        row.CycleId,
        programme,
        period,
        row.HouseholdId,
        row.Component,
        row.AmountMinor,
        currency,
        row.Area,
        row.Instrument,
        row.PayeeFingerprint,
        row.FundingSource,
        row.ParameterVersion,
        JsonSerializer.Deserialize<WorkedLine[]>(row.Lines)!);
}
