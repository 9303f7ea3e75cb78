using System.CommandLine;
using System.Text.Json;
using TwinTrack.Cli.Remote;

namespace TwinTrack.Cli.Commands;

/// <summary>reconcile import: a provider's statement, followed until every line has its verdict.</summary>
internal static class ReconcileImport
{
    private static readonly Argument<FileInfo> File = new Argument<FileInfo>("file")
    {
        Description = "The statement as the provider made it: camt.053, or the provider's CSV.",
    }.AcceptExistingOnly();

    private static readonly Option<string> Channel = new(
        "--channel")
    { Description = "The channel that the statement is about.", Required = true };

    public static Command Build() =>
        new Command("import", "Import a provider's statement. It is accepted or refused as a whole.") { File, Channel }
        .Answers(static async (parsed, api, cancel) =>
        {
            var file = parsed.GetRequiredValue(File);
            return await ImportAsync(api, parsed.GetRequiredValue(Channel), file.Name, file.OpenRead, cancel);
        });

    internal static async Task<JsonElement> ImportAsync(
        Api api, string channel, string name, Func<Stream> open, CancellationToken cancel)
    {
        var sent = await api.UploadAsync(
            $"/providers/channels/{RemoteCommand.Segment(channel)}/statements?name={Uri.EscapeDataString(name)}", open,
            "application/octet-stream", cancel);
        var id = sent.Require("id");
        await Waiting.UntilAsync(
            $"the statement of {channel} to be applied",
            () => api.GetAsync($"/providers/statements/{id}", cancel),
            seen => seen.Text("state") == "Applied",
            seen => seen.Number("linesApplied"),
            cancel);
        var matched = await Waiting.UntilAsync(
            $"the statement of {channel} to be matched",
            () => MatchedAsync(api, id, cancel),
            seen => seen.Text("state") is "Matched" or "Refused",
            seen => (seen.Text("state"), seen.Number("lines")),
            cancel);
        return matched.Text("state") == "Matched"
            ? matched : throw new UsageException($"The statement is refused: {matched.Text("refusal")}");
    }

    private static async Task<JsonElement> MatchedAsync(Api api, string id, CancellationToken cancel)
    {
        try
        {
            return await api.GetAsync($"/reconciliation/statements/{id}", cancel);
        }
        catch (ApiRefusal refusal) when (refusal.Status == System.Net.HttpStatusCode.NotFound)
        {
            // Its first chunk is still under way.
            return default;
        }
    }
}
