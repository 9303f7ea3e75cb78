using System.CommandLine;
using TwinTrack.Cli;
using TwinTrack.Proving.Documents;
using TwinTrack.Proving.TestRuns;
using TwinTrack.Running;

namespace TwinTrack.Proving.Commands;

/// <summary>
/// check: format, build, generated documents, tests: all that a change must pass. The script has built the solution
/// before this runs.
/// </summary>
internal static class Check
{
    private static readonly TimeSpan FormatPatience = TimeSpan.FromMinutes(5);

    public static Command Build()
    {
        var command = new Command("check", "All that a change must pass: format, build, generated documents, tests.");
        command.SetAction(static (_, cancel) => RunAsync(cancel));
        return command;
    }

    private static async Task<int> RunAsync(CancellationToken cancel)
    {
        var sources = Installation.Sources();
        Console.Out.WriteLine("Build: warnings are errors, and there are none.");
        var (format, output) = await TestRun.DotNetAsync(
            ["format", "whitespace", "TwinTrack.sln", "--no-restore", "--verify-no-changes"], sources, FormatPatience,
            cancel);
        Console.Out.WriteLine(
            format == 0 ? "Format: as .editorconfig says." : $"Format: differs from .editorconfig.\n{output}");
        var stale = await GeneratedDocuments.CompareAsync(sources, cancel);
        Console.Out.WriteLine(stale.Count == 0
            ? "Documents: as generated."
            : $"Documents: ./twintrack docs would change {string.Join(", ", stale)}.");
        await TestServers.EnsureAsync(cancel);
        var sum = await TestRun.RunAsync(sources, [], null, cancel);
        sum.Print();
        return format == 0 && stale.Count == 0 && sum.Holds ? ExitCode.Ok : ExitCode.DoesNotHold;
    }
}
