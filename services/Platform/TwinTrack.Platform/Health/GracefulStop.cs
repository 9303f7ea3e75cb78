using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace TwinTrack.Platform.Health;

/// <summary>
/// How the process takes its leave. Told to stop, it is unready at once and begins nothing new; for
/// <c>shutdown:drainSeconds</c> it still answers whoever a load balancer sends; then it closes the door, and what is
/// under way has <c>shutdown:timeoutSeconds</c> to end.
/// </summary>
public sealed class GracefulStop(IHostApplicationLifetime lifetime, IOptions<HostOptions> host,
    IConfiguration configuration, TimeProvider clock) : IHostedLifecycleService
{
    internal const string DrainSeconds = "shutdown:drainSeconds";
    internal const string TimeoutSeconds = "shutdown:timeoutSeconds";
    internal const int DrainDefault = 0;
    internal const int TimeoutDefault = 20;

    /// <summary>Cancelled when the process has been told to stop: take nothing new.</summary>
    public CancellationToken Asked => lifetime.ApplicationStopping;

    /// <summary>
    /// How long a step that has begun may go on: breaking off a call to a provider leaves a doubt, waiting for its end
    /// does not.
    /// </summary>
    public TimeSpan StepGrace => (host.Value.ShutdownTimeout - Drain) / 2;

    private TimeSpan Drain => TimeSpan.FromSeconds(configuration.GetValue(DrainSeconds, DrainDefault));

    internal static void Configure(HostOptions host, IConfiguration configuration)
    {
        host.ShutdownTimeout = TimeSpan.FromSeconds(
            configuration.GetValue(TimeoutSeconds, TimeoutDefault)
                + configuration.GetValue(DrainSeconds, DrainDefault));
        // One after the other, a slow request would hold up the jobs that could hand back their leases meanwhile.
        host.ServicesStopConcurrently = true;
    }

    public async Task StoppingAsync(CancellationToken cancellationToken)
    {
        lifetime.StopApplication();
        if (Drain > TimeSpan.Zero)
        {
            await Task.Delay(Drain, clock, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
