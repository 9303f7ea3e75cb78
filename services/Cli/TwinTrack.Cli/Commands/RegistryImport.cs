using System.CommandLine;
using System.Text.Json;
using TwinTrack.Cli.Remote;
using TwinTrack.Cli.Showing;

namespace TwinTrack.Cli.Commands;

/// <summary>
/// registry import: sends the file, follows its progress, prints what became of it and of every bad row.
/// </summary>
internal static class RegistryImport
{
    private static readonly Argument<FileInfo> File = new Argument<FileInfo>("file")
    {
        Description =
            "CSV, one row a household member: household_id, area, poverty_score, registered_on, member, name, sex, "
                + "birth_date, national_id, instrument, account, bank_bic.",
    }.AcceptExistingOnly();

    private static readonly Option<int> ErrorsMax = new(
        "--errors")
    { Description = "How many bad rows to print.", DefaultValueFactory = static _ => 20 };

    public static Command Build() =>
        new Command(
            "import", "Import a registry file; bad rows are reported by number, field and reason, good ones are taken.")
                { File, ErrorsMax }
        .Runs(RunAsync);

    private static async Task<int> RunAsync(ParseResult parsed, Api api, Story story, CancellationToken cancel)
    {
        var file = parsed.GetRequiredValue(File);
        var json = parsed.GetValue(RemoteOptions.Json);
        var done = await story.ProgressAsync(
            $"Importing {file.Name}", report => ImportAsync(api, file, report, cancel));
        var errors = await ErrorsAsync(api, done.Require("id"), parsed.GetValue(ErrorsMax), cancel);
        if (json)
        {
            JsonView.Print(JsonSerializer.SerializeToElement(new { import = done, errors }), json: true);
        }
        else
        {
            Show(story, done, errors);
        }

        return done.Text("state") == "Completed" ? ExitCode.Ok : ExitCode.Refused;
    }

    /// <summary>Sends the file and waits until its fate is known.</summary>
    internal static async Task<JsonElement> ImportAsync(
        Api api, FileInfo file, Action<long, long> report, CancellationToken cancel)
    {
        var sent =
            await api.UploadAsync($"/enrolments/imports?name={Uri.EscapeDataString(file.Name)}", file.OpenRead,
                "text/csv", cancel);
        var path = $"/enrolments/imports/{sent.Require("id")}";
        return await Waiting.UntilAsync(
            $"the import of {file.Name}",
            async () =>
            {
                var seen = await api.GetAsync(path, cancel);
                report(seen.Number("bytesRead") + seen.Number("accepted"),
                    seen.Number("bytes") + seen.Number("households"));
                return seen;
            },
            seen => seen.Text("state") is "Completed" or "Refused",
            seen => (seen.Text("state"), seen.Number("bytesRead"), seen.Number("accepted"), seen.Number("rejected")),
            cancel);
    }

    private static async Task<List<JsonElement>> ErrorsAsync(Api api, string import, int max, CancellationToken cancel)
    {
        var errors = new List<JsonElement>();
        await foreach (var error in api.PagesAsync($"/enrolments/imports/{import}/errors", cancel))
        {
            if (errors.Count == max)
            {
                break;
            }

            errors.Add(error);
        }

        return errors;
    }

    private static void Show(Story story, JsonElement done, List<JsonElement> errors)
    {
        if (done.At("refusal") is { } refusal)
        {
            story.Line(
                $"Refused ({refusal.Text("code")}): {refusal.Text("reason")}"
                    + (refusal.Text("row") is { } row ? $" Row {row}." : ""));
        }

        story.Line($"{done.Text("id")}  {done.Text("state")}");
        story.Line(
            $"rows {Story.Number(done.Number("rows"))}, households {Story.Number(done.Number("households"))}, accepted "
                + $"{Story.Number(done.Number("accepted"))}, "
            + $"rejected {Story.Number(done.Number("rejected"))} (duplicates "
                + $"{Story.Number(done.Number("duplicates"))}), held as possible duplicates "
                + $"{Story.Number(done.Number("flagged"))}");
        if (done.Text("fate") is { } fate)
        {
            story.Line(fate);
        }

        if (errors.Count > 0)
        {
            JsonView.Write(Console.Out, JsonSerializer.SerializeToElement(errors), "  ");
        }
    }
}
