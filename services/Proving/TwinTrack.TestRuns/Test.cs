using System.CommandLine;
using TwinTrack.Cli;
using TwinTrack.Running;

namespace TwinTrack.TestRuns;

/// <summary>
/// test: the test projects that are named, or all with the check of the format, and one sum at the end. The script has
/// built them before this runs.
/// </summary>
internal static class Test
{
    private static readonly TimeSpan FormatPatience = TimeSpan.FromMinutes(15);

    private static readonly Argument<string[]> Projects = new("projects")
    {
        Description = "Only the test projects whose names contain one of these, e.g. Domain. Default: all.",
        Arity = ArgumentArity.ZeroOrMore,
    };

    private static readonly Option<string?> Filter = new(
        "--filter")
    { Description = "Only the tests that match, as dotnet test reads it." };

    private static readonly Option<string?> Culture = new("--culture")
    {
        Description = "Run them as on a machine of this language, as LANG names it, e.g. fa_IR.",
    };

    public static Command Build()
    {
        var command =
            new Command("test", "Run the tests. The last line is: N passed, N failed.") { Projects, Filter, Culture };
        command.Aliases.Add("check");
        command.SetAction(static (parsed, cancel) => RunAsync(
            parsed.GetValue(Projects) ?? [], parsed.GetValue(Filter), parsed.GetValue(Culture), cancel));
        return command;
    }

    private static async Task<int> RunAsync(
        string[] names, string? filter, string? culture, CancellationToken cancel)
    {
        var sources = Installation.Sources();
        var projects = TestRun.ProjectsOf(sources, names);
        if (projects.Count == 0)
        {
            throw new UsageException($"No test project is named {string.Join(" or ", names)}.");
        }

        await TestServers.EnsureAsync(projects, cancel);
        var all = names.Length == 0 && filter is null && culture is null;
        var formatted = all ? IsFormattedAsync(sources, cancel) : Task.FromResult(true);
        var shares = all
            ? WholeRun.Of(projects)
            : projects.Select(project => new TestShare(project, filter, culture, MayBeEmpty: filter is not null));
        var sum = await TestRun.RunAsync(sources, [.. shares], cancel);
        var holds = await formatted && sum.Holds;
        sum.Print();
        return holds ? ExitCode.Ok : ExitCode.DoesNotHold;
    }

    private static async Task<bool> IsFormattedAsync(string sources, CancellationToken cancel)
    {
        var (code, output) = await TestRun.DotNetAsync(
            ["format", "whitespace", "TwinTrack.sln", "--no-restore", "--verify-no-changes"], sources, FormatPatience,
            cancel);
        if (code != 0)
        {
            Console.Out.WriteLine($"FAILED format: differs from .editorconfig. 'dotnet format whitespace' mends "
                + $"it.\n{output}");
        }

        return code == 0;
    }
}
