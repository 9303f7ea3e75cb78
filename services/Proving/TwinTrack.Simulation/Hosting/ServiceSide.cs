using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using TwinTrack.Platform.Jobs;
using TwinTrack.Platform.Messaging;
using TwinTrack.Platform.Storage;

namespace TwinTrack.Simulation.Hosting;

/// <summary>A job that has steps left.</summary>
internal sealed record DueJob(ServiceSide Service, string Kind, string Subject, long DueAt);

/// <summary>One service as the scheduler drives it: its database, its handlers by queue, its jobs by kind.</summary>
internal abstract class ServiceSide(string name) : IDisposable
{
    private const string Lease = "simulation";
    private const long LeaseMicros = 30_000_000;
    private List<DueJob> _jobs = [];
    private int _seen = -1;

    public string Name => name;

    public Store Store { get; } = new();

    /// <summary>What has steps left; read again when something was written.</summary>
    public List<DueJob> Jobs()
    {
        if (_seen != Store.Changes)
        {
            _jobs = Store.Read("SELECT kind, subject, due_at FROM jobs WHERE state = 'Running' ORDER BY kind, subject",
                row => new DueJob(this, row.GetString(0), row.GetString(1), row.GetInt64(2)));
            _seen = Store.Changes;
        }

        return _jobs;
    }

    public void Forget() => _seen = -1;

    /// <summary>One step under a lease, as the runner does it, and then the rest that the step asked for.</summary>
    public async Task StepAsync(IServiceProvider scope, DueJob job, SimulatedClock clock)
    {
        Store.Do("UPDATE jobs SET lease_owner = @0, due_at = @1 WHERE kind = @2 AND subject = @3", Lease,
            clock.Micros + LeaseMicros, job.Kind, job.Subject);
        var wakes = Store.Count("SELECT wakes FROM jobs WHERE kind = @0 AND subject = @1", job.Kind, job.Subject);
        var step = await RunAsync(scope, job);
        var due = clock.Micros + (long)step.Wait.TotalMicroseconds;
        var rested = Store.Do(
            "UPDATE jobs SET state = @0, due_at = @1, lease_owner = NULL, error = NULL, attempts = 0 WHERE kind = @2 "
                + "AND subject = @3 AND wakes = @4",
            step.Done ? nameof(JobState.Done) : nameof(JobState.Running), due, job.Kind, job.Subject, wakes);
        if (rested == 0)
        {
            Store.Do("UPDATE jobs SET due_at = @0, lease_owner = NULL WHERE kind = @1 AND subject = @2", clock.Micros,
                job.Kind, job.Subject);
        }
    }

    /// <summary>The work goes back after a fault, or after its process has died and the next one has begun.</summary>
    public void GiveBack(DueJob job, long due, string? fault) => Store.Do(
        "UPDATE jobs SET due_at = @0, lease_owner = NULL, error = @1, attempts = attempts + @2 WHERE kind = @3 AND "
            + "subject = @4",
        due, (object?)fault ?? DBNull.Value, fault is null ? 0 : 1, job.Kind, job.Subject);

    public abstract Type? MessageOf(string queue);

    public abstract Task HandleAsync(IServiceProvider scope, string queue, object message, Guid id);

    public abstract void Replace(IServiceCollection services, CrashPoint life);

    public abstract Task MigrateAsync(IServiceProvider scope);

    public void Dispose() => Store.Dispose();

    protected abstract Task<JobStep> RunAsync(IServiceProvider scope, DueJob job);
}

internal sealed class ServiceSide<TDb>(string name) : ServiceSide(name)
    where TDb : ServiceDb
{
    private readonly Dictionary<string, Delivery> _handlers = [];

    public override Type? MessageOf(string queue) => _handlers.GetValueOrDefault(queue)?.Message;

    public override Task HandleAsync(IServiceProvider scope, string queue, object message, Guid id) =>
        _handlers[queue].HandleAsync(scope, message, id);

    public override Task MigrateAsync(IServiceProvider scope) =>
        scope.GetRequiredService<TDb>().ApplyMigrationsAsync(CancellationToken.None);

    /// <summary>
    /// The service's context over the database in memory, and its handlers by the queue that they are registered for.
    /// </summary>
    public override void Replace(IServiceCollection services, CrashPoint life)
    {
        foreach (var consumer in services.Select(one => one.ServiceType).Where(IsConsumer).Distinct().ToList())
        {
            var delivery = (Delivery)Activator.CreateInstance(
                typeof(Delivery<,,>).MakeGenericType(consumer.GetGenericArguments()))!;
            _handlers[MessageRoutes.Queue(Name, delivery.Message)] = delivery;
        }

        services.RemoveAll<TDb>();
        services.RemoveAll<DbContextOptions<TDb>>();
        services.RemoveAll<IDbContextOptionsConfiguration<TDb>>();
        services.AddDbContextPool<TDb>((provider, options) => options
            .UseSqlite(Store.Live)
            .EnableThreadSafetyChecks(false)
            .ConfigureWarnings(warnings => warnings.Ignore(RelationalEventId.PendingModelChangesWarning))
            .AddInterceptors([life, .. provider.GetServices<IInterceptor>()]));
    }

    protected override async Task<JobStep> RunAsync(IServiceProvider scope, DueJob job)
    {
        var db = scope.GetRequiredService<TDb>();
        var row = await db.Jobs.SingleAsync(one => one.Kind == job.Kind && one.Subject == job.Subject);
        return await scope.GetRequiredKeyedService<IJob<TDb>>(job.Kind).StepAsync(row, CancellationToken.None);
    }

    private static bool IsConsumer(Type type) =>
        type.IsGenericType && type.GetGenericTypeDefinition() == typeof(InboxConsumer<,,>)
            && type.GetGenericArguments()[0] == typeof(TDb);
}
