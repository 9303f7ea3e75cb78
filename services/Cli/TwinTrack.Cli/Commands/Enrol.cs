using System.CommandLine;
using System.Text.Json;
using TwinTrack.Cli.Remote;

namespace TwinTrack.Cli.Commands;

/// <summary>enrol: selects households into a programme.</summary>
internal static class Enrol
{
    private static readonly Argument<string> Programme = new("programme") { Description = "The programme's code." };

    private static readonly Option<string[]> Areas = new("--area")
    {
        Description = "Only this area and those below it; may be given several times. Default: all.",
        AllowMultipleArgumentsPerToken = true,
    };

    private static readonly Option<decimal?> ScoreMax = new(
        "--poverty-score-max")
    { Description = "Only households with at most this poverty score." };

    public static Command Build() =>
        new Command("enrol", "Enrol registered households into a programme.") { Programme, Areas, ScoreMax }
        .Answers(static (parsed, api, cancel) => EnrolAsync(
            api, parsed.GetRequiredValue(Programme), parsed.GetValue(Areas) is { Length: > 0 } areas ? areas : null,
            parsed.GetValue(ScoreMax), cancel));

    internal static async Task<JsonElement> EnrolAsync(
        Api api, string programme, string[]? areas, decimal? scoreMax, CancellationToken cancel)
    {
        var started =
            await api.PostAsync($"/enrolments/programmes/{RemoteCommand.Segment(programme)}/enrolments",
                new { areas, povertyScoreMax = scoreMax }, cancel);
        return await Waiting.UntilAsync(
            "the enrolment",
            () => api.GetAsync($"/enrolments/enrolments/{started.Require("id")}", cancel),
            seen => seen.Text("state") == "Completed",
            seen => seen.Number("considered"),
            cancel);
    }
}
