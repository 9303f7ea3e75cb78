using MassTransit;
using Microsoft.Extensions.DependencyInjection;
using TwinTrack.Embedded;
using TwinTrack.Platform.Messaging;

namespace TwinTrack.Services.Tests.WholeCycle;

/// <summary>
/// Every message of a whole cycle comes a second time under another id. It comes some time later, so the order differs.
/// </summary>
public sealed class A_cycle_of_doubled_messages(ITestOutputHelper output)
{
    private const int Households = 48;

    [Fact]
    public async Task Pays_everybody_once()
    {
        var seed = Environment.TickCount;
        output.WriteLine(Invariant($"seed {seed}"));
        await using var providers = await Providers.StartAsync(seed: 5);
        await using var host = await TestHost.StartAsync(null, null, AllModules.InReadingOrder());
        var doubling = new Doubling(host.App.Services.GetRequiredService<IBus>(), new Random(seed));
        host.App.Services.GetRequiredService<IBus>().ConnectSendObserver(doubling);
        var call = new Caller(host);
        var script = new Script(providers, Households);

        foreach (var (_, work) in script.Steps)
        {
            await work(call);
        }

        await doubling.EndAsync();
        await Truth.CheckAsync(call, script, providers, Invariant($"with every message doubled, seed {seed}"));
        doubling.Count.Should().BeGreaterThan(20);
        foreach (var module in AllModules.InReadingOrder())
        {
            var failed = await call.GetAsync("operator", $"/{module.Name}/messages/dead");
            failed.GetProperty("items").GetArrayLength().Should().Be(0, failed.ToString());
        }
    }

    /// <summary>Sends each message again by itself: another id, no receipt asked for, up to a second later.</summary>
    private sealed class Doubling(IBus bus, Random random) : ISendObserver
    {
        private readonly List<Task> _again = [];

        public int Count
        {
            get
            {
                lock (_again)
                {
                    return _again.Count;
                }
            }
        }

        public Task PreSend<T>(SendContext<T> context)
            where T : class => Task.CompletedTask;

        public Task PostSend<T>(SendContext<T> context)
            where T : class
        {
            // Copies of copies would never end; what the outbox sends says from whom it is.
            if (context.Message is not Receipt && context.Headers.TryGetHeader("TwinTrack-From", out _))
            {
                lock (_again)
                {
                    _again.Add(
                        AgainAsync(context.DestinationAddress!, context.Message,
                            TimeSpan.FromMilliseconds(random.Next(1_000))));
                }
            }

            return Task.CompletedTask;
        }

        public Task SendFault<T>(SendContext<T> context, Exception exception)
            where T : class => Task.CompletedTask;

        /// <summary>Until all copies are sent.</summary>
        public Task EndAsync()
        {
            lock (_again)
            {
                return Task.WhenAll(_again);
            }
        }

        private async Task AgainAsync<T>(Uri to, T message, TimeSpan later)
            where T : class
        {
            await Task.Delay(later, TimeProvider.System, CancellationToken.None);
            var endpoint = await bus.GetSendEndpoint(to);
            await endpoint.Send(
                message, context => context.MessageId = Guid.CreateVersion7(TimeProvider.System.GetUtcNow()));
        }
    }
}
