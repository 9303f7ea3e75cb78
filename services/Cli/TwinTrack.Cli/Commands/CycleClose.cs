using System.CommandLine;
using System.Text.Json;
using TwinTrack.Cli.Remote;

namespace TwinTrack.Cli.Commands;

/// <summary>
/// cycle close: makes the entitlements final, and waits until Payments holds every one of them with the declared sums.
/// </summary>
internal static class CycleClose
{
    private static readonly Argument<string> Id = new("id") { Description = "The cycle's id, cyc_..." };

    public static Command Build() =>
        new Command("close", "Close a cycle: its count, sum and hash are declared and checked.") { Id }
        .Answers(static (parsed, api, cancel) => CloseAsync(api, parsed.GetRequiredValue(Id), cancel));

    internal static async Task<JsonElement> CloseAsync(Api api, string id, CancellationToken cancel)
    {
        var path = $"/entitlements/cycles/{RemoteCommand.Segment(id)}";
        await api.PostAsync(path + "/close", null, cancel);
        var closed = await Waiting.UntilAsync(
            "the cycle to close", () => api.GetAsync(path, cancel), seen => seen.Text("state") == "Closed",
            seen => seen.Text("state"), cancel);
        var taken = await Waiting.UntilAsync(
            "Payments to hold the cycle",
            () => ArrivedAsync(api, id, cancel),
            seen => seen.Text("state") is "Ready" or "Refused",
            seen => seen.Number("countArrived"),
            cancel);
        return taken.Text("state") == "Ready"
            ? closed : throw new UsageException($"Payments refuses the cycle: {taken.Text("reason")}");
    }

    private static async Task<JsonElement> ArrivedAsync(Api api, string id, CancellationToken cancel)
    {
        try
        {
            return await api.GetAsync($"/payments/cycles/{RemoteCommand.Segment(id)}", cancel);
        }
        catch (ApiRefusal refusal) when (refusal.Status == System.Net.HttpStatusCode.NotFound)
        {
            // Nothing of it has arrived yet.
            return default;
        }
    }
}
