using System.CommandLine;
using TwinTrack.Cli.Commands;
using TwinTrack.TestRuns;

namespace TwinTrack.Proving.Commands;

/// <summary>Every command of ./twintrack, in the order in which a newcomer meets them.</summary>
internal static class AllCommands
{
    public static Command Root()
    {
        var root = OperatorCommands.Root();
        foreach (var command in Starting().Concat(OperatorCommands.All()).Concat(Developing()))
        {
            root.Add(command);
        }

        return root;
    }

    /// <summary>The commands that start a system of their own.</summary>
    private static IEnumerable<Command> Starting() =>
    [
        RunDemo.Build(),
        RunScenario.Build(),
        RunChaos.Build(),
        new("bench", "Measure this machine; takes it whole for "
            + "minutes.") { BenchWebhooks.Build(), BenchSwitch.Build() },
        RunModel.Build(),
        RunGuards.Build(),
        RunMutation.Build(),
        RunSimulation.Build(),
        Up.Build(),
    ];

    /// <summary>The commands that work on a clone of the repository.</summary>
    private static IEnumerable<Command> Developing() => [Test.Build(), Docs.Build()];
}
