using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using TwinTrack.Cli.Remote;

namespace TwinTrack.Cli.Commands;

/// <summary>cycle open: opens a payment round and waits until every household is calculated.</summary>
internal static class CycleOpen
{
    private static readonly Argument<string> Programme = new("programme") { Description = "The programme's code." };

    private static readonly Argument<string> Period = new("period") { Description = "The round's name, e.g. 2026-11." };

    private static readonly Option<DateOnly?> AsOf = new(
        "--as-of")
    { Description = "The day on which ages are counted. Default: today." };

    public static Command Build() =>
        new Command("open", "Open a cycle and calculate the amounts of every enrolled household.") { Programme, Period,
            AsOf }
        .Answers(static (parsed, api, cancel) => OpenAsync(
            api,
            parsed.GetRequiredValue(Programme),
            parsed.GetRequiredValue(Period),
            parsed.GetValue(AsOf) ?? DateOnly.FromDateTime(TimeProvider.System.GetUtcNow().UtcDateTime),
            static (_, _) => { },
            cancel));

    internal static async Task<JsonElement> OpenAsync(
        Api api, string programme, string period, DateOnly asOf, Action<long, long> report, CancellationToken cancel)
    {
        var opened = await api.PostAsync(
            "/entitlements/cycles", new
            {
                programme,
                period,
                asOf = asOf.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)
            }, cancel);
        return await Waiting.UntilAsync(
            "the cycle's calculation",
            async () =>
            {
                var seen = await api.GetAsync($"/entitlements/cycles/{opened.Require("id")}", cancel);
                report(seen.Number("households"), seen.Number("householdsExpected"));
                return seen;
            },
            seen => seen.Text("state") is not ("Opening" or "Calculating"),
            seen => (seen.Text("state"), seen.Number("households")),
            cancel);
    }
}
