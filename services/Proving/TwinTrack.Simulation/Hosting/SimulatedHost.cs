using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using TwinTrack.Contracts;
using TwinTrack.Payments;
using TwinTrack.Payments.Persistence;
using TwinTrack.Platform;
using TwinTrack.Providers;
using TwinTrack.Providers.Domain;
using TwinTrack.Providers.Persistence;
using TwinTrack.Routing;
using TwinTrack.Routing.Persistence;

namespace TwinTrack.Simulation.Hosting;

/// <summary>
/// The real modules, built as in production and never started: no server, no background loop, no bus. Databases are in
/// memory, time is the simulation's, and the adapters are the simulated providers. One host serves all seeds of a run,
/// because no payment depends on the modules' memory between steps.
/// </summary>
internal sealed class SimulatedHost : IDisposable
{
    /// <summary>
    /// A fixed key, because fingerprints depend on it and are part of hashed content. It seals no real data.
    /// </summary>
    private static readonly string Key = Convert.ToBase64String(new byte[32]);

    private readonly WebApplication _app;
    private readonly string _data;
    private readonly IServiceScopeFactory _scopes;

    public SimulatedHost(IReadOnlyList<IProviderAdapter> providers)
    {
        _data = Directory.CreateTempSubdirectory("twintrack-simulation-").FullName;
        Services = [Payments, Routing, Providers];
        _app = TwinTrackHost.Build(
            ["--data", _data, "--Logging:LogLevel:Default", "None", "--keys:payee", Key, "--keys:connections", Key,
                "--keys:subscribers", Key],
            Topology.Arrows,
            [new PaymentsModule(), new RoutingModule(), new ProvidersModule()],
            services => Adjust(services, providers));
        _scopes = _app.Services.GetRequiredService<IServiceScopeFactory>();
        Endpoints = new Endpoints(_app);
        foreach (var service in Services)
        {
            using var scope = _scopes.CreateScope();
            Now(service.MigrateAsync(scope.ServiceProvider));
        }
    }

    public SimulatedClock Clock { get; } = new();

    public CrashPoint Life { get; } = new();

    public ServiceSide Payments { get; } = new ServiceSide<PaymentsDb>("payments");

    public ServiceSide Routing { get; } = new ServiceSide<RoutingDb>("routing");

    public ServiceSide Providers { get; } = new ServiceSide<ProvidersDb>("providers");

    public IReadOnlyList<ServiceSide> Services { get; }

    public Endpoints Endpoints { get; }

    public T Of<T>()
        where T : notnull => _app.Services.GetRequiredService<T>();

    /// <summary>
    /// Runs work in a scope of its own, as each delivery, step and request has one. All of it ends before this returns.
    /// </summary>
    public T Run<T>(Func<IServiceProvider, Task<T>> work)
    {
        using var scope = _scopes.CreateScope();
        return Now(work(scope.ServiceProvider));
    }

    public void Run(Func<IServiceProvider, Task> work) => Run(async scope =>
    {
        await work(scope);
        return true;
    });

    public void Dispose()
    {
        ((IDisposable)_app).Dispose();
        foreach (var service in Services)
        {
            service.Dispose();
        }

        Directory.Delete(_data, recursive: true);
    }

    private void Adjust(IServiceCollection services, IReadOnlyList<IProviderAdapter> providers)
    {
        services.RemoveAll<ILoggerFactory>();
        services.AddSingleton<ILoggerFactory>(NullLoggerFactory.Instance);
        services.RemoveAll<TimeProvider>();
        services.AddSingleton<TimeProvider>(Clock);
        services.RemoveAll<IProviderAdapter>();
        foreach (var provider in providers)
        {
            services.AddSingleton(provider);
        }

        foreach (var service in Services)
        {
            service.Replace(services, Life);
        }
    }

    private static T Now<T>(Task<T> task) => task.GetAwaiter().GetResult();

    private static void Now(Task task) => task.GetAwaiter().GetResult();
}
