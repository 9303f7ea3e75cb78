using System.CommandLine;
using TwinTrack.Cli.Remote;

namespace TwinTrack.Cli.Commands;

/// <summary>switch scenario: rehearses a change that nobody has proposed, and shows it.</summary>
internal static class SwitchScenario
{
    private static readonly Argument<string> Programme = new("programme") { Description = "The programme's code." };

    private static readonly Argument<string> Cycle = new("cycle") { Description = "The cycle's id, cyc_..." };

    private static readonly Option<string> Name = new(
        "--name")
    { Description = "The scenario's name.", Required = true };

    private static readonly Option<string[]> From = new(
        "--from")
    {
        Description = "A channel to leave; may be given several times.",
        Required = true,
        AllowMultipleArgumentsPerToken = true
    };

    private static readonly Option<int> To = new(
        "--to")
    { Description = "The track to move to.", DefaultValueFactory = static _ => 2 };

    private static readonly Option<string[]> Areas = new(
        "--area")
    {
        Description = "Only this area (P-code); may be given several times.",
        AllowMultipleArgumentsPerToken = true
    };

    public static Command Build() =>
        new Command("scenario", "Rehearse a change that nobody has proposed, to compare it with others.") { Programme,
            Cycle, Name, From, To, Areas }
        .Answers(static async (parsed, api, cancel) =>
        {
            var asked = await api.PostAsync(
                "/routing/scenarios",
                new
                {
                    name = parsed.GetRequiredValue(Name),
                    programme = parsed.GetRequiredValue(Programme),
                    cycleId = parsed.GetRequiredValue(Cycle),
                    areas = parsed.GetValue(Areas) ?? [],
                    fromChannels = parsed.GetRequiredValue(From),
                    toTrack = parsed.GetValue(To),
                },
                cancel);
            var id = asked.Require("id");
            var list =
                $"/routing/rehearsals?programme={RemoteCommand.Segment(parsed.GetRequiredValue(Programme))}"
                    + $"&cycleId={RemoteCommand.Segment(parsed.GetRequiredValue(Cycle))}";
            await Waiting.UntilAsync(
                "the count", () => api.GetAsync(list, cancel),
                seen => seen.GetProperty("items").EnumerateArray().Any(row => row.Text("subjectId") == id),
                _ => "counting", cancel);
            return await api.GetAsync($"/routing/rehearsals/{id}/1", cancel);
        });
}

/// <summary>switch compare: two rehearsals side by side.</summary>
internal static class SwitchCompare
{
    private static readonly Argument<string> Left = new("left") { Description = "A switch or scenario, swi_..." };

    private static readonly Argument<string> Right = new("right") { Description = "Another." };

    public static Command Build() =>
        new Command("compare", "The latest rehearsals of two switches or scenarios, figure by figure.") { Left, Right }
        .Answers(static (parsed, api, cancel) => api.GetAsync(
            $"/routing/rehearsals/comparison?left={RemoteCommand.Segment(parsed.GetRequiredValue(Left))}"
                + $"&right={RemoteCommand.Segment(parsed.GetRequiredValue(Right))}", cancel));
}
