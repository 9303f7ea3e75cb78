using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using TwinTrack.Kernel;
using TwinTrack.Platform.Security;
using TwinTrack.Platform.Storage;
using TwinTrack.Providers.Domain;
using TwinTrack.Providers.Persistence;

namespace TwinTrack.Providers.Features;

/// <summary>
/// GET /providers/channels/{channel}/evidence: the provider's documents, oldest first. Never their content, which holds
/// personal data.
/// </summary>
internal static class ListEvidence
{
    private const int PageMax = 1_000;

    internal sealed record Response(IReadOnlyList<Item> Items, string? Next);

    internal sealed record Item(
        EvidenceId Id,
        EvidenceKind Kind,
        string Name,
        string Sha256,
        long Bytes,
        EvidenceState State,
        string? Reason,
        int TimesSeen,
        int Unmatched,
        DateTimeOffset ReceivedAt,
        string Scheme);

    internal static void Map(IEndpointRouteBuilder routes) => routes.MapGet("/channels/{channel}/evidence", AnswerAsync)
        .RequireRole(Role.Operator, Role.Reconciler, Role.Auditor, Role.Admin)
        .WithName(nameof(ListEvidence))
        .WithSummary("Documents, callbacks and statements of a channel.");

    private static async Task<Ok<Response>> AnswerAsync(
        string channel, ProvidersDb db, CancellationToken cancel, int after = 0, int limit = PageMax)
    {
        var size = Math.Clamp(limit, 1, PageMax);
        var skip = Math.Max(after, 0);
        // Evidence is only added at the end, so a place in the order is a cursor.
        var items = await db.Evidence.AsNoTracking().Where(row => row.Channel == channel)
            .OrderBy(row => row.ReceivedAt).ThenBy(row => row.Id).Skip(skip).Take(size)
            .Select(row => new Item(
                row.Id, row.Kind, row.Name, row.Sha256, row.Bytes, row.State, row.Reason, row.TimesSeen, row.Unmatched,
                row.ReceivedAt, row.Scheme))
            .ToListAsync(cancel);
        return TypedResults.Ok(
            new Response(
                items, items.Count == size ? (skip + size).ToString(System.Globalization.CultureInfo.InvariantCulture)
                    : null));
    }
}
