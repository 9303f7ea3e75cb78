using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using TwinTrack.Enrolments.Domain;
using TwinTrack.Enrolments.Persistence;
using TwinTrack.Kernel;
using TwinTrack.Platform.Security;

namespace TwinTrack.Enrolments.Features;

/// <summary>
/// GET /duplicates: households that are perhaps registered twice, in the order in which they were found.
/// </summary>
internal static class ListDuplicates
{
    /// <param name="Household">The later household, which is held.</param>
    /// <param name="Other">The earliest household that it resembles.</param>
    internal sealed record Item(
        DuplicateId Id,
        DuplicateReason Reason,
        HouseholdId Household,
        string RegistryId,
        HouseholdId Other,
        string OtherRegistryId,
        DuplicateState State,
        DateTimeOffset FoundAt,
        string? DecidedBy,
        DateTimeOffset? DecidedAt);

    internal static void Map(IEndpointRouteBuilder routes) => routes.MapGet("/duplicates", AnswerAsync)
        .RequireRole(Role.Registrar, Role.Admin, Role.Auditor)
        .WithName(nameof(ListDuplicates))
        .WithSummary("Households that are perhaps registered twice, and what was decided.");

    private static async Task<Ok<Page<Item>>> AnswerAsync(
        EnrolmentsDb db, DuplicateState? state, long? after, int? limit, CancellationToken cancel)
    {
        var (from, size) = (after ?? 0, Page.Size(limit));
        var rows = await db.Duplicates.AsNoTracking()
            .Where(duplicate => duplicate.Number > from && (state == null || duplicate.State == state))
            .OrderBy(duplicate => duplicate.Number)
            .Take(size)
            .Join(db.Households, duplicate => duplicate.HouseholdNumber, household => household.Number,
                (duplicate, household) => new { duplicate, household })
            .Join(db.Households, pair => pair.duplicate.OtherNumber, other => other.Number,
                (pair, other) => new { pair.duplicate, pair.household, other })
            .OrderBy(row => row.duplicate.Number)
            .Select(row => new
            {
                row.duplicate.Number,
                Item = new Item(
                    row.duplicate.Id,
                    row.duplicate.Reason,
                    row.household.Id,
                    row.household.RegistryId,
                    row.other.Id,
                    row.other.RegistryId,
                    row.duplicate.State,
                    row.duplicate.FoundAt,
                    row.duplicate.DecidedBy,
                    row.duplicate.DecidedAt),
            })
            .ToListAsync(cancel);
        return TypedResults.Ok(new Page<Item>(
            [.. rows.Select(row => row.Item)],
            rows.Count == size ? rows[^1].Number.ToString(System.Globalization.CultureInfo.InvariantCulture) : null));
    }
}
