using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace TwinTrack.Platform.Observability;

/// <summary>
/// What a service lets be known of its tables as numbers. Each look is a few queries that are bounded or run over an
/// index.
/// </summary>
public interface IObservation
{
    /// <summary>Whose tables: the service's name, with what is looked at where a service has several.</summary>
    string Source { get; }

    Task LookAsync(IServiceProvider scope, Gauges gauges, CancellationToken cancel);
}

/// <summary>
/// Looks at the tables every <c>telemetry:observeSeconds</c>, and never more than a twentieth of the time: a look that
/// takes longer comes less often.
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
            // The numbers of the last look stay, and their age shows.
            LogNotSeen(logger, observation.Source, fault.GetType().Name);
            return false;
        }
    }

    [LoggerMessage(EventId = 121, Level = LogLevel.Warning,
        Message = "The tables of {Source} could not be looked at ({Fault}); its metrics grow old")]
    private static partial void LogNotSeen(ILogger logger, string source, string fault);
}
