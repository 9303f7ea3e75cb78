using System.ComponentModel.DataAnnotations;
using Microsoft.EntityFrameworkCore;
using TwinTrack.Platform.Observability;
using TwinTrack.Platform.Storage;

namespace TwinTrack.Platform.Jobs;

public enum JobState
{
    /// <summary>Has steps left. A runner takes it when it is due.</summary>
    Running,

    /// <summary>Finished; kept as a record of what was done.</summary>
    Done,
}

/// <summary>
/// A long piece of work as steps of at most 1,000 rows, each its own transaction that also moves <see cref="Cursor"/>.
/// Killed at any moment, it goes on from the last committed step. Kind and subject are the key: the same work cannot be
/// started twice.
/// </summary>
public sealed class Job
{
    [MaxLength(64)]
    public required string Kind { get; init; }

    /// <summary>The id of what it works on.</summary>
    [MaxLength(128)]
    public required string Subject { get; init; }

    /// <summary>Where it stands, in the job's own words; null before the first step.</summary>
    public string? Cursor { get; set; }

    /// <summary>What it was asked, if its subject does not say; JSON.</summary>
    public string? Arguments { get; init; }

    /// <summary>Rows done so far, for progress.</summary>
    public long Done { get; set; }

    public JobState State { get; set; }

    public required DateTimeOffset DueAt { get; set; }

    public string? LeaseOwner { get; set; }

    /// <summary>The last fault, for whoever asks why it does not move; null when the last step went well.</summary>
    public string? Error { get; set; }

    public int Attempts { get; set; }

    /// <summary>
    /// Counts the calls to look again, so that one that comes while a step runs is not slept through.
    /// </summary>
    public int Wakes { get; set; }

    /// <summary>W3C trace context of what started it; null where many things wake it.</summary>
    public string? TraceParent { get; init; }
}

/// <summary>What a step says about the next one.</summary>
/// <param name="Done">No more steps.</param>
/// <param name="Wait">How long to wait before the next step; zero for at once.</param>
public readonly record struct JobStep(bool Done, TimeSpan Wait)
{
    public static readonly JobStep Again = new(false, TimeSpan.Zero);

    public static readonly JobStep Finished = new(true, TimeSpan.Zero);

    public static JobStep After(TimeSpan wait) => new(false, wait);
}

/// <summary>
/// One kind of work. A step opens its own transactions (<see cref="Transactions"/>), moves <see cref="Job.Cursor"/> in
/// the same transaction as its effect, and may be repeated from the last committed cursor.
/// </summary>
public interface IJob<TDb>
    where TDb : ServiceDb
{
    Task<JobStep> StepAsync(Job job, CancellationToken cancel);
}

public static class JobStarts
{
    /// <summary>Starts the work in the current transaction, or does nothing when it was started before.</summary>
    public static async Task StartJobAsync(
        this ServiceDb db, string kind, string subject, DateTimeOffset now, CancellationToken cancel,
        string? arguments = null)
    {
        if (await db.Jobs.FindAsync([kind, subject], cancel) is null)
        {
            db.Jobs.Add(
                new Job { Kind = kind, Subject = subject, Arguments = arguments, DueAt = now,
                    TraceParent = TraceContext.Current });
        }
    }

    /// <summary>
    /// Makes a waiting or finished job look again at that time, or starts it then; one that is being worked on looks
    /// again at once. For work that comes back, such as a sweep of one thing.
    /// </summary>
    public static async Task WakeJobAsync(this ServiceDb db, string kind, string subject, DateTimeOffset at,
        CancellationToken cancel)
    {
        var woken = await db.Jobs.Where(job => job.Kind == kind && job.Subject == subject)
            .ExecuteUpdateAsync(
                set => set
                    .SetProperty(job => job.State, JobState.Running)
                    .SetProperty(job => job.DueAt, job => job.LeaseOwner == null ? at : job.DueAt)
                    .SetProperty(job => job.Wakes, job => job.Wakes + 1),
                cancel);
        if (woken == 0)
        {
            db.Jobs.Add(new Job { Kind = kind, Subject = subject, DueAt = at });
        }
    }
}
