using System.CommandLine;

namespace TwinTrack.Cli.Commands;

/// <summary>switch vote: for the very list that was rehearsed.</summary>
internal static class SwitchVote
{
    private static readonly Argument<string> Id = new("id") { Description = "The switch's id, swi_..." };

    private static readonly Option<string> Hash = new(
        "--hash")
    {
        Description = "The hash of the rehearsal that you vote on, as switch show prints it.",
        Required = true
    };

    private static readonly Option<bool> Approve = new("--approve") { Description = "Vote yes." };

    private static readonly Option<bool> Reject = new(
        "--reject")
    { Description = "Vote against it. One vote against ends the proposal." };

    private static readonly Option<bool> ConfirmReach = new("--confirm-reach")
    {
        Description = "Confirm that the switch reaches few or none of the payments that it covers, as the rehearsal "
            + "warns."
    };

    public static Command Build() =>
        new Command("vote", "Vote on a switch for your party.") { Id, Hash, Approve, Reject, ConfirmReach }
        .Answers(static (parsed, api, cancel) =>
        {
            var approve = parsed.GetValue(Approve);
            return approve != parsed.GetValue(Reject)
                ? api.PostAsync(
                    $"/routing/switches/{RemoteCommand.Segment(parsed.GetRequiredValue(Id))}/votes",
                    new
                    {
                        hash = parsed.GetRequiredValue(Hash),
                        approve,
                        confirmReach = parsed.GetValue(ConfirmReach),
                    },
                    cancel)
                : throw new UsageException("Say --approve or --reject.");
        });
}
