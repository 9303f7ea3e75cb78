using System.CommandLine;

namespace TwinTrack.Cli.Commands;

/// <summary>readiness show: what must hold before payments return to track 1, and what does.</summary>
internal static class ReadinessShow
{
    private static readonly Argument<string> Programme = new("programme") { Description = "The programme's code." };

    private static readonly Option<string[]> Areas = new(
        "--area")
    {
        Description = "Only for this area (P-code); may be given several times.",
        AllowMultipleArgumentsPerToken = true
    };

    public static Command Build() =>
        new Command("show", "The checks of a programme, with who confirmed them and when.") { Programme, Areas }
        .Answers(static (parsed, api, cancel) => api.GetAsync(
            $"/routing/readiness/{RemoteCommand.Segment(parsed.GetRequiredValue(Programme))}"
                + (parsed.GetValue(Areas) is { Length: > 0 } areas
                    ? $"?areas={Uri.EscapeDataString(string.Join(',', areas))}" : ""),
            cancel));
}
