using System.CommandLine;

namespace TwinTrack.Cli.Commands;

/// <summary>channel resume: one operator may do it alone; only a voted switch reroutes.</summary>
internal static class ChannelResume
{
    private static readonly Argument<string> Code = new("code") { Description = "The channel's code." };

    private static readonly Option<string> Reason = new(
        "--reason")
    { Description = "Why, for the record.", Required = true };

    public static Command Build() => new Command("resume", "Open a paused channel's gate.") { Code, Reason }
        .Answers(static (parsed, api, cancel) => api.PostAsync(
            $"/routing/channels/{RemoteCommand.Segment(parsed.GetRequiredValue(Code))}/resume",
            new { reason = parsed.GetRequiredValue(Reason) }, cancel));
}
