using TwinTrack.Proving.Demo;
using TwinTrack.Proving.Systems;

namespace TwinTrack.Proving.Chaos;

/// <param name="Minutes">How long things go wrong.</param>
/// <param name="Seed">
/// The same seed gives the same faults, registry and provider behaviour. What the faults hit depends on the machine's
/// timing.
/// </param>
/// <param name="Households">In the registry file.</param>
/// <param name="Copies">Of each service; null for everything in one process.</param>
internal sealed record ChaosOptions(double Minutes, int Seed, int Households, int? Copies)
{
    public const int HouseholdsMin = 100;
    public const int HouseholdsMax = 20_000;
    public const double MinutesMax = 24 * 60;

    /// <summary>Copies where there are any.</summary>
    public int CopiesOrOne => Copies ?? 1;

    public TimeSpan Length => TimeSpan.FromMinutes(Minutes);
}

/// <summary>
/// Speeds of providers and channels under chaos. A provider executes an order within its validity or never. TwinTrack
/// treats it as lapsed only much later. That margin is longer than any delay by a fault.
/// </summary>
internal static class ChaosPace
{
    /// <summary>People repeat a request for this long. It is longer than programs can be down in a row.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromMinutes(4);

    private const int ProvidersValiditySeconds = 14;
    private const int OurValiditySeconds = 30;
    private const int BankExecutesAfterMs = 5_000;
    private const int LateSeconds = 7;

    /// <summary>
    /// This factor slower than the demonstration, so that a suspension finds unsent orders even after a kill.
    /// </summary>
    private const int Slower = 2;

    public static SimulatorFaults FaultsOf(DemoChannel channel) => DemoBehaviours.Of(channel) with
    {
        LateSeconds = LateSeconds,
        ValiditySeconds = ProvidersValiditySeconds,
        ExecuteAfterMs = channel.Adapter == "mobile_money" || channel.Track == 2 ? 200 : BankExecutesAfterMs,
    };

    public static ChannelPace Of(DemoChannel channel, long households) =>
        DemoBehaviours.PaceOf(channel, households / Slower) with
        {
            ValiditySeconds = OurValiditySeconds,
            InDoubtAfterSeconds = channel.Adapter == "mobile_money" ? 3 : 8,
        };
}
