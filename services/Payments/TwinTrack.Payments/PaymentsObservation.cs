using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using TwinTrack.Payments.Domain;
using TwinTrack.Payments.Persistence;
using TwinTrack.Platform.Observation;

namespace TwinTrack.Payments;

/// <summary>Incidents that people have not resolved, as numbers: each may be money that was paid twice.</summary>
internal sealed class PaymentsObservation : IObservation
{
    private const int CountMax = 10_000;

    public string Source => "payments.incidents";

    public async Task LookAsync(IServiceProvider scope, Gauges gauges, CancellationToken cancel)
    {
        var open = await scope.GetRequiredService<PaymentsDb>().Incidents.AsNoTracking().Where(row => row.State != IncidentState.Resolved)
            .Take(CountMax).GroupBy(row => row.Kind).Select(group => new { Kind = group.Key, Count = group.Count() }).ToListAsync(cancel);
        gauges.Set(MetricNames.Incidents, Source, Enum.GetValues<IncidentKind>().Select(kind =>
            new Sample(open.Where(row => row.Kind == kind).Sum(row => row.Count), Sample.Tag("kind", kind.ToString()))));
    }
}
