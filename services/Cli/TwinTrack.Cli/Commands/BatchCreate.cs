using System.CommandLine;
using System.Text.Json;
using TwinTrack.Cli.Remote;

namespace TwinTrack.Cli.Commands;

/// <summary>
/// batch create: plans the payment of a closed cycle and waits until its routes and its content hash are known.
/// </summary>
internal static class BatchCreate
{
    private static readonly Argument<string> Cycle = new("cycle") { Description = "The cycle's id, cyc_..." };

    public static Command Build() =>
        new Command("create", "Make a batch of a closed cycle: routes and content hash for the approvers.") { Cycle }
        .Answers(
        static (parsed, api, cancel) => CreateAsync(api, parsed.GetRequiredValue(Cycle), static (_, _) => { }, cancel));

    internal static async Task<JsonElement> CreateAsync(
        Api api, string cycle, Action<long, long> report, CancellationToken cancel)
    {
        var created = await api.PostAsync("/payments/batches", new { cycleId = cycle }, cancel);
        var batch = await Waiting.UntilAsync(
            "the batch's plan",
            async () =>
            {
                var seen = await api.GetAsync($"/payments/batches/{created.Require("id")}", cancel);
                report(seen.Number("routed"), seen.Number("count"));
                return seen;
            },
            seen => seen.Text("state") != "Planning",
            seen => (seen.Number("count"), seen.Number("routed")),
            cancel);
        return batch.Text("state") == "AwaitingApproval"
            ? batch : throw new UsageException($"The batch is {batch.Text("state")}: {batch.Text("endReason")}");
    }
}
