using Microsoft.EntityFrameworkCore;
using TwinTrack.Platform.Jobs;

namespace TwinTrack.Providers.Persistence;

internal static class ResetTracking
{
    /// <summary>
    /// Forgets what the last transaction of a step read and wrote, all but the job: the next one must see what others
    /// committed meanwhile, above all the gate and the end of the audit chain.
    /// </summary>
    public static void StartAfresh(this ProvidersDb db, Job job)
    {
        db.ChangeTracker.Clear();
        db.Attach(job);
    }
}
