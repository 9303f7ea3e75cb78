using System.CommandLine;

namespace TwinTrack.Cli.Commands;

/// <summary>protocol set: a programme's rules for a change of track.</summary>
internal static class ProtocolSet
{
    private static readonly Argument<string> Programme = new("programme") { Description = "The programme's code." };

    private static readonly Argument<FileInfo> File = new Argument<FileInfo>("file")
    {
        Description = "JSON; docs/using/protocols.md describes its fields.",
    }.AcceptExistingOnly();

    public static Command Build() => new Command("set", "Set a programme's protocol.") { Programme, File }
        .Answers(static (parsed, api, cancel) => api.PutAsync(
            $"/routing/protocols/{RemoteCommand.Segment(parsed.GetRequiredValue(Programme))}",
            JsonFile.Read(parsed.GetRequiredValue(File)), cancel));
}
