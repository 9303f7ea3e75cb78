using System.CommandLine;

namespace TwinTrack.Cli.Commands;

/// <summary>reconcile breaks: differences, each with an owner.</summary>
internal static class ReconcileBreaks
{
    private static readonly Option<string?> Batch = new("--batch") { Description = "Only those of this batch." };

    private static readonly Option<string?> State = new(
        "--state")
    { Description = "Open, Resolved, WriteOffProposed or WrittenOff. Default: all." };

    public static Command Build() => new Command("breaks", "Differences that reconciliation found.") { Batch, State }
        .Answers(static (parsed, api, cancel) => api.GetAsync(
            "/reconciliation/breaks?limit=1000" + Query("batchId", parsed.GetValue(Batch))
                + Query("state", parsed.GetValue(State)), cancel));

    private static string Query(string name, string? value) =>
        value is null ? "" : $"&{name}={Uri.EscapeDataString(value)}";
}
