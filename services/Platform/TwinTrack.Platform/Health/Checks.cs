using MassTransit;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using TwinTrack.Platform.Storage;

namespace TwinTrack.Platform.Health;

/// <summary>Live: every background loop completed a turn within <c>health:stuckAfterSeconds</c>.</summary>
internal sealed class LoopsAlive(Heartbeats hearts, IConfiguration configuration) : IProbeCheck
{
    private readonly TimeSpan _stuckAfter = TimeSpan.FromSeconds(
        configuration.GetValue(HealthSettings.StuckAfterSeconds, HealthSettings.StuckAfterDefault));

    public string Name => "loops";

    public Probe Probe => Probe.Live;

    public bool Needed => true;

    public Task<string?> LookAsync(CancellationToken cancel)
    {
        var stuck = hearts.Beats.Where(beat => beat.Ago > _stuckAfter)
            .Select(beat => Invariant($"{beat.Loop} came round {beat.Ago.TotalSeconds:0} s ago")).ToList();
        return Task.FromResult(stuck.Count == 0 ? null : string.Join("; ", stuck));
    }
}

/// <summary>
/// Started: the schema is as this program expects it, or newer. Migrations only add while an older program still runs.
/// </summary>
internal sealed class SchemaReady<TDb>(IServiceScopeFactory scopes, ServiceName<TDb> service) : IProbeCheck
    where TDb : ServiceDb
{
    public string Name => $"schema {service.Value}";

    public Probe Probe => Probe.Started;

    public bool Needed => true;

    public async Task<string?> LookAsync(CancellationToken cancel)
    {
        await using var scope = scopes.CreateAsyncScope();
        var pending = await scope.ServiceProvider.GetRequiredService<TDb>().PendingMigrationsAsync(cancel);
        return pending.Count == 0 ? null : $"migrations are missing: {string.Join(", ", pending)}";
    }
}

/// <summary>Ready: the database answers.</summary>
internal sealed class DatabaseAnswers<TDb>(IServiceScopeFactory scopes, ServiceName<TDb> service) : IProbeCheck
    where TDb : ServiceDb
{
    public string Name => $"database {service.Value}";

    public Probe Probe => Probe.Ready;

    public bool Needed => true;

    public async Task<string?> LookAsync(CancellationToken cancel)
    {
        await using var scope = scopes.CreateAsyncScope();
        await scope.ServiceProvider.GetRequiredService<TDb>().Database.ExecuteSqlRawAsync("select 1", cancel);
        return null;
    }
}

/// <summary>
/// Started: the bus has connected once and its queues are bound. Before that, sent messages are lost in spite of
/// confirms.
/// </summary>
internal sealed class BusStarted(IBusControl bus) : IProbeCheck
{
    public string Name => "bus started";

    public Probe Probe => Probe.Started;

    public bool Needed => true;

    public Task<string?> LookAsync(CancellationToken cancel) => Task.FromResult(BusState.Why(bus));
}

/// <summary>
/// Shown, but not required. A request is answered from the database, and its messages wait in the outbox. If this were
/// required, a broker outage would take every copy out of the load balancer.
/// </summary>
internal sealed class BusConnected(IBusControl bus) : IProbeCheck
{
    public string Name => "bus";

    public Probe Probe => Probe.Ready;

    public bool Needed => false;

    public Task<string?> LookAsync(CancellationToken cancel) => Task.FromResult(BusState.Why(bus));
}

internal static class BusState
{
    internal static string? Why(IBusControl bus)
    {
        var health = bus.CheckHealth();
        if (health.Status == BusHealthStatus.Healthy)
        {
            return null;
        }

        var away = health.Endpoints.Count(endpoint => endpoint.Value.Status != BusHealthStatus.Healthy);
        return Invariant($"{health.Status}: {away} of {health.Endpoints.Count} endpoints are not bound");
    }
}

/// <summary>Ready: the process is not stopping. So a load balancer uses other copies before this one closes.</summary>
internal sealed class NotStopping(GracefulStop leave) : IProbeCheck
{
    public string Name => "stopping";

    public Probe Probe => Probe.Ready;

    public bool Needed => true;

    public Task<string?> LookAsync(CancellationToken cancel) =>
        Task.FromResult(leave.Asked.IsCancellationRequested ? "told to stop" : null);
}
