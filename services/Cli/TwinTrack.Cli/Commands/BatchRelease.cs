using System.CommandLine;
using TwinTrack.Cli.Remote;
using TwinTrack.Cli.Running;

namespace TwinTrack.Cli.Commands;

/// <summary>batch release: money may leave; by finance, who neither made nor approved it.</summary>
internal static class BatchRelease
{
    private static readonly Argument<string> Id = new("id") { Description = "The batch's id, bat_..." };

    private static readonly Option<string?> Hash = new("--hash")
    {
        Description = "The content hash that batch show printed when you looked. Default: the one it has now.",
    };

    public static Command Build() => new Command("release", "Release an approved batch for payment.") { Id, Hash }
        .Answers(static async (parsed, api, cancel) =>
        {
            var path = $"/payments/batches/{RemoteCommand.Segment(parsed.GetRequiredValue(Id))}";
            var contentHash = parsed.GetValue(Hash)
                ?? (await api.GetAsync(path, cancel)).Text("contentHash")
                ?? throw new UsageException("The batch is still being planned; it has no content hash yet.");
            return await api.PostAsync(path + "/release", new { contentHash }, cancel);
        });
}
