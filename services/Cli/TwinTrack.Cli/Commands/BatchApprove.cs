using System.CommandLine;
using TwinTrack.Cli.Remote;

namespace TwinTrack.Cli.Commands;

/// <summary>batch approve: one step, by one person, bound to the content hash that they saw.</summary>
internal static class BatchApprove
{
    private static readonly Argument<string> Id = new("id") { Description = "The batch's id, bat_..." };

    private static readonly Option<string> Hash = new("--hash")
    {
        Description = "The content hash of the batch that you saw, as batch show prints it.",
        Required = true,
    };

    public static Command Build() =>
        new Command("approve", "Approve a batch, as one step of its approval.") { Id, Hash }
        .Answers(static async (parsed, api, cancel) =>
        {
            var path = $"/payments/batches/{RemoteCommand.Segment(parsed.GetRequiredValue(Id))}";
            return await api.PostAsync(path + "/approvals", new { contentHash = parsed.GetRequiredValue(Hash) },
                cancel);
        });
}
