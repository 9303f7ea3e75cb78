using System.CommandLine;
using TwinTrack.Cli.Remote;
using TwinTrack.Cli.Showing;

namespace TwinTrack.Cli.Commands;

/// <summary>switch rehearse: what would move, what could not and why, on the live cycle and without effect.</summary>
internal static class SwitchRehearse
{
    private static readonly Argument<string> Id = new("id") { Description = "The switch's id, swi_..." };

    public static Command Build() =>
        new Command("rehearse", "Count what the switch would move, without effect, and show it.") { Id }
        .Answers(static async (parsed, api, cancel) =>
        {
            var path = $"/routing/switches/{RemoteCommand.Segment(parsed.GetRequiredValue(Id))}";
            var asked = (await api.PostAsync(path + "/rehearsals", null, cancel)).Number("asked");
            var seen = await Waiting.UntilAsync(
                "the rehearsal", () => api.GetAsync(path, cancel),
                seen => seen.At("rehearsal")?.Number("asked") >= asked, seen => seen.Text("state"), cancel);
            return seen;
        });
}
