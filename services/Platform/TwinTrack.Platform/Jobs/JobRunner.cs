using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using TwinTrack.Platform.Health;
using TwinTrack.Platform.Observability;
using TwinTrack.Platform.Storage;

namespace TwinTrack.Platform.Jobs;

/// <summary>
/// Takes due jobs under a lease and runs their steps. A step that throws is retried with growing waits and without
/// limit. The last error is stored in <c>jobs.error</c>. The lease is renewed while a step runs, so it can be short.
/// When a copy dies, another copy takes its jobs over after the lease ends.
/// </summary>
internal sealed partial class JobRunner<TDb>(
    IServiceScopeFactory scopes, ServiceName<TDb> service, CommitSignal<TDb> commitSignal, GracefulStop leave,
    TimeProvider clock, ILogger<JobRunner<TDb>> logger) : BackgroundService
    where TDb : ServiceDb
{
    private const int ParallelMax = 8;
    private static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan Lease = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan Renewal = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan PauseFirst = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan PauseMax = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan RetryFirst = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan RetryMax = TimeSpan.FromSeconds(30);

    private readonly string _me = Guid.CreateVersion7(clock.GetUtcNow()).ToString("n");

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(stoppingToken, leave.Asked);
        using var steps = new CancellationTokenSource();
        var running = new Dictionary<(string Kind, string Subject), Task>();
        try
        {
            await TakeUntilAsync(running, steps.Token, stop.Token);
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // The stop signal came while it waited. No new job is taken, and the code below waits for running jobs.
        }
        finally
        {
            commitSignal.JobsEnd();
            steps.CancelAfter(leave.StepGrace);
            await Task.WhenAll(running.Values).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task TakeUntilAsync(Dictionary<(string Kind, string Subject), Task> running, CancellationToken steps,
        CancellationToken stop)
    {
        var fresh = true;
        for (var faults = 0; !stop.IsCancellationRequested;)
        {
            commitSignal.JobsTurn();
            try
            {
                if (fresh)
                {
                    await TakeBackLeasesAsync(stop);
                    fresh = false;
                }

                foreach (var ended in running.Where(job => job.Value.IsCompleted).Select(job => job.Key).ToList())
                {
                    running.Remove(ended);
                }

                foreach (var job in await ClaimAsync(running, stop))
                {
                    running[job] = Task.Run(() => RunAsync(job.Kind, job.Subject, stop, steps), CancellationToken.None);
                }

                faults = 0;
                await commitSignal.JobWorkAsync(Tick, stop);
            }
            catch (Exception fault) when (!stop.IsCancellationRequested)
            {
                LogRunnerFailed(logger, fault);
                await Task.Delay(BackOff.Of(faults++, PauseFirst, PauseMax), clock, stop);
            }
        }
    }

    /// <summary>A SQLite file belongs to one process at a time, so the owners of old leases no longer run.</summary>
    private async Task TakeBackLeasesAsync(CancellationToken cancel)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<TDb>();
        if (db.IsSqlite())
        {
            var now = clock.GetUtcNow();
            await db.InTransactionAsync(
                () => db.Jobs.Where(job => job.LeaseOwner != null)
                    .ExecuteUpdateAsync(
                    set => set.SetProperty(job => job.LeaseOwner, (string?)null).SetProperty(job => job.DueAt, now),
                    cancel),
                cancel);
        }
    }

    /// <summary>
    /// Claims due jobs. Also claims jobs that are leased to this copy but do not run: leases that it could not return
    /// during an outage.
    /// </summary>
    private async Task<List<(string Kind, string Subject)>> ClaimAsync(
        Dictionary<(string Kind, string Subject), Task> running, CancellationToken cancel)
    {
        var atMost = ParallelMax - running.Count;
        if (atMost <= 0)
        {
            return [];
        }

        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<TDb>();
        var now = clock.GetUtcNow();
        var due = await db.Jobs.AsNoTracking()
            .Where(job => job.State == JobState.Running && (job.DueAt <= now || job.LeaseOwner == _me))
            .OrderBy(job => job.DueAt).Take(atMost + running.Count).Select(job => new { job.Kind, job.Subject })
            .ToListAsync(cancel);
        var claimed = new List<(string, string)>();
        foreach (var job in due.Where(job => !running.ContainsKey((job.Kind, job.Subject))).Take(atMost))
        {
            // A cancelled claim might still be committed, and then no copy would run the job. So it is never cancelled.
            var row =
                db.Jobs.Where(
                    row => row.Kind == job.Kind && row.Subject == job.Subject && row.State == JobState.Running
                        && (row.DueAt <= now || row.LeaseOwner == _me));
            var won = await db.InTransactionAsync(
                () => row.ExecuteUpdateAsync(
                    set => set.SetProperty(row => row.LeaseOwner, _me).SetProperty(row => row.DueAt, now + Lease),
                    CancellationToken.None),
                CancellationToken.None);
            if (won == 1)
            {
                claimed.Add((job.Kind, job.Subject));
            }
        }

        return claimed;
    }

    /// <summary>
    /// Runs steps until the job sleeps or the stop signal comes. Then the lease is returned at once, so that another
    /// copy continues. Never throws. If the job cannot be returned, its lease ends by itself.
    /// </summary>
    private async Task RunAsync(string kind, string subject, CancellationToken stop, CancellationToken cancel)
    {
        try
        {
            var renewed = clock.GetTimestamp();
            while (!stop.IsCancellationRequested)
            {
                // A recent lease is not renewed for each step. If the lease was lost, the step's commit fails because
                // the owner differs.
                if (clock.GetElapsedTime(renewed) > Renewal)
                {
                    renewed = clock.GetTimestamp();
                    await RenewAsync(kind, subject);
                }

                if (!await RunStepAsync(kind, subject, cancel))
                {
                    return;
                }
            }

            await GiveBackAsync(kind, subject, null, stop);
        }
        // Whatever the fault, also a cancelled step: the lease goes back, so that the work is not held by nobody.
#pragma warning disable CA1031
        catch (Exception fault)
#pragma warning restore CA1031
        {
            await GiveBackAsync(kind, subject, fault, cancel);
        }
    }

    /// <summary>Runs one step and renews its lease meanwhile. Returns whether another step follows at once.</summary>
    private async Task<bool> RunStepAsync(string kind, string subject, CancellationToken cancel)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<TDb>();
        if (await Mine(db, kind, subject).SingleOrDefaultAsync(CancellationToken.None) is not { } job)
        {
            return false;
        }

        var wakes = job.Wakes;
        using var span = StepSpan.Start(service.Value, job, logger);
        using var ended = new CancellationTokenSource();
        var renewing = KeepLeaseAsync(kind, subject, ended.Token);
        JobStep step;
        try
        {
            step = await scope.ServiceProvider.GetRequiredKeyedService<IJob<TDb>>(kind).StepAsync(job, cancel);
            span.Ended(step);
        }
        catch (Exception fault)
        {
            span.Failed(fault);
            throw;
        }
        finally
        {
            await ended.CancelAsync();
            await renewing;
        }

        commitSignal.Committed();
        return (!step.Done && step.Wait <= TimeSpan.Zero) || !await RestAsync(kind, subject, step, wakes);
    }

    private async Task RenewAsync(string kind, string subject)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<TDb>();
        var until = clock.GetUtcNow() + Lease;
        await db.InTransactionAsync(
            () => Mine(db, kind, subject).ExecuteUpdateAsync(
                set => set.SetProperty(row => row.DueAt, until), CancellationToken.None), CancellationToken.None);
    }

    /// <summary>
    /// Keeps the lease while a step waits long for a provider. If the lease was lost, the step's commit fails because
    /// the owner differs.
    /// </summary>
    private async Task KeepLeaseAsync(string kind, string subject, CancellationToken ended)
    {
        while (true)
        {
            // Nearly every step ends before its first renewal. An exception for each would be a large part of a step's
            // cost.
            await Task.Delay(Renewal, clock, ended).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (ended.IsCancellationRequested)
            {
                return;
            }

            try
            {
                await RenewAsync(kind, subject);
            }
            catch (Exception fault) when (fault.IsOutage())
            {
                LogNotRenewed(logger, kind, subject, fault.Kind());
            }
        }
    }

    /// <summary>Puts the job to sleep. Returns false if it was woken during the step.</summary>
    private async Task<bool> RestAsync(string kind, string subject, JobStep step, int wakes)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<TDb>();
        var due = clock.GetUtcNow() + step.Wait;
        var state = step.Done ? JobState.Done : JobState.Running;
        return await db.InTransactionAsync(
            () => Mine(db, kind, subject).Where(row => row.Wakes == wakes).ExecuteUpdateAsync(
                set => set
                    .SetProperty(row => row.State, state)
                    .SetProperty(row => row.DueAt, due)
                    .SetProperty(row => row.LeaseOwner, (string?)null)
                    .SetProperty(row => row.Error, (string?)null)
                    .SetProperty(row => row.Attempts, 0),
                CancellationToken.None),
            CancellationToken.None) == 1;
    }

    private async Task GiveBackAsync(string kind, string subject, Exception? fault, CancellationToken cancel)
    {
        try
        {
            await using var scope = scopes.CreateAsyncScope();
            var db = scope.ServiceProvider.GetRequiredService<TDb>();
            var stopping = fault is null || cancel.IsCancellationRequested;
            var attempts = await Mine(db, kind, subject).Select(row => row.Attempts)
                .SingleOrDefaultAsync(CancellationToken.None);
            var wait = stopping ? TimeSpan.Zero : BackOff.Of(attempts, RetryFirst, RetryMax);
            var error = stopping ? null : $"{fault!.GetType().Name}: {fault.Message}";
            var due = clock.GetUtcNow() + wait;
            await db.InTransactionAsync(
                () => Mine(db, kind, subject).ExecuteUpdateAsync(
                    set => set
                        .SetProperty(row => row.DueAt, due)
                        .SetProperty(row => row.LeaseOwner, (string?)null)
                        .SetProperty(row => row.Error, error)
                        .SetProperty(row => row.Attempts, stopping ? attempts : attempts + 1),
                    CancellationToken.None),
                CancellationToken.None);
            if (!stopping)
            {
                LogStepFailed(logger, kind, subject, attempts + 1, fault!);
            }
        }
        catch (Exception second)
        {
            // The database is unreachable. When it is back, this copy finds the job leased to it and not running, and
            // claims it again.
            LogStepFailed(logger, kind, subject, 0, second);
        }
    }

    private IQueryable<Job> Mine(TDb db, string kind, string subject) =>
        db.Jobs.Where(row => row.Kind == kind && row.Subject == subject && row.LeaseOwner == _me);

    [LoggerMessage(EventId = 111, Level = LogLevel.Error, Message = "Jobs could not be claimed; trying again")]
    private static partial void LogRunnerFailed(ILogger logger, Exception fault);

    [LoggerMessage(EventId = 112, Level = LogLevel.Error,
        Message = "Job {Kind} {Subject} failed at attempt {Attempt}; it will be tried again")]
    private static partial void LogStepFailed(
        ILogger logger, string kind, string subject, int attempt, Exception fault);

    [LoggerMessage(EventId = 113, Level = LogLevel.Warning,
        Message = "The lease of job {Kind} {Subject} could not be renewed: {FaultKind}")]
    private static partial void LogNotRenewed(ILogger logger, string kind, string subject, string faultKind);
}

public static class JobRegistration
{
    /// <summary>Registers one kind of job under its name in the jobs table.</summary>
    public static void AddJob<TDb, TJob>(this IServiceCollection services, string kind)
        where TDb : ServiceDb
        where TJob : class, IJob<TDb> =>
        services.AddKeyedScoped<IJob<TDb>, TJob>(kind);
}
