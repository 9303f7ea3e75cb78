using TwinTrack.Proving.Demo;
using TwinTrack.Proving.Scenarios.Language;
using TwinTrack.Proving.Systems;

namespace TwinTrack.Proving.Scenarios;

/// <summary>
/// The demonstration's world with a scenario's settings. Providers have no faults, except those in the settings.
/// </summary>
internal static class ScenarioWorld
{
    private const int HouseholdsDefault = 300;
    private const int SeedDefault = 1;
    private const int MinutesDefault = 10;

    /// <summary>An order executes so soon that it can hardly be recalled.</summary>
    private static readonly SimulatorFaults Prompt = new() { ExecuteAfterMs = 200 };

    public static DemoOptions Options(Scenario scenario, bool keep) =>
        new(scenario.Settings<Setting.Households>().LastOrDefault()?.Count ?? HouseholdsDefault,
            scenario.Settings<Setting.Seed>().LastOrDefault()?.Number ?? SeedDefault, keep)
        {
            Faults = channel => FaultsOf(channel, scenario),
            NotCovered = [.. scenario.Settings<Setting.NotCovered>().SelectMany(setting => setting.Areas)],
            Paces = (channel, households) => PaceOf(channel, households, scenario),
            Overflows =
                [.. scenario.Settings<Setting.Overflow>()
                    .Select(setting => new Overflow(setting.Channel, setting.Above, DemoChannels.CashAgents.Code))],
        };

    public static TimeSpan TimeLimit(Scenario scenario) =>
        TimeSpan.FromMinutes(scenario.Settings<Setting.TimeLimit>().LastOrDefault()?.Minutes ?? MinutesDefault);

    private static SimulatorFaults FaultsOf(DemoChannel channel, Scenario scenario)
    {
        var faults = scenario.Settings<Setting.Fault>().Where(setting => setting.Channel == channel.Code)
            .Aggregate(Prompt, static (faults, setting) => setting.Kind switch
        {
            ProviderFault.Refuses => faults with { Reject = setting.Share },
            ProviderFault.KeepsSilent => faults with { Silent = setting.Share },
            ProviderFault.Loses => faults with { Lost = setting.Share },
            ProviderFault.AnswersLate => faults with { Late = setting.Share },
            ProviderFault.SendsBack => faults with { Return = setting.Share },
            ProviderFault.Repeats => faults with { Duplicate = setting.Share },
            _ => throw new ArgumentOutOfRangeException(nameof(scenario), setting.Kind, "Not a fault of a provider."),
        });
        return scenario.Settings<Setting.ExecutesAfter>()
            .FirstOrDefault(setting => setting.Channel == channel.Code) is { } after
            ? faults with { ExecuteAfterMs = after.Seconds * 1_000 } : faults;
    }

    /// <summary>
    /// A slow channel sends small units, so that waiting orders can still be withdrawn. With a slow provider, orders go
    /// into doubt later.
    /// </summary>
    private static ChannelPace PaceOf(DemoChannel channel, long households, Scenario scenario)
    {
        var pace = DemoBehaviours.PaceOf(channel, households);
        var patience =
            scenario.Settings<Setting.ExecutesAfter>().FirstOrDefault(setting => setting.Channel == channel.Code)
            ?.Seconds ?? 0;
        pace = pace with
        {
            InDoubtAfterSeconds = Math.Max(pace.InDoubtAfterSeconds, patience + 5),
            ValiditySeconds = Math.Max(pace.ValiditySeconds, patience + 3)
        };
        return scenario.Settings<Setting.Sends>().FirstOrDefault(setting => setting.Channel == channel.Code)
            ?.PaymentsPerSecond is { } sends
            ? pace with { PaymentsPerSecond = sends, UnitMax = Math.Clamp(sends, 1, pace.UnitMax) }
            : pace;
    }
}
