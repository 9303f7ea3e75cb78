using TwinTrack.Proving.Systems;
using TwinTrack.Running;

namespace TwinTrack.Proving.Demo;

/// <param name="Households">How many the registry file holds, bad and duplicate ones included.</param>
/// <param name="Seed">The same seed gives the same registry and the same provider behaviour.</param>
/// <param name="Keep">Leave files and programs until Ctrl-C.</param>
internal sealed record DemoOptions(int Households, int Seed, bool Keep)
{
    public const int HouseholdsMin = 100;
    public const int HouseholdsMax = 2_000_000;
    public static readonly TimeSpan PatienceDefault = TimeSpan.FromMinutes(5);

    /// <summary>How badly each provider behaves.</summary>
    public Func<DemoChannel, SimulatorFaults> Faults { get; init; } = Demo.DemoBehaviours.Of;

    /// <summary>How fast each channel is driven, for so many households.</summary>
    public Func<DemoChannel, long, ChannelPace> Paces { get; init; } = Demo.DemoBehaviours.PaceOf;

    /// <summary>Limits of channels, and the channel for payments beyond a limit.</summary>
    public IReadOnlyList<Overflow> Overflows { get; init; } = [];

    /// <summary>P-codes of the areas that no channel of Track 1 covers.</summary>
    public IReadOnlyList<string> NotCovered { get; init; } = [];

    /// <summary>Where the host finds a provider: its own address, or a way there.</summary>
    public Func<Simulator, Uri> ProviderAt { get; init; } = static simulator => simulator.Address;

    /// <summary>Where a provider finds the host at this address.</summary>
    public Func<Uri, Uri> HostAt { get; init; } = static host => host;

    /// <summary>While the host is away, people try again for this long.</summary>
    public TimeSpan Patience { get; init; } = PatienceDefault;

    /// <summary>Starts TwinTrack in a folder and reports progress. The default is everything in one process.</summary>
    public Func<string, Action<string>, CancellationToken, Task<IRunningSystem>> System { get; init; } =
        static (work, _, _) =>
        Task.FromResult<IRunningSystem>(new EmbeddedHost(Path.Combine(work, "data"), FreePort.Next(), work));

    /// <summary>Whether the providers run in this process.</summary>
    public bool ProvidersInside { get; private init; }

    /// <summary>The same world with host and providers in this process: see <see cref="HostInside"/>.</summary>
    public DemoOptions Inside() => this with
    {
        System = static (work, _, _) =>
            Task.FromResult<IRunningSystem>(new HostInside(Path.Combine(work, "data"), FreePort.Next())),
        ProvidersInside = true,
    };

    /// <summary>What a test does to the system at a moment of the run; nothing in a real demonstration.</summary>
    public Func<DemoMoment, IRunningSystem, CancellationToken, Task> At { get; init; } =
        static (_, _, _) => Task.CompletedTask;
}

/// <summary>Moments at which something may go wrong in a test.</summary>
internal enum DemoMoment
{
    /// <summary>Part of the batch has left, part has not.</summary>
    ReleaseUnderWay,

    /// <summary>The vote has carried and the freed payments are being moved.</summary>
    MoveUnderWay,
}
