using System.CommandLine;

namespace TwinTrack.Cli.Commands;

/// <summary>batch show: what an approver must look at: sums, routes, funding, content hash.</summary>
internal static class BatchShow
{
    private static readonly Argument<string> Id = new("id") { Description = "The batch's id, bat_..." };

    public static Command Build() =>
        new Command("show", "A batch's sums, routes, funding, approvals and content hash.") { Id }
        .Answers(
        static (parsed, api, cancel) => api.GetAsync(
            $"/payments/batches/{RemoteCommand.Segment(parsed.GetRequiredValue(Id))}", cancel));
}
