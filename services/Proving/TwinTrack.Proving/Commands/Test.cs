using System.CommandLine;
using TwinTrack.Cli;
using TwinTrack.Proving.TestRuns;
using TwinTrack.Running;

namespace TwinTrack.Proving.Commands;

/// <summary>test: every test project of the built solution, one after the other, and one sum at the end.</summary>
internal static class Test
{
    private static readonly Argument<string[]> Projects = new("projects")
    {
        Description = "Only the test projects whose names contain one of these, e.g. Domain. Default: all.",
        Arity = ArgumentArity.ZeroOrMore,
    };

    private static readonly Option<string?> Filter = new(
        "--filter") { Description = "Only the tests that match, as dotnet test reads it." };

    public static Command Build()
    {
        var command = new Command("test", "Run the tests. The last line is: N passed, N failed.") { Projects, Filter };
        command.SetAction(static async (parsed, cancel) =>
        {
            await TestServers.EnsureAsync(cancel);
            var sum = await TestRun.RunAsync(
                Installation.Sources(), parsed.GetValue(Projects) ?? [], parsed.GetValue(Filter), cancel);
            sum.Print();
            return sum.Holds ? ExitCode.Ok : ExitCode.DoesNotHold;
        });
        return command;
    }
}
