using System.CommandLine;

namespace TwinTrack.Cli.Commands;

/// <summary>access report: a line of the access log.</summary>
internal static class AccessReport
{
    private static readonly Argument<string> Area = new(
        "area")
    { Description = "P-code; with * at the end for all areas below it." };

    private static readonly Option<bool> Closed = new(
        "--closed")
    { Description = "The area cannot be entered. Default: it can." };

    private static readonly Option<DateOnly> Since = new(
        "--since")
    { Description = "The first day, YYYY-MM-DD.", Required = true };

    private static readonly Option<string> By = new(
        "--reported-by")
    { Description = "Who reports it.", Required = true };

    private static readonly Option<string?> Authority = new(
        "--authority")
    { Description = "Code of the authority that holds the area." };

    private static readonly Option<string?> Note = new(
        "--note")
    { Description = "Further information, without personal data." };

    public static Command Build() =>
        new Command("report", "Report whether an area can be entered.") { Area, Closed, Since, By, Authority, Note }
        .Answers(static (parsed, api, cancel) => api.PutAsync(
            $"/routing/rules/access/{RemoteCommand.Segment(parsed.GetRequiredValue(Area))}",
            new
            {
                area = parsed.GetRequiredValue(Area),
                accessible = !parsed.GetValue(Closed),
                since = parsed.GetValue(Since),
                reportedBy = parsed.GetRequiredValue(By),
                authority = parsed.GetValue(Authority),
                note = parsed.GetValue(Note),
            },
            cancel));
}
