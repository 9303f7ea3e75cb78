using TwinTrack.Cli.Showing;
using TwinTrack.Proving.Demo;
using TwinTrack.Proving.Systems;

namespace TwinTrack.Proving.Chaos;

/// <summary>The embedded host, four providers, and ways between the host and mobile money in both directions.</summary>
internal sealed class EmbeddedChaosTarget : ChaosTarget
{
    /// <summary>Of ten deaths six are the host's.</summary>
    private const int HostShare = 6;
    private const int DiskMegabytes = 256;

    private readonly string _data;
    private readonly Story _story;
    private readonly string _work;

    private EmbeddedChaosTarget(string work, Story story) =>
        (_work, _data, _story) = (work, Path.Combine(work, "data"), story);

    public override Tables Tables => new SqliteTables(_data);

    public override Targets Targets => new(
        [.. Enumerable.Repeat("host", HostShare), .. DemoChannels.All.Select(channel => channel.Code)],
        [.. Ways.Select(way => way.Name)],
        Tables.Services,
        Disk is not null);

    public static EmbeddedChaosTarget Create(ChaosOptions options, Story story, string work)
    {
        EmbeddedChaosTarget? ground = null;
        var demo = new DemoOptions(options.Households, options.Seed, Keep: false)
        {
            Patience = ChaosPace.Patience,
            Faults = ChaosPace.FaultsOf,
            Paces = ChaosPace.Of,
            ProviderAt = simulator => ground!.Way(simulator.Channel)?.HttpAddress ?? simulator.Address,
            HostAt = _ => ground!.Way("callbacks")!.HttpAddress,
        };
        ground = new EmbeddedChaosTarget(work, story) { World = new DemoWorld(demo, new Story(TextWriter.Null), work) };
        return ground;
    }

    public override async Task StartAsync(CancellationToken cancel)
    {
        Disk = await SmallDisk.MountAsync(_data, DiskMegabytes);
        if (Disk is null)
        {
            _story.Say("no disk is filled in this run: a small one cannot be mounted here (that takes root on Linux)");
        }

        await World.StartAsync(cancel);
        var host = (EmbeddedHost)World.Host;
        Programs.Add(
            new SupervisedProcess("host", cancelled => host.StartAsync(cancelled),
                async () => await host.DisposeAsync(), () => host.IsUp ? host.Running.StopAsync() : Task.CompletedTask,
                () => host.IsUp));
        foreach (var simulator in World.Simulators)
        {
            Programs.Add(
                new SupervisedProcess(simulator.Channel, simulator.StartAsync, simulator.KillAsync, simulator.KillAsync,
                    () => simulator.IsUp, simulator.Turn));
        }

        Ways.Add(
            TcpProxy.To(DemoChannels.MobileMoney.Code,
                World.Simulators.Single(simulator => simulator.Channel == DemoChannels.MobileMoney.Code).Address));
        Ways.Add(TcpProxy.To("callbacks", host.Address));
    }

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        if (Disk is not null)
        {
            await Disk.UnmountAsync(KeepData ? Path.Combine(_work, "data-kept") : null);
        }
    }

    private TcpProxy? Way(string name) => Ways.Find(way => way.Name == name);
}
