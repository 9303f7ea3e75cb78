using TwinTrack.Proving.Demo;
using TwinTrack.Proving.Systems;

namespace TwinTrack.Proving.Chaos;

/// <param name="Minutes">How long things go wrong.</param>
/// <param name="Seed">
/// Same seed, same faults, registry and tempers. What is hit by them differs with the machine's mood.
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
/// How quick providers and channels are under chaos. A provider executes within its validity or never; TwinTrack holds
/// an order for lapsed only a good while after that, more than any fault here delays one.
/// </summary>
internal static class ChaosPace
{
    /// <summary>
    /// People try again for this long while nobody answers: longer than programs can be down in a row.
    /// </summary>
    public static readonly TimeSpan Patience = TimeSpan.FromMinutes(4);

    private const int ProvidersValiditySeconds = 14;
    private const int OurValiditySeconds = 30;
    private const int BankExecutesAfterMs = 5_000;
    private const int LateSeconds = 7;

    /// <summary>Than in the demonstration: so that a suspension also finds something unsent after a kill.</summary>
    private const int Slower = 2;

    public static Temper TemperOf(DemoChannel channel) => DemoBehaviours.Of(channel) with
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
