using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using TwinTrack.Payments.Domain;
using TwinTrack.Payments.Incidents;
using TwinTrack.Payments.Persistence;
using TwinTrack.Platform.Observability;
using TwinTrack.Platform.Storage;

namespace TwinTrack.Payments;

/// <summary>Metrics of open incidents. Each may be money that was paid twice.</summary>
internal sealed class PaymentsObservation(TimeProvider clock) : IObservation
{
    private const int CountMax = 10_000;

    public string Source => "payments.incidents";

    public async Task LookAsync(IServiceProvider scope, Gauges gauges, CancellationToken cancel)
    {
        var incidents = scope.GetRequiredService<PaymentsDb>().Incidents.AsNoTracking();
        Set(MetricNames.Incidents, await ByKindAsync(
            incidents.Where(row => !IncidentLifecycle.Ended.Contains(row.State)), cancel));
        Set(MetricNames.IncidentsOverdue, await ByKindAsync(
            incidents.Where(OverdueIncidents.Within(true, clock.GetUtcNow())), cancel));

        void Set(string name, Dictionary<IncidentKind, int> counts) => gauges.Set(
            name, Source, Enum.GetValues<IncidentKind>()
                .Select(kind => new Sample(counts.GetValueOrDefault(kind), Sample.Tag("kind", kind.ToString()))));
    }

    private static Task<Dictionary<IncidentKind, int>> ByKindAsync(
        IQueryable<Incident> incidents, CancellationToken cancel) =>
        incidents.Take(CountMax).GroupBy(row => row.Kind)
            .Select(group => new { Kind = group.Key, Count = group.Count() })
            .ToDictionaryAsync(row => row.Kind, row => row.Count, cancel);
}
