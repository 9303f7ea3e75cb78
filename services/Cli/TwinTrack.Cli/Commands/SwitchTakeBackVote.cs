using System.CommandLine;

namespace TwinTrack.Cli.Commands;

/// <summary>switch unvote: one's own vote back, while nothing is decided.</summary>
internal static class SwitchTakeBackVote
{
    private static readonly Argument<string> Id = new("id") { Description = "The switch's id, swi_..." };

    public static Command Build() => new Command("unvote", "Take your vote back before the decision.") { Id }
        .Answers(
        static (parsed, api, cancel) => api.PostAsync(
            $"/routing/switches/{RemoteCommand.Segment(parsed.GetRequiredValue(Id))}/votes/withdraw", null, cancel));
}
