using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using TwinTrack.Platform.Jobs;
using TwinTrack.Platform.Messaging;
using TwinTrack.Platform.Storage;

namespace TwinTrack.Platform.Observability;

/// <summary>
/// Metrics of every service: outbox, dead letters and jobs. Counts use an index or a short table and stop at
/// <see cref="CountMax"/>.
/// </summary>
internal sealed class ServiceObservation<TDb>(ServiceName<TDb> service, TimeProvider clock) : IObservation
    where TDb : ServiceDb
{
    private const int CountMax = 10_000;

    private readonly KeyValuePair<string, object?> _service = Sample.Tag("service", service.Value);

    public string Source => service.Value;

    public async Task LookAsync(IServiceProvider scope, Gauges gauges, CancellationToken cancel)
    {
        var db = scope.GetRequiredService<TDb>();
        var now = clock.GetUtcNow();
        var waiting = await db.Outbox.Where(row => row.DueAt <= now).Take(CountMax).CountAsync(cancel);
        var underWay = await db.Outbox.Where(row => row.DueAt > now).Take(CountMax).CountAsync(cancel);
        gauges.Set(MetricNames.OutboxMessages, Source,
            [new(waiting, _service, Sample.Tag("state", "waiting")),
                new(underWay, _service, Sample.Tag("state", "under_way"))]);
        gauges.Set(MetricNames.OutboxOldestAge, Source, [new(await OldestAgeAsync(db, now, cancel), _service)]);
        var dead = await db.DeadLetters.Where(row => row.State == DeadLetterState.Dead).Take(CountMax)
            .CountAsync(cancel);
        gauges.Set(MetricNames.DeadLetters, Source, [new(dead, _service)]);
        await LookAtJobsAsync(db, gauges, now, cancel);
    }

    /// <summary>
    /// A message's id begins with the millisecond of its creation, and the primary key begins with the id.
    /// </summary>
    private static async Task<double> OldestAgeAsync(TDb db, DateTimeOffset now, CancellationToken cancel)
    {
        var oldest = await db.Outbox.OrderBy(row => row.MessageId).Select(row => (Guid?)row.MessageId)
            .FirstOrDefaultAsync(cancel);
        return oldest is { } id ? Math.Max(0, (now - BornAt(id)).TotalSeconds) : 0;
    }

    /// <summary>RFC 9562, version 7: the first 48 bits are Unix milliseconds.</summary>
    internal static DateTimeOffset BornAt(Guid id)
    {
        Span<byte> bytes = stackalloc byte[16];
        id.TryWriteBytes(bytes, bigEndian: true, out _);
        long milliseconds = 0;
        foreach (var one in bytes[..6])
        {
            milliseconds = (milliseconds << 8) | one;
        }

        return DateTimeOffset.FromUnixTimeMilliseconds(milliseconds);
    }

    private async Task LookAtJobsAsync(TDb db, Gauges gauges, DateTimeOffset now, CancellationToken cancel)
    {
        var open = await db.Jobs.AsNoTracking().Where(job => job.State == JobState.Running)
            .GroupBy(job => new { job.Kind, Held = job.LeaseOwner != null, Failing = job.Error != null })
            .Select(group => new
            {
                group.Key.Kind,
                group.Key.Held,
                group.Key.Failing,
                Count = group.Count(),
                Due = group.Min(job => job.DueAt)
            })
            .ToListAsync(cancel);
        var kinds = open.GroupBy(row => (row.Kind, State: row.Failing ? "failing" : row.Held ? "running" : "waiting"));
        gauges.Set(
            MetricNames.Jobs, Source, kinds.Select(
                group => new Sample(group.Sum(row => row.Count), _service, Sample.Tag("kind", group.Key.Kind),
                    Sample.Tag("state", group.Key.State))));
        var overdue = open.Where(row => !row.Held).Select(row => (now - row.Due).TotalSeconds).DefaultIfEmpty(0).Max();
        gauges.Set(MetricNames.JobOldestOverdue, Source, [new(Math.Max(0, overdue), _service)]);
    }
}
