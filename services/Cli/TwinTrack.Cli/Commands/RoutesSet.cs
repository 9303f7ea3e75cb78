using System.CommandLine;

namespace TwinTrack.Cli.Commands;

/// <summary>routes set: a new version of the routing table.</summary>
internal static class RoutesSet
{
    private static readonly Argument<FileInfo> File = new Argument<FileInfo>("file")
    {
        Description =
            "JSON: rows of area, programme, instrument (each may be *), channels in order, and where wanted shares, "
                + "ceilings, outsideHours.",
    }.AcceptExistingOnly();

    public static Command Build() => new Command("set", "Put a new version of the routing table in force.") { File }
        .Answers(
        static (parsed, api, cancel) => api.PutAsync(
            "/routing/table", JsonFile.Read(parsed.GetRequiredValue(File)), cancel));
}
