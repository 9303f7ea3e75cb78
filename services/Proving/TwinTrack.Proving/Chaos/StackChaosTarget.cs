using TwinTrack.Cli.Showing;
using TwinTrack.Proving.Demo;
using TwinTrack.Proving.Systems;
using TwinTrack.Running;

namespace TwinTrack.Proving.Chaos;

/// <summary>
/// Every service is a separate process on PostgreSQL and RabbitMQ. Proxies are between each service and both servers,
/// and between Providers and mobile money in both directions.
/// </summary>
internal sealed class StackChaosTarget : ChaosTarget
{
    /// <summary>
    /// How often each kind of program is hit: services most, servers so that they come up in between.
    /// </summary>
    private const int ServiceShare = 2;
    private const int ServerShare = 2;
    private const int DiskMegabytes = 768;

    private readonly Dictionary<string, TcpProxy> _known = [];
    private readonly Story _story;
    private readonly string _work;
    private Stack? _stack;

    private StackChaosTarget(string work, Story story) => (_work, _story) = (work, story);

    public override Tables Tables => new PostgresTables(Stack.Postgres);

    public override Targets Targets => new(
        [
            .. Stack.Copies.SelectMany(copy => Enumerable.Repeat(copy.Name, ServiceShare)),
            .. Enumerable.Repeat(Stack.Postgres.Name, ServerShare),
            .. Enumerable.Repeat(Stack.Rabbit.Name, ServerShare),
            Stack.Gateway.Name,
            .. DemoChannels.All.Select(channel => channel.Code),
        ],
        [.. Ways.Select(way => way.Name)],
        Tables.Services,
        Disk is not null);

    private Stack Stack => _stack ?? throw new InvalidOperationException("Nothing is started yet.");

    private string Cluster => Path.Combine(_work, "data", "postgres");

    public static StackChaosTarget Create(ChaosOptions options, Story story, string work)
    {
        StackChaosTarget? ground = null;
        var demo = new DemoOptions(options.Households, options.Seed, Keep: false)
        {
            Patience = ChaosPace.Patience,
            Faults = ChaosPace.FaultsOf,
            Paces = ChaosPace.Of,
            ProviderAt =
                simulator => ground!._known.GetValueOrDefault(simulator.Channel)?.HttpAddress ?? simulator.Address,
            HostAt = _ => ground!._known["callbacks"].HttpAddress,
            System = (folder, tell, cancel) => ground!.MakeAsync(folder, options.CopiesOrOne, tell, cancel),
        };
        ground = new StackChaosTarget(work, story) { World = new DemoWorld(demo, new Story(TextWriter.Null), work) };
        return ground;
    }

    public override async Task StartAsync(CancellationToken cancel)
    {
        await World.StartAsync(cancel);
        Programs.AddRange(Stack.Processes.Select(process =>
            new SupervisedProcess(process.Name, process.StartAsync, process.KillAsync, process.StopAsync,
                () => process.IsRunning)));
        foreach (var simulator in World.Simulators)
        {
            Programs.Add(
                new SupervisedProcess(simulator.Channel, simulator.StartAsync, simulator.KillAsync, simulator.KillAsync,
                    () => simulator.IsUp, simulator.Turn));
        }

        var mobileMoney = World.Simulators.Single(simulator => simulator.Channel == DemoChannels.MobileMoney.Code);
        Know(TcpProxy.To(mobileMoney.Channel, mobileMoney.Address));
        Know(TcpProxy.To("callbacks", Stack.Address));
    }

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        if (Disk is not null)
        {
            await Disk.UnmountAsync(KeepData ? Path.Combine(_work, "postgres-kept") : null);
        }
    }

    private async Task<IRunningSystem> MakeAsync(string work, int copies, Action<string> tell, CancellationToken cancel)
    {
        if (!OperatingSystem.IsWindows())
        {
            // The servers' accounts must be able to enter the folder. Files in it have their own modes.
            File.SetUnixFileMode(work, File.GetUnixFileMode(work) | UnixFileMode.OtherExecute);
        }

        Disk = await SmallDisk.MountAsync(Cluster, DiskMegabytes);
        if (Disk is null)
        {
            _story.Say("no disk is filled in this run: a small one cannot be mounted here (that takes root on Linux)");
        }

        return _stack = await Stack.MakeAsync(
            new StackOptions(Path.Combine(work, "data"), work, FreePort.Next(), copies)
            {
                Tell = tell,
                // Several starting processes call this at once. A pair always gets the same proxy.
                Seen = (process, server, real) =>
                {
                    lock (_known)
                    {
                        var name = $"{process}>{server}";
                        return (_known.GetValueOrDefault(name) ?? Know(TcpProxy.To(name, real))).Address;
                    }
                },
            },
            cancel);
    }

    private TcpProxy Know(TcpProxy way)
    {
        _known.Add(way.Name, way);
        Ways.Add(way);
        return way;
    }
}
