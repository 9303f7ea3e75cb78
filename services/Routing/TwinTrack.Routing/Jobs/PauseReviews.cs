using Microsoft.EntityFrameworkCore;
using TwinTrack.Kernel;
using TwinTrack.Platform.Jobs;
using TwinTrack.Platform.Security;
using TwinTrack.Platform.Storage;
using TwinTrack.Routing.Domain.Switches;
using TwinTrack.Routing.Persistence;

namespace TwinTrack.Routing.Jobs;

/// <summary>
/// Opens the review of a pause or of a suspension. Ends it when the channel is opened or the suspension ends.
/// </summary>
internal sealed class PauseReviews(RoutingDb db, TimeProvider clock)
{
    public Task<PauseReview> OpenAsync(
        string channel, string reason, Actor by, int hours, CancellationToken cancel) =>
        OpenAsync(channel, null, reason, by, hours, cancel);

    public Task<PauseReview> OpenAsync(Suspension suspension, Actor by, int hours, CancellationToken cancel) =>
        OpenAsync(null, suspension.Id, suspension.Reason, by, hours, cancel);

    /// <summary>Every review of a pause of this channel that still stands.</summary>
    public Task EndAsync(string channel, ReviewTrigger how, Actor by, string note, CancellationToken cancel) =>
        EndAsync(db.PauseReviews.Where(row => row.Channel == channel), how, by, note, cancel);

    /// <summary>The review of this suspension, if it still stands.</summary>
    public Task EndAsync(SuspensionId suspension, ReviewTrigger how, Actor by, string note, CancellationToken cancel) =>
        EndAsync(db.PauseReviews.Where(row => row.SuspensionId == suspension), how, by, note, cancel);

    private async Task<PauseReview> OpenAsync(string? channel, SuspensionId? suspension, string reason, Actor by,
        int hours, CancellationToken cancel)
    {
        var now = clock.GetUtcNow();
        var review = new PauseReview
        {
            Id = PauseReviewId.New(clock),
            Channel = channel,
            SuspensionId = suspension,
            PausedBy = by.ToString(),
            Reason = reason,
            OpenedAt = now,
            DueAt = now.AddHours(hours),
        };
        db.PauseReviews.Add(review);
        await db.StartJobAsync(PauseReviewSweep.Kind, review.Id.ToString(), review.DueAt, cancel);
        return review;
    }

    private async Task EndAsync(
        IQueryable<PauseReview> reviews, ReviewTrigger how, Actor by, string note, CancellationToken cancel)
    {
        var standing = ReviewLifecycle.Standing.ToList();
        foreach (var review in await reviews.Where(row => standing.Contains(row.State)).ToListAsync(cancel))
        {
            review.Go(how, by, note, clock.GetUtcNow());
        }
    }
}

/// <summary>
/// Records that a review is overdue at its deadline. It opens no gate and ends no suspension.
/// </summary>
internal sealed class PauseReviewSweep(RoutingDb db, AuditTrail<RoutingDb> audit, TimeProvider clock) : IJob<RoutingDb>
{
    public const string Kind = "pause-review";

    public Task<JobStep> StepAsync(Job job, CancellationToken cancel) => db.InTransactionAsync(
        async () =>
        {
            var id = PauseReviewId.Parse(job.Subject, null);
            var review = await db.PauseReviews.SingleAsync(row => row.Id == id, cancel);
            var now = clock.GetUtcNow();
            if (review.State == ReviewState.Open && now < review.DueAt)
            {
                return JobStep.After(review.DueAt - now);
            }

            if (review.State == ReviewState.Open
                && review.Go(ReviewTrigger.PassDeadline, Actor.System, null, now) is Result<ReviewState>.Ok)
            {
                await audit.RecordAsync(Actor.System, "record-overdue-review", job.Subject,
                    new
                    {
                        review.Channel,
                        Suspension = review.SuspensionId?.ToString(),
                        review.PausedBy,
                        review.OpenedAt,
                        review.DueAt
                    }, cancel);
            }

            return JobStep.Finished;
        },
        cancel);
}
