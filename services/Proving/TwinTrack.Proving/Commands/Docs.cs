using System.CommandLine;
using TwinTrack.Cli;
using TwinTrack.Proving.Documents;
using TwinTrack.Running;

namespace TwinTrack.Proving.Commands;

/// <summary>docs: writes the documents that are made from the code; a test and check compare them.</summary>
internal static class Docs
{
    private static readonly Option<bool> Compare = new(
        "--check")
    { Description = "Write nothing. Print the differences; exit code 1 if there are any." };

    private static readonly Option<bool> Samples = new("--samples")
    {
        Description = "Also write a sample of each message that has none; a sample that exists is never changed.",
    };

    public static Command Build()
    {
        var command =
            new Command(
                "docs", "Write the documents that are made from the code: lifecycles, contracts, status codes, API.")
                    { Compare, Samples };
        command.SetAction(static async (parsed, cancel) =>
        {
            var sources = Installation.Sources();
            var check = parsed.GetValue(Compare);
            var changed = check ? await GeneratedDocuments.CompareAsync(sources, cancel)
                : await GeneratedDocuments.WriteAsync(sources, cancel);
            if (parsed.GetValue(Samples) && !check)
            {
                changed.AddRange(await MessageSamples.WriteMissingAsync(sources, cancel));
            }

            foreach (var path in changed)
            {
                Console.Out.WriteLine((check ? "differs: " : "written: ") + path);
            }

            Console.Out.WriteLine(
                changed.Count == 0 ? "Every generated document is as the code says." : $"{changed.Count} documents.");
            return check && changed.Count > 0 ? ExitCode.DoesNotHold : ExitCode.Ok;
        });
        return command;
    }
}
