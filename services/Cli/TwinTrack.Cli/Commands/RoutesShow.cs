using System.CommandLine;

namespace TwinTrack.Cli.Commands;

/// <summary>routes show: the routing table in force.</summary>
internal static class RoutesShow
{
    public static Command Build() => new Command("show", "The routing table in force.")
        .Answers(static (_, api, cancel) => api.GetAsync("/routing/table", cancel));
}
