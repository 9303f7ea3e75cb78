using Microsoft.EntityFrameworkCore;
using TwinTrack.Platform.Observability;
using TwinTrack.Platform.Storage;
using TwinTrack.Reconciliation.Domain;
using TwinTrack.Reconciliation.Persistence;

namespace TwinTrack.Reconciliation;

/// <summary>Metrics of unsettled breaks.</summary>
internal sealed class ReconciliationObservation : IObservation
{
    private const int CountMax = 10_000;

    public string Source => "reconciliation.breaks";

    public async Task LookAsync(IServiceProvider scope, Gauges gauges, CancellationToken cancel)
    {
        var states = BreakLifecycle.Unsettled.ToList();
        var open = await scope.GetRequiredService<ReconciliationDb>().Breaks.AsNoTracking()
            .Where(row => states.Contains(row.State))
            .Take(CountMax).GroupBy(row => row.Kind).Select(group => new { Kind = group.Key, Count = group.Count() })
            .ToListAsync(cancel);
        gauges.Set(MetricNames.Breaks, Source, Enum.GetValues<BreakKind>().Select(kind =>
            new Sample(open.Where(row => row.Kind == kind).Sum(row => row.Count),
                Sample.Tag("kind", kind.ToString()))));
    }
}
