using System.CommandLine;
using TwinTrack.Cli.Remote;

namespace TwinTrack.Cli.Commands;

/// <summary>
/// settlement show: who owes whom between the tracks. Whose money a source is, is read from the rule book.
/// </summary>
internal static class SettlementShow
{
    private static readonly Argument<string> Programme = new("programme") { Description = "The programme's code." };

    private static readonly Option<string?> Cycle = new("--cycle") { Description = "Only this cycle, cyc_..." };

    public static Command Build() =>
        new Command("show", "What each track has paid out of each funding source, and who owes whom.") { Programme,
            Cycle }
        .Answers(static async (parsed, api, cancel) =>
        {
            var sources = await api.GetAsync("/routing/rules/funding_source?limit=1000", cancel);
            var aligned = sources.List("items").Where(row => row.At("rule")?.Number("track") == 2)
                .Select(row => row.Require("id"));
            return await api.GetAsync(
                $"/reconciliation/settlement/{RemoteCommand.Segment(parsed.GetRequiredValue(Programme))}"
                    + $"?aligned={Uri.EscapeDataString(string.Join(',', aligned))}"
                    + (parsed.GetValue(Cycle) is { } cycle ? $"&cycleId={Uri.EscapeDataString(cycle)}" : ""),
                cancel);
        });
}
