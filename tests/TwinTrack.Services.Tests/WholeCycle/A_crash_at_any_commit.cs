using System.Globalization;
using MassTransit;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using TwinTrack.Embedded;

namespace TwinTrack.Services.Tests.WholeCycle;

/// <summary>
/// Runs a whole cycle and kills the host again and again. Each process dies some commits later, until the cycle is
/// certified. The distances come from a printed seed, and <c>TWINTRACK_SEED</c> repeats them. <c>TWINTRACK_WALKS</c>
/// sets the number of runs. <c>TWINTRACK_DISTANCE_MIN</c> and <c>_MAX</c> set how far a process gets. With 9 and 60 a
/// cycle needs about sixty processes.
/// </summary>
public sealed class A_crash_at_any_commit(ITestOutputHelper output)
{
    private const int Households = 16;
    private const int LivesMax = 400;

    /// <summary>Commits that a life gets at least: enough to start and to do one thing.</summary>
    private const int DistanceMin = 60;
    private const int DistanceMax = 360;
    private static readonly TimeSpan AtOnce = TimeSpan.FromMilliseconds(50);

    [Fact]
    public async Task Leaves_a_cycle_that_the_next_life_finishes_with_the_same_sums()
    {
        var seed = Setting("TWINTRACK_SEED", Environment.TickCount & 0xFFFF);
        var walks = Setting("TWINTRACK_WALKS", 1);
        for (var walk = 0; walk < walks; walk++)
        {
            output.WriteLine(Invariant($"TWINTRACK_SEED={seed + walk}"));
            await WalkAsync(seed + walk);
        }
    }

    private async Task WalkAsync(int seed)
    {
        var random = new Random(seed);
        await using var providers = await Providers.StartAsync(seed);
        var script = new Script(providers, Households);
        var data = Directory.CreateTempSubdirectory("twintrack-").FullName;
        var lives = 0;
        for (var step = 0; step < script.Steps.Count;)
        {
            (++lives).Should().BeLessThan(LivesMax, Invariant($"the cycle of seed {seed} must come to its end"));
            var crashes =
                new Crashes(
                    random.Next(Setting("TWINTRACK_DISTANCE_MIN", DistanceMin),
                        Setting("TWINTRACK_DISTANCE_MAX", DistanceMax)));
            step = await LiveAsync(data, crashes, script, step);
        }

        output.WriteLine(Invariant($"{lives} lives"));
        await using var last = await TestHost.StartAsync(data, null, AllModules.InReadingOrder());
        await Truth.CheckAsync(new Caller(last), script, providers, Invariant($"after the crashes of seed {seed}"));
    }

    /// <summary>One life: goes on with the script until the planned crash. Gives the step to go on with.</summary>
    private static async Task<int> LiveAsync(string data, Crashes crashes, Script script, int step)
    {
        try
        {
            await using var host = await TestHost.StartAsync(
                data, services => Doom(services, crashes), AllModules.InReadingOrder());
            var call = new Caller(host);
            try
            {
                while (step < script.Steps.Count && !crashes.Dead)
                {
                    await script.Steps[step].Do(call);
                    step++;
                }
            }
            finally
            {
                // Else what is still handled would be tried again and again on a database that will not come back.
                await host.App.StopAsync().ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
        catch (Exception) when (crashes.Dead)
        {
            // Whoever asked the dead process got no answer; they ask the next one again.
            return step;
        }

        return step;
    }

    /// <summary>A killed process takes no leave: what is under way is not waited for.</summary>
    private static void Doom(IServiceCollection services, Crashes crashes)
    {
        services.AddSingleton<IInterceptor>(crashes);
        services.Configure<HostOptions>(host => host.ShutdownTimeout = AtOnce);
        services.Configure<MassTransitHostOptions>(
            bus => (bus.StopTimeout, bus.ConsumerStopTimeout) = (AtOnce, AtOnce));
    }

    private static int Setting(string name, int otherwise) =>
        int.TryParse(Environment.GetEnvironmentVariable(name), NumberStyles.None, CultureInfo.InvariantCulture,
            out var value) ? value : otherwise;
}
