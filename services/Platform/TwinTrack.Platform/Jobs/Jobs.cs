using System.ComponentModel.DataAnnotations;
using Microsoft.EntityFrameworkCore;
using TwinTrack.Platform.Observability;
using TwinTrack.Platform.Storage;

namespace TwinTrack.Platform.Jobs;

public enum JobState
{
    /// <summary>It has steps left. A runner claims it when it is due.</summary>
    Running,

    /// <summary>Finished. The row is kept as a record.</summary>
    Done,
}

/// <summary>
/// A long task in steps of at most 1,000 rows. Each step is a transaction that also moves <see cref="Cursor"/>. After a
/// kill it continues from the last committed step. Kind and subject are the key, so a task cannot be started twice.
/// </summary>
public sealed class Job
{
    [MaxLength(64)]
    public required string Kind { get; init; }

    /// <summary>The id of the thing that it works on.</summary>
    [MaxLength(128)]
    public required string Subject { get; init; }

    /// <summary>Its position, in the job's own format; null before the first step.</summary>
    public string? Cursor { get; set; }

    /// <summary>Further input, if the subject is not enough; JSON.</summary>
    public string? Arguments { get; init; }

    /// <summary>Rows done so far, for progress.</summary>
    public long Done { get; set; }

    public JobState State { get; set; }

    public required DateTimeOffset DueAt { get; set; }

    public string? LeaseOwner { get; set; }

    /// <summary>The last error, for operators; null when the last step succeeded.</summary>
    public string? Error { get; set; }

    public int Attempts { get; set; }

    /// <summary>Counts the wakes, so that a wake during a step is not lost.</summary>
    public int Wakes { get; set; }

    /// <summary>W3C trace context of its start; null when many things wake it.</summary>
    public string? TraceParent { get; init; }
}

/// <summary>The result of a step: whether and when the next step runs.</summary>
/// <param name="Done">No more steps.</param>
/// <param name="Wait">How long to wait before the next step; zero for at once.</param>
public readonly record struct JobStep(bool Done, TimeSpan Wait)
{
    public static readonly JobStep Again = new(false, TimeSpan.Zero);

    public static readonly JobStep Finished = new(true, TimeSpan.Zero);

    public static JobStep After(TimeSpan wait) => new(false, wait);
}

/// <summary>
/// One kind of job. A step opens its own transactions (<see cref="Transactions"/>). It moves <see cref="Job.Cursor"/>
/// in the same transaction as its effect. It may be repeated from the last committed cursor.
/// </summary>
public interface IJob<TDb>
    where TDb : ServiceDb
{
    Task<JobStep> StepAsync(Job job, CancellationToken cancel);
}

public static class JobStarts
{
    /// <summary>Starts the job in the current transaction. Does nothing when it was started before.</summary>
    public static async Task StartJobAsync(
        this ServiceDb db, string kind, string subject, DateTimeOffset now, CancellationToken cancel,
        string? arguments = null)
    {
        if (await db.Jobs.FindAsync([kind, subject], cancel) is null)
        {
            db.Jobs.Add(
                new Job
                {
                    Kind = kind,
                    Subject = subject,
                    Arguments = arguments,
                    DueAt = now,
                    TraceParent = TraceContext.Current
                });
        }
    }

    /// <summary>
    /// Wakes a sleeping or finished job at that time, or starts it then. A running job runs again at once. For
    /// recurring jobs, such as a sweep of one thing.
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
