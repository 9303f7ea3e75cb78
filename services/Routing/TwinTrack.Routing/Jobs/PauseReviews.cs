using Microsoft.EntityFrameworkCore;
using TwinTrack.Kernel;
using TwinTrack.Platform.Jobs;
using TwinTrack.Platform.Security;
using TwinTrack.Platform.Storage;
using TwinTrack.Routing.Domain.Switches;
using TwinTrack.Routing.Persistence;

namespace TwinTrack.Routing.Jobs;

/// <summary>Opens the review of a pause, and ends it when the channel is opened again.</summary>
internal sealed class PauseReviews(RoutingDb db, TimeProvider clock)
{
    public async Task<PauseReview> OpenAsync(
        string channel, string reason, Actor by, int hours, CancellationToken cancel)
    {
        var now = clock.GetUtcNow();
        var review = new PauseReview
        {
            Id = PauseReviewId.New(clock),
            Channel = channel,
            PausedBy = by.ToString(),
            Reason = reason,
            OpenedAt = now,
            DueAt = now.AddHours(hours),
        };
        db.PauseReviews.Add(review);
        await db.StartJobAsync(PauseReviewSweep.Kind, review.Id.ToString(), review.DueAt, cancel);
        return review;
    }

    /// <summary>Every review of a pause of this channel that still stands.</summary>
    public async Task EndAsync(string channel, ReviewTrigger how, Actor by, string note, CancellationToken cancel)
    {
        var standing = ReviewLifecycle.Standing.ToList();
        foreach (var review
            in await db.PauseReviews.Where(row => row.Channel == channel && standing.Contains(row.State))
                .ToListAsync(cancel))
        {
            review.Go(how, by, note, clock.GetUtcNow());
        }
    }
}

/// <summary>Records that a review is overdue at its deadline. It does not change the gate.</summary>
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
                    new { review.Channel, review.PausedBy, review.OpenedAt, review.DueAt }, cancel);
            }

            return JobStep.Finished;
        },
        cancel);
}
