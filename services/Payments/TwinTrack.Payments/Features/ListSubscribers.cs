using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using TwinTrack.Kernel;
using TwinTrack.Payments.Domain.Webhooks;
using TwinTrack.Payments.Persistence;
using TwinTrack.Platform.Security;

namespace TwinTrack.Payments.Features;

/// <summary>GET /subscribers, and GET /subscribers/{id}/deliveries: the state of their deliveries.</summary>
internal static class ListSubscribers
{
    private const int SubscribersMax = 1_000;
    private const int PageMax = 1_000;

    internal sealed record Response(IReadOnlyList<SubscriberView> Items);

    internal sealed record Log(IReadOnlyList<Item> Items, string? Next);

    /// <param name="Status">HTTP status of the last answer; null when there was no answer.</param>
    /// <param name="Fault">
    /// Why there was no answer: timeout, connection, or address (the address may not be called).
    /// </param>
    internal sealed record Item(
        string EventId, string Type, DeliveryState State, int Attempts, int? Status, string? Fault, int? LatencyMs,
        DateTimeOffset CreatedAt, DateTimeOffset? TriedAt, DateTimeOffset DueAt);

    internal static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/subscribers", AnswerAsync)
            .RequireRole(Role.Admin, Role.Operator, Role.Auditor)
            .WithName(nameof(ListSubscribers))
            .WithSummary("Who is told of payments and batches, and how it goes.");
        routes.MapGet("/subscribers/{id}/deliveries", LogAsync)
            .RequireRole(Role.Admin, Role.Operator, Role.Auditor)
            .WithName("ListDeliveries")
            .WithSummary("A subscriber's delivery log, newest first.");
    }

    private static async Task<Ok<Response>> AnswerAsync(PaymentsDb db, CancellationToken cancel) =>
        TypedResults.Ok(
            new Response(
                [.. (await db.Subscribers.AsNoTracking().OrderBy(row => row.Id).Take(SubscribersMax)
                    .ToListAsync(cancel)).Select(SubscriberView.Of)]));

    private static async Task<Ok<Log>> LogAsync(
        SubscriberId id, PaymentsDb db, CancellationToken cancel, int after = 0, int limit = PageMax,
        DeliveryState? state = null)
    {
        var size = Math.Clamp(limit, 1, PageMax);
        var skip = Math.Max(after, 0);
        var items = await db.Deliveries.AsNoTracking()
            .Where(row => row.SubscriberId == id && (state == null || row.State == state))
            .OrderByDescending(row => row.CreatedAt).ThenBy(row => row.EventId).Skip(skip).Take(size)
            .Select(row =>
                new Item(row.EventId, row.Type, row.State, row.Attempts, row.Status, row.Fault, row.LatencyMs,
                    row.CreatedAt, row.TriedAt, row.DueAt))
            .ToListAsync(cancel);
        return TypedResults.Ok(
            new Log(items, items.Count == size
                ? (skip + size).ToString(System.Globalization.CultureInfo.InvariantCulture) : null));
    }
}
