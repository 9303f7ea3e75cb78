using Microsoft.EntityFrameworkCore;
using TwinTrack.Platform.Observability;
using TwinTrack.Routing.Domain.Switches;
using TwinTrack.Routing.Persistence;

namespace TwinTrack.Routing;

/// <summary>Metrics of switches that have not ended, by state.</summary>
internal sealed class RoutingObservation : IObservation
{
    private static readonly SwitchState[] Ended =
        [SwitchState.Closed, SwitchState.Rejected, SwitchState.Withdrawn, SwitchState.Expired, SwitchState.Voided];

    public string Source => "routing.switches";

    public async Task LookAsync(IServiceProvider scope, Gauges gauges, CancellationToken cancel)
    {
        var ended = Ended.ToList();
        var open = await scope.GetRequiredService<RoutingDb>().Switches.AsNoTracking()
            .Where(row => !ended.Contains(row.State))
            .GroupBy(row => row.State).Select(group => new { State = group.Key, Count = group.Count() })
            .ToListAsync(cancel);
        gauges.Set(MetricNames.Switches, Source, Enum.GetValues<SwitchState>().Except(Ended).Select(state =>
            new Sample(open.Where(row => row.State == state).Sum(row => row.Count),
                Sample.Tag("state", state.ToString()))));
    }
}
