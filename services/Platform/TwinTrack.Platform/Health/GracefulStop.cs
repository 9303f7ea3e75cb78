using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace TwinTrack.Platform.Health;

/// <summary>
/// Stops the process gracefully. After the stop signal it is unready at once and starts no new work. For
/// <c>shutdown:drainSeconds</c> it still answers requests from a load balancer. Then it accepts no more, and running
/// work has <c>shutdown:timeoutSeconds</c> to end.
/// </summary>
public sealed class GracefulStop(IHostApplicationLifetime lifetime, IOptions<HostOptions> host,
    IConfiguration configuration, TimeProvider clock) : IHostedLifecycleService
{
    internal const string DrainSeconds = "shutdown:drainSeconds";
    internal const string TimeoutSeconds = "shutdown:timeoutSeconds";
    internal const int DrainDefault = 0;
    internal const int TimeoutDefault = 20;

    /// <summary>Cancelled when the process gets the stop signal. Start no new work after it.</summary>
    public CancellationToken Asked => lifetime.ApplicationStopping;

    /// <summary>
    /// How long a started step may go on. A cancelled call to a provider leaves a payment in doubt, so the step should
    /// end by itself.
    /// </summary>
    public TimeSpan StepGrace => (host.Value.ShutdownTimeout - Drain) / 2;

    private TimeSpan Drain => TimeSpan.FromSeconds(configuration.GetValue(DrainSeconds, DrainDefault));

    internal static void Configure(HostOptions host, IConfiguration configuration)
    {
        host.ShutdownTimeout = TimeSpan.FromSeconds(
            configuration.GetValue(TimeoutSeconds, TimeoutDefault)
                + configuration.GetValue(DrainSeconds, DrainDefault));
        // Services stop concurrently, so that a slow request does not delay the jobs that return their leases.
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
