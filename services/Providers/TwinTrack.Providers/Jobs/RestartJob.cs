using Microsoft.EntityFrameworkCore;
using TwinTrack.Platform.Jobs;
using TwinTrack.Platform.Storage;
using TwinTrack.Providers.Persistence;

namespace TwinTrack.Providers.Jobs;

internal static class RestartJob
{
    /// <summary>
    /// Starts the job, or starts a finished job again from its beginning. A repeated request needs a new answer.
    /// </summary>
    public static async Task RestartJobAsync(
        this ProvidersDb db, string kind, string subject, string arguments, DateTimeOffset now,
        CancellationToken cancel)
    {
        await db.Jobs.Where(job => job.Kind == kind && job.Subject == subject && job.State == JobState.Done)
            .ExecuteUpdateAsync(
                set => set
                    .SetProperty(job => job.Cursor, (string?)null)
                    .SetProperty(job => job.State, JobState.Running)
                    .SetProperty(job => job.DueAt, now),
                cancel);
        await db.StartJobAsync(kind, subject, now, cancel, arguments);
    }
}
