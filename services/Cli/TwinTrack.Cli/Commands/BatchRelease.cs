using System.CommandLine;
using TwinTrack.Cli.Remote;

namespace TwinTrack.Cli.Commands;

/// <summary>batch release: money may leave; by finance, who neither made nor approved it.</summary>
internal static class BatchRelease
{
    private static readonly Argument<string> Id = new("id") { Description = "The batch's id, bat_..." };

    private static readonly Option<string> Hash = new("--hash")
    {
        Description = "The content hash of the batch that you saw, as batch show prints it.",
        Required = true,
    };

    public static Command Build() => new Command("release", "Release an approved batch for payment.") { Id, Hash }
        .Answers(static async (parsed, api, cancel) =>
        {
            var path = $"/payments/batches/{RemoteCommand.Segment(parsed.GetRequiredValue(Id))}";
            return await api.PostAsync(path + "/release", new { contentHash = parsed.GetRequiredValue(Hash) }, cancel);
        });
}
