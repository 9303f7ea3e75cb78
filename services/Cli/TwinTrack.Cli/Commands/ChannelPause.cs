using System.CommandLine;

namespace TwinTrack.Cli.Commands;

/// <summary>channel pause: one operator may do it alone; only a voted switch reroutes.</summary>
internal static class ChannelPause
{
    private static readonly Argument<string> Code = new("code") { Description = "The channel's code." };

    private static readonly Option<string> Reason = new(
        "--reason")
    { Description = "Why, for the record.", Required = true };

    public static Command Build() =>
        new Command(
            "pause", "Close a channel's gate at once. Queued payments wait, and no payment is rerouted.") { Code,
            Reason }
        .Answers(static (parsed, api, cancel) => api.PostAsync(
            $"/routing/channels/{RemoteCommand.Segment(parsed.GetRequiredValue(Code))}/pause",
            new { reason = parsed.GetRequiredValue(Reason) }, cancel));
}
