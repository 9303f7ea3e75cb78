using System.CommandLine;

namespace TwinTrack.Cli.Commands;

/// <summary>registry areas: the places that households live in.</summary>
internal static class RegistryAreas
{
    private static readonly Argument<FileInfo> File =
        new Argument<FileInfo>("file")
        {
            Description =
            "CSV with the columns pcode, name, parent."
        }.AcceptExistingOnly();

    public static Command Build() => new Command("areas", "Load areas by P-code; all rows or none.") { File }
        .Answers(static (parsed, api, cancel) =>
        {
            var file = parsed.GetRequiredValue(File);
            return api.UploadAsync("/enrolments/areas", file.OpenRead, "text/csv", cancel);
        });
}
