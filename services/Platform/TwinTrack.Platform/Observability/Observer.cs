using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace TwinTrack.Platform.Observability;

/// <summary>
/// The metrics that a service reads from its tables. Each reading is a few queries that are bounded or use an index.
/// </summary>
public interface IObservation
{
    /// <summary>The service's name, plus a topic where a service has several observations.</summary>
    string Source { get; }

    Task LookAsync(IServiceProvider scope, Gauges gauges, CancellationToken cancel);
}

/// <summary>
/// Reads the tables every <c>telemetry:observeSeconds</c>, but for at most a twentieth of the time. So a slow reading
/// runs less often.
/// </summary>
internal sealed partial class Observer(
    IEnumerable<IObservation> observations, IServiceScopeFactory scopes, Gauges gauges, IConfiguration configuration,
    TimeProvider clock, ILogger<Observer> logger) : BackgroundService
{
    internal const string ObserveSeconds = "telemetry:observeSeconds";
    internal const int ObserveDefault = 15;
    private const int Share = 20;
    private static readonly TimeSpan LookMax = TimeSpan.FromSeconds(10);

    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        Task.WhenAll(observations.Select(observation => LookAgainAndAgainAsync(observation, stoppingToken)));

    private async Task LookAgainAndAgainAsync(IObservation observation, CancellationToken cancel)
    {
        var every = TimeSpan.FromSeconds(configuration.GetValue(ObserveSeconds, (double)ObserveDefault));
        var last = clock.GetTimestamp();
        gauges.Set(MetricNames.ObservedAge, observation.Source, []);
        while (!cancel.IsCancellationRequested)
        {
            var begun = clock.GetTimestamp();
            var well = await LookAsync(observation, cancel);
            if (well)
            {
                last = clock.GetTimestamp();
            }

            var took = clock.GetElapsedTime(begun);
            var wait = took * (Share - 1) > every ? took * (Share - 1) : every;
            gauges.Set(MetricNames.ObservedAge, observation.Source,
                [new Sample(clock.GetElapsedTime(last).TotalSeconds, Sample.Tag("source", observation.Source))]);
            await Task.Delay(wait, clock, cancel).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task<bool> LookAsync(IObservation observation, CancellationToken cancel)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        limit.CancelAfter(LookMax);
        try
        {
            await using var scope = scopes.CreateAsyncScope();
            await observation.LookAsync(scope.ServiceProvider, gauges, limit.Token);
            return true;
        }
        catch (Exception fault) when (!cancel.IsCancellationRequested)
        {
            // The last values stay, and their age is shown.
            LogNotSeen(logger, observation.Source, fault.GetType().Name);
            return false;
        }
    }

    [LoggerMessage(EventId = 121, Level = LogLevel.Warning,
        Message = "The tables of {Source} could not be looked at ({Fault}); its metrics grow old")]
    private static partial void LogNotSeen(ILogger logger, string source, string fault);
}
