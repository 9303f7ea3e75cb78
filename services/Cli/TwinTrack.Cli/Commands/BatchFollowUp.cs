using System.CommandLine;

namespace TwinTrack.Cli.Commands;

/// <summary>batch follow-up: what a follow-up of a batch would take, by reason, and what it would leave.</summary>
internal static class BatchFollowUp
{
    private static readonly Argument<string> Id = new("id") { Description = "The batch's id, bat_..." };

    private static readonly Option<string> After = new("--after")
    {
        Description = "Go on after this obligation: next of the page before.",
    };

    public static Command Build() =>
        new Command("follow-up", "What a batch left unpaid, and what a follow-up would take of it.") { Id, After }
        .Answers(static (parsed, api, cancel) => api.GetAsync(
            $"/payments/batches/{RemoteCommand.Segment(parsed.GetRequiredValue(Id))}/follow-up"
                + (parsed.GetValue(After) is { } after ? $"?after={RemoteCommand.Segment(after)}" : ""),
            cancel));
}
