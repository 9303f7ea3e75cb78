using System.CommandLine;
using System.Text.Json;
using TwinTrack.Cli;
using TwinTrack.Cli.Remote;
using TwinTrack.Cli.Showing;
using TwinTrack.Proving.Guards;
using TwinTrack.Running;

namespace TwinTrack.Proving.Commands;

/// <summary>guards: weakens every money guard in turn, and reports whether its test fails.</summary>
internal static class RunGuards
{
    private static readonly Option<string[]> Only = new(
        "--only")
    { Description = "Only the guards whose id begins so.", AllowMultipleArgumentsPerToken = true };

    private static readonly Option<int?> Sample = new(
        "--sample")
    { Description = "Only this many, drawn by the seed." };

    private static readonly Option<int> Seed = new("--seed") { Description = "Of the sample." };

    private static readonly Option<string?> Project = new(
        "--project")
    { Description = "Only the guards that this test project watches, such as Domain." };

    public static Command Build()
    {
        var command = new Command(
            "guards", "Weaken every guard on the way of money in turn; say whether a test notices.")
        {
            Only, Sample, Seed, Project,
        };
        command.SetAction(static async (parsed, cancel) =>
        {
            var sources = Installation.Sources();
            var guards = Choose(
                MoneyGuardList.Read(sources), parsed.GetValue(Only) ?? [], parsed.GetValue(Project),
                parsed.GetValue(Sample), parsed.GetValue(Seed));
            if (guards.Count == 0)
            {
                throw new UsageException("No guard has such an id. tests/Guards/guards.json lists them.");
            }

            var json = parsed.GetValue(RemoteOptions.Json);
            var story = new Story(json);
            var results = await GuardRun.RunAsync(sources, guards, (guard, result) => Tell(story, guard, result),
                cancel);
            var caught = results.Count(result => result.Caught);
            story.Line(Invariant($"{caught} of {results.Count} guards caught"));
            if (json)
            {
                Console.Out.WriteLine(JsonSerializer.Serialize(results, JsonSerializerOptions.Web));
            }

            return caught == results.Count ? ExitCode.Ok : ExitCode.DoesNotHold;
        });
        return command;
    }

    internal static List<MoneyGuard> Choose(
        IReadOnlyList<MoneyGuard> all, string[] only, string? project, int? sample, int seed)
    {
        var chosen = all.Where(guard => project is null || guard.Project == project)
            .Where(guard => only.Length == 0 || only.Any(id => guard.Id.StartsWith(id, StringComparison.Ordinal)))
            .ToArray();
        if (sample is not { } size)
        {
            return [.. chosen];
        }

        new Random(seed).Shuffle(chosen);
        return [.. chosen.Take(size)];
    }

    private static void Tell(Story story, MoneyGuard guard, GuardResult result)
    {
        var word = result.Caught ? "caught" : "NOT CAUGHT";
        story.Say(Invariant($"{word,-10} {guard.Id,-36} {result.Seconds,5:0.0} s  {guard.Protects}"));
        if (!result.Caught)
        {
            story.Say($"           {result.Fault ?? $"{guard.Test} passes"}");
        }
    }
}
