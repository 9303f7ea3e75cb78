using System.CommandLine;
using System.Text.Json;
using TwinTrack.Cli.Remote;

namespace TwinTrack.Cli.Commands;

/// <summary>
/// batch create: plans the payment of a closed cycle, or follows up what a batch left unpaid. It waits until the routes
/// and the content hash are known.
/// </summary>
internal static class BatchCreate
{
    private static readonly Argument<string> Cycle = new("cycle") { Description = "The cycle's id, cyc_..." };

    private static readonly Option<string> FollowUp = new("--follow-up")
    {
        Description = "An earlier batch, bat_... : take what it left unpaid.",
    };

    private static readonly Option<string> Reasons = new("--reason")
    {
        Description = "With --follow-up: only these reasons, with commas, such as rejected,returned.",
    };

    private static readonly Option<string[]> Households = new("--household")
    {
        Description = "With --follow-up: only these households, hh_...",
        AllowMultipleArgumentsPerToken = true,
    };

    public static Command Build() =>
        new Command("create", "Make a batch of a closed cycle: routes and content hash for the approvers.")
        {
            Cycle, FollowUp, Reasons, Households,
        }.Answers(static (parsed, api, cancel) => CreateAsync(
            api, BodyOf(parsed), static (_, _) => { }, cancel));

    internal static Task<JsonElement> CreateAsync(
        Api api, string cycle, Action<long, long> report, CancellationToken cancel) =>
        CreateAsync(api, new { cycleId = cycle }, report, cancel);

    /// <summary>A batch of everything that an earlier batch left unpaid.</summary>
    internal static Task<JsonElement> FollowUpAsync(
        Api api, string cycle, string batch, Action<long, long> report, CancellationToken cancel) =>
        CreateAsync(api, new { cycleId = cycle, followsUp = batch }, report, cancel);

    private static object BodyOf(ParseResult parsed) => new
    {
        cycleId = parsed.GetRequiredValue(Cycle),
        followsUp = parsed.GetValue(FollowUp),
        reasons = parsed.GetValue(Reasons)?.Split(
            ',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries),
        households = parsed.GetValue(Households) is { Length: > 0 } households ? households : null,
    };

    private static async Task<JsonElement> CreateAsync(
        Api api, object body, Action<long, long> report, CancellationToken cancel)
    {
        var created = await api.PostAsync("/payments/batches", body, cancel);
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
