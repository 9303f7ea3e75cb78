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

/// <summary>
/// GET /batches/{id}/follow-up: what a follow-up of this batch would take, by reason, and what it would leave. Each row
/// has the role that must act on it.
/// </summary>
internal static class ListFollowUpLines
{
    private const int PageMax = 1_000;

    /// <param name="Takes">Why a follow-up takes it; null when it does not.</param>
    /// <param name="Stays">Why a follow-up leaves it; null when it takes it.</param>
    /// <param name="Owner">Party and role that must act.</param>
    /// <param name="Since">When its last attempt or plan changed.</param>
    internal sealed record Item(
        ObligationId ObligationId, HouseholdId HouseholdId, string Area, string Instrument, string FundingSource,
        long AmountMinor, FollowUpReason? Takes, StayReason? Stays, string? UnpaidReason, string Owner,
        DateTimeOffset? Since);

    /// <param name="Takes">By reason, over the whole batch.</param>
    /// <param name="Stays">The others of the batch, with the paid ones.</param>
    /// <param name="Items">Unpaid obligations in order of id.</param>
    internal sealed record Response(
        BatchId BatchId, BatchState State, IReadOnlyDictionary<string, GetBatchReport.Tally> Takes,
        IReadOnlyDictionary<string, long> Stays, IReadOnlyList<Item> Items, string? Next);

    internal static void Map(IEndpointRouteBuilder routes) => routes.MapGet("/batches/{id}/follow-up", AnswerAsync)
        .RequireRole(PaymentsReadRoles.All)
        .ReadsOneState<PaymentsDb>()
        .WithName(nameof(ListFollowUpLines))
        .WithSummary("What a follow-up of a batch would take, by reason, and what it would leave.")
        .ProducesProblem(StatusCodes.Status404NotFound)
        .ProducesProblem(StatusCodes.Status409Conflict);

    private static async Task<Results<Ok<Response>, ProblemHttpResult>> AnswerAsync(
        BatchId id, PaymentsDb db, FollowUpQuery followUps, CancellationToken cancel, ObligationId? after = null,
        int limit = PageMax)
    {
        if (await db.Batches.AsNoTracking().SingleOrDefaultAsync(row => row.Id == id, cancel) is not { } batch)
        {
            return PaymentRefusals.UnknownBatch.ToProblem();
        }

        if (!FollowUpRule.Followed.Contains(batch.State))
        {
            return FollowUpRefusals.BatchNotReleased(batch.State).ToProblem();
        }

        var size = Math.Clamp(limit, 1, PageMax);
        var count = await followUps.CountAsync(batch, FollowUpSelection.All, cancel);
        var lines = await followUps.PageAsync(batch, after ?? default, size, cancel);
        return TypedResults.Ok(new Response(
            id,
            batch.State,
            count.Selected.OrderBy(row => row.Key)
                .ToDictionary(
                    row => Word.Of(row.Key), row => new GetBatchReport.Tally(row.Value.Count, row.Value.Minor)),
            count.Staying.OrderBy(row => row.Key).ToDictionary(row => Word.Of(row.Key), row => row.Value),
            lines.ConvertAll(line => new Item(
                line.Id, line.HouseholdId, line.Area, line.Instrument, line.FundingSource, line.AmountMinor,
                line.Takes, line.Stays, line.UnpaidReason, FollowUpRule.OwnerOf(line.Result), line.Since)),
            lines.Count == size ? lines[^1].Id.ToString() : null));
    }
}
