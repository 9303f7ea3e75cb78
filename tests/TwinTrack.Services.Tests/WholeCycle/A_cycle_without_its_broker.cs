using TwinTrack.Embedded;

namespace TwinTrack.Services.Tests.WholeCycle;

/// <summary>
/// All services use a real RabbitMQ. It is killed when the batch is released, and starts again after the oldest message
/// has waited long enough.
/// </summary>
public sealed class A_cycle_without_its_broker(ITestOutputHelper output) : IAsyncLifetime
{
    private const int Households = 48;

    /// <summary>Seconds; a minute in a longer run.</summary>
    private static readonly long OutageMin = long.Parse(
        Environment.GetEnvironmentVariable("TWINTRACK_OUTAGE") ?? "10",
        System.Globalization.CultureInfo.InvariantCulture);

    private readonly RabbitServer _rabbit = new();

    public ValueTask InitializeAsync() => _rabbit.InitializeAsync();

    public ValueTask DisposeAsync() => _rabbit.DisposeAsync();

    [Fact]
    public async Task Waits_and_then_goes_on_and_pays_everybody_once()
    {
        var broker = await _rabbit.NewHostAsync("cycle");
        await using var providers = await Providers.StartAsync(seed: 11);
        await using var host = await TestHost.StartAsync(
            null, ["--ConnectionStrings:bus", broker], null, AllModules.InReadingOrder());
        var call = new Caller(host);
        var script = new Script(providers, Households);

        foreach (var (name, work) in script.Steps)
        {
            output.WriteLine(Invariant($"{TimeProvider.System.GetLocalNow():HH:mm:ss.fff} {name}"));
            await (name == "release" ? WithoutBrokerAsync(call, work) : work(call));
        }

        await Truth.CheckAsync(call, script, providers, "in a cycle whose broker was away");
        foreach (var module in AllModules.InReadingOrder())
        {
            (await call.GetAsync("operator", $"/{module.Name}/messages")).GetProperty("dead").GetInt32().Should().Be(0);
        }
    }

    private async Task WithoutBrokerAsync(Caller call, Func<Caller, Task> release)
    {
        await _rabbit.KillAsync();
        var releasing = release(call);
        await call.UntilAsync("operator", "/payments/messages", seen => seen.GetProperty("queues").EnumerateArray()
            .Any(queue => queue.GetProperty("queue").GetString() == "providers.submit-instructions"
                && queue.GetProperty("oldestSeconds").GetInt64() >= OutageMin));
        (await call.GetAsync("operator", "/providers/channels")).GetProperty("items").EnumerateArray()
            .Should().OnlyContain(channel => channel.GetProperty("lastSequence").GetInt64() == 0,
                "what could not be said has not been done");
        await _rabbit.StartAsync();
        // A step that ran out of patience meanwhile is done again: the same call with the same key.
        await releasing.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        output.WriteLine(Invariant($"{TimeProvider.System.GetLocalNow():HH:mm:ss.fff} the broker is back"));
        await release(call);
    }
}
