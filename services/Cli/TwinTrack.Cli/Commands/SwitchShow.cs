using System.CommandLine;

namespace TwinTrack.Cli.Commands;

/// <summary>switch show: its steps, votes, proofs and what stands where.</summary>
internal static class SwitchShow
{
    private static readonly Argument<string> Id = new("id") { Description = "The switch's id, swi_..." };

    public static Command Build() =>
        new Command("show", "A switch's steps, votes, stops, dispositions and progress.") { Id }
        .Answers(
        static (parsed, api, cancel) => api.GetAsync(
            $"/routing/switches/{RemoteCommand.Segment(parsed.GetRequiredValue(Id))}", cancel));
}
