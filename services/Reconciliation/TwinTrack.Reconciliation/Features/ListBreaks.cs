using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using TwinTrack.Kernel;
using TwinTrack.Platform.Security;
using TwinTrack.Platform.Storage;
using TwinTrack.Reconciliation.Domain;
using TwinTrack.Reconciliation.Persistence;

namespace TwinTrack.Reconciliation.Features;

/// <summary>GET /breaks: the breaks, with the party and role that must resolve each.</summary>
internal static class ListBreaks
{
    private const int PageMax = 1_000;

    /// <param name="Kind">
    /// unknown_reference, amount_differs, paid_not_settled, settled_not_on_statement, returned_not_booked or
    /// duplicate_line.
    /// </param>
    /// <param name="Owner">Party and role.</param>
    /// <param name="ExpectedMinor">Our amount; null when we have none.</param>
    /// <param name="FoundMinor">The provider's; null when it shows none.</param>
    internal sealed record Item(
        BreakId Id,
        string Kind,
        BreakState State,
        string Owner,
        BatchId? BatchId,
        InstructionId? InstructionId,
        ObligationId? ObligationId,
        string Channel,
        StatementId? StatementId,
        int? Line,
        long? ExpectedMinor,
        long? FoundMinor,
        string Currency,
        DateTimeOffset OpenedAt,
        DateTimeOffset? ClosedAt,
        string? ClosedBy,
        string? Note);

    internal sealed record Page(IReadOnlyList<Item> Items, string? Next);

    internal static Item ToItem(Break row) => new(
        BreakId.From(row.Id),
        BreakKinds.WordOf(row.Kind),
        row.State,
        row.Owner,
        row.BatchId,
        row.InstructionId is { } instruction ? InstructionId.From(instruction) : null,
        row.ObligationId,
        row.Channel,
        row.StatementId,
        row.Line,
        row.ExpectedMinor,
        row.FoundMinor,
        row.Currency,
        row.OpenedAt,
        row.ClosedAt,
        row.ClosedBy,
        row.Note);

    internal static void Map(IEndpointRouteBuilder routes) => routes.MapGet("/breaks", AnswerAsync)
        .WithName(nameof(ListBreaks))
        .WithSummary("Differences between us and the providers, and who has to deal with each.")
        .RequireRole(ReconciliationReadRoles.Roles);

    private static async Task<Ok<Page>> AnswerAsync(
        ReconciliationDb db,
        CancellationToken cancel,
        BatchId? batchId = null,
        BreakState? state = null,
        string? channel = null,
        BreakId? after = null,
        int limit = PageMax)
    {
        var size = Math.Clamp(limit, 1, PageMax);
        var last = after?.Value ?? Guid.Empty;
        var rows = await db.Breaks.AsNoTracking()
            .Where(row => row.Id > last
                && (batchId == null || row.BatchId == batchId)
                && (state == null || row.State == state)
                && (channel == null || row.Channel == channel))
            .OrderBy(row => row.Id)
            .Take(size)
            .ToListAsync(cancel);
        return TypedResults.Ok(
            new Page([.. rows.Select(ToItem)], rows.Count == size ? BreakId.From(rows[^1].Id).Text : null));
    }
}
