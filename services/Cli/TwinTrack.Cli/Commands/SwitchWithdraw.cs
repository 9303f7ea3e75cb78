using System.CommandLine;

namespace TwinTrack.Cli.Commands;

/// <summary>switch withdraw: gives a proposal up before it is decided.</summary>
internal static class SwitchWithdraw
{
    private static readonly Argument<string> Id = new("id") { Description = "The switch's id, swi_..." };

    public static Command Build() =>
        new Command("withdraw", "Withdraw a proposed switch before it is decided.") { Id }
        .Answers(
        static (parsed, api, cancel) => api.PostAsync(
            $"/routing/switches/{RemoteCommand.Segment(parsed.GetRequiredValue(Id))}/withdraw", null, cancel));
}
