using System.CommandLine;

namespace TwinTrack.Cli.Commands;

/// <summary>protocol show: the rules in force for some areas and why these; or every version there was.</summary>
internal static class ProtocolShow
{
    private static readonly Argument<string> Programme = new("programme") { Description = "The programme's code." };

    private static readonly Option<string[]> Areas = new("--area")
    {
        Description = "The rules for this area (P-code); may be given several times. Default: for all.",
        AllowMultipleArgumentsPerToken = true,
    };

    private static readonly Option<bool> Versions = new(
        "--versions")
    { Description = "Every version of every area, newest first." };

    public static Command Build() =>
        new Command("show", "The rules for a change of track.") { Programme, Areas, Versions }
        .Answers(static (parsed, api, cancel) =>
        {
            var path = $"/routing/protocols/{RemoteCommand.Segment(parsed.GetRequiredValue(Programme))}";
            return api.GetAsync(
                parsed.GetValue(Versions) ? path + "/versions"
                    : path + "?"
                        + string.Join(
                            '&', (parsed.GetValue(Areas) ?? []).Select(area => "area=" + RemoteCommand.Segment(area))),
                            cancel);
        });
}
