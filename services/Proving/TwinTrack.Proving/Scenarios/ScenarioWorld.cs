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
    private static readonly Temper Prompt = new() { ExecuteAfterMs = 200 };

    public static DemoOptions Options(Scenario scenario, bool keep) =>
        new(scenario.Settings<Setting.Households>().LastOrDefault()?.Count ?? HouseholdsDefault,
            scenario.Settings<Setting.Seed>().LastOrDefault()?.Number ?? SeedDefault, keep)
        {
            Tempers = channel => TemperOf(channel, scenario),
            Paces = (channel, households) => PaceOf(channel, households, scenario),
            Overflows =
                [.. scenario.Settings<Setting.Overflow>()
                    .Select(said => new Overflow(said.Channel, said.Above, DemoChannels.CashAgents.Code))],
        };

    public static TimeSpan TimeLimit(Scenario scenario) =>
        TimeSpan.FromMinutes(scenario.Settings<Setting.TimeLimit>().LastOrDefault()?.Minutes ?? MinutesDefault);

    private static Temper TemperOf(DemoChannel channel, Scenario scenario)
    {
        var temper = scenario.Settings<Setting.Fault>().Where(said => said.Channel == channel.Code)
            .Aggregate(Prompt, static (temper, said) => said.Kind switch
        {
            ProviderFault.Refuses => temper with { Reject = said.Share },
            ProviderFault.KeepsSilent => temper with { Silent = said.Share },
            ProviderFault.Loses => temper with { Lost = said.Share },
            ProviderFault.AnswersLate => temper with { Late = said.Share },
            ProviderFault.SendsBack => temper with { Return = said.Share },
            ProviderFault.Repeats => temper with { Duplicate = said.Share },
            _ => throw new ArgumentOutOfRangeException(nameof(scenario), said.Kind, "Not a fault of a provider."),
        });
        return scenario.Settings<Setting.ExecutesAfter>()
            .FirstOrDefault(said => said.Channel == channel.Code) is { } after
            ? temper with { ExecuteAfterMs = after.Seconds * 1_000 } : temper;
    }

    /// <summary>
    /// A slow channel sends small units, so that waiting orders can still be withdrawn. With a slow provider, orders go
    /// into doubt later.
    /// </summary>
    private static ChannelPace PaceOf(DemoChannel channel, long households, Scenario scenario)
    {
        var pace = DemoBehaviours.PaceOf(channel, households);
        var patience = scenario.Settings<Setting.ExecutesAfter>().FirstOrDefault(said => said.Channel == channel.Code)
            ?.Seconds ?? 0;
        pace = pace with
        {
            InDoubtAfterSeconds = Math.Max(pace.InDoubtAfterSeconds, patience + 5),
            ValiditySeconds = Math.Max(pace.ValiditySeconds, patience + 3)
        };
        return scenario.Settings<Setting.Sends>().FirstOrDefault(said => said.Channel == channel.Code)
            ?.PaymentsPerSecond is { } sends
            ? pace with { PaymentsPerSecond = sends, UnitMax = Math.Clamp(sends, 1, pace.UnitMax) }
            : pace;
    }
}
