using System.CommandLine;
using TwinTrack.Cli;
using TwinTrack.Cli.Showing;
using TwinTrack.Proving.Mutation;
using TwinTrack.Running;

namespace TwinTrack.Proving.Commands;

/// <summary>mutation: makes many small changes to the pure rules, and reports those that no test notices.</summary>
internal static class RunMutation
{
    /// <summary>Per cent; below it the command's exit code says so.</summary>
    private const double ScoreMin = 85;

    private static readonly Argument<string[]> Domains = new("domain")
    {
        Description = "Only these domains, such as Payments; all when left out.",
        Arity = ArgumentArity.ZeroOrMore,
    };

    private static readonly Option<string?> Files = new(
        "--files")
    { Description = "Only files of this pattern, such as **/ReportRule.cs." };

    public static Command Build()
    {
        var command = new Command(
            "mutation", "Make many small changes to the pure rules; say which ones no test notices.")
        {
            Domains, Files,
        };
        command.SetAction(static async (parsed, cancel) =>
        {
            var sources = Installation.Sources();
            var all = MutationRun.Domains(sources);
            var chosen = parsed.GetValue(Domains) is { Length: > 0 } named ? named : [.. all];
            if (chosen.FirstOrDefault(name => !all.Contains(name)) is { } unknown)
            {
                throw new UsageException($"There is no domain {unknown}. The domains are {string.Join(", ", all)}.");
            }

            var story = new Story(json: false);
            var holds = true;
            await MutationRun.RunAsync(sources, chosen, parsed.GetValue(Files), report =>
            {
                Tell(story, report);
                holds &= report.Score >= ScoreMin;
            }, cancel);
            return holds ? ExitCode.Ok : ExitCode.DoesNotHold;
        });
        return command;
    }

    private static void Tell(Story story, MutationReport report)
    {
        foreach (var mutant in report.Mutants.Where(mutant => mutant.IsMissed))
        {
            story.Say(Invariant(
                $"{mutant.Status,-10} {mutant.File}:{mutant.Line} {mutant.Mutator}: {mutant.Replacement}"));
        }

        story.Line(Invariant(
            $"{report.Domain}: {report.Noticed} of {report.Noticed + report.Missed} noticed, {report.Score:0.0} %; ")
            + Invariant($"{report.NotReached} changes of static fields were not reached"));
    }
}
