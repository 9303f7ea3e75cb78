using System.CommandLine;

namespace TwinTrack.Cli.Commands;

/// <summary>switch ratify: a co-chair's word, afterwards, on a switch that went by the emergency steps.</summary>
internal static class SwitchRatify
{
    private static readonly Argument<string> Id = new("id") { Description = "The switch's id, swi_..." };

    private static readonly Option<string> Hash = new(
        "--hash")
    { Description = "The hash of the carried switch, as switch show prints it.", Required = true };

    private static readonly Option<bool> Approve = new("--approve") { Description = "Ratify it." };

    private static readonly Option<bool> Reject = new(
        "--reject")
    { Description = "Refuse it. A separate return switch moves the payments back." };

    public static Command Build() =>
        new Command("ratify", "Ratify an emergency switch for your party.") { Id, Hash, Approve, Reject }
        .Answers(static (parsed, api, cancel) =>
        {
            var approve = parsed.GetValue(Approve);
            return approve != parsed.GetValue(Reject)
                ? api.PostAsync(
                    $"/routing/switches/{RemoteCommand.Segment(parsed.GetRequiredValue(Id))}/ratifications",
                    new { hash = parsed.GetRequiredValue(Hash), approve }, cancel)
                : throw new UsageException("Say --approve or --reject.");
        });
}
