using System.CommandLine;

namespace TwinTrack.Cli.Commands;

/// <summary>cycle show: state, counts and sums of one round.</summary>
internal static class CycleShow
{
    private static readonly Argument<string> Id = new("id") { Description = "The cycle's id, cyc_..." };

    public static Command Build() => new Command("show", "A cycle's state, counts and sums by component.") { Id }
        .Answers(
        static (parsed, api, cancel) => api.GetAsync(
            $"/entitlements/cycles/{RemoteCommand.Segment(parsed.GetRequiredValue(Id))}", cancel));
}
