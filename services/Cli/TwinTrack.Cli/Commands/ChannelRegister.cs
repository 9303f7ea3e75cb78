using System.CommandLine;

namespace TwinTrack.Cli.Commands;

/// <summary>channel register: a provider contract, from a file.</summary>
internal static class ChannelRegister
{
    private static readonly Argument<string> Code = new("code") { Description = "The channel's code, e.g. t1-momo." };

    private static readonly Argument<FileInfo> File = new Argument<FileInfo>("file")
    {
        Description =
            "JSON: provider, adapter, track, instruments, areas, currency, capacityPerHour, contractModel.",
    }.AcceptExistingOnly();

    public static Command Build() => new Command("register", "Register a channel, or change it.") { Code, File }
        .Answers(static (parsed, api, cancel) => api.PutAsync(
            $"/routing/channels/{RemoteCommand.Segment(parsed.GetRequiredValue(Code))}",
            JsonFile.Read(parsed.GetRequiredValue(File)), cancel));
}
