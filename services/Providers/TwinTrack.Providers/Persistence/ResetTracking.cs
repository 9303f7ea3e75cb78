using Microsoft.EntityFrameworkCore;
using TwinTrack.Platform.Jobs;

namespace TwinTrack.Providers.Persistence;

internal static class ResetTracking
{
    /// <summary>
    /// Clears all tracked rows except the job between two transactions of a step. The next transaction must see what
    /// others committed, above all the gate and the end of the audit chain.
    /// </summary>
    public static void ClearTracking(this ProvidersDb db, Job job)
    {
        db.ChangeTracker.Clear();
        db.Attach(job);
    }
}
