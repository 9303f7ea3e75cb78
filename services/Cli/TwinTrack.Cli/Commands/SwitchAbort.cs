using System.CommandLine;

namespace TwinTrack.Cli.Commands;

/// <summary>switch abort: a co-chair's vote to end a switch that was carried.</summary>
internal static class SwitchAbort
{
    private static readonly Argument<string> Id = new("id") { Description = "The switch's id, swi_..." };

    private static readonly Option<string> Reason = new("--reason")
    { Description = "Why the switch must end; it is kept with your vote.", Required = true };

    private static readonly Option<string?> Hash = new("--hash")
    { Description = "The hash of the carried switch, as switch show prints it. Default: the switch's own." };

    public static Command Build() =>
        new Command("abort", "Vote for your party to abort a switch. The quorum that carried it ends it.")
        { Id, Reason, Hash }
        .Answers(
        static (parsed, api, cancel) => api.PostAsync(
            $"/routing/switches/{RemoteCommand.Segment(parsed.GetRequiredValue(Id))}/abort",
            new { reason = parsed.GetRequiredValue(Reason), hash = parsed.GetValue(Hash) }, cancel));
}
