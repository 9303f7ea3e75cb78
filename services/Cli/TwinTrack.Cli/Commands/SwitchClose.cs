using System.CommandLine;

namespace TwinTrack.Cli.Commands;

/// <summary>switch close: ends the watch; what is freed later waits for a follow-up.</summary>
internal static class SwitchClose
{
    private static readonly Argument<string> Id = new("id") { Description = "The switch's id, swi_..." };

    public static Command Build() =>
        new Command("close", "Close a switch that has no payment in doubt and none left to move.") { Id }
        .Answers(
        static (parsed, api, cancel) => api.PostAsync(
            $"/routing/switches/{RemoteCommand.Segment(parsed.GetRequiredValue(Id))}/close", null, cancel));
}
