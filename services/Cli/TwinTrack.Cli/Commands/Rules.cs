using System.CommandLine;

namespace TwinTrack.Cli.Commands;

/// <summary>
/// constraint, agreement, assessment, access and the other kinds of rule: set from a file, listed, ended.
/// </summary>
internal static class Rules
{
    private static readonly Argument<string> Id = new(
        "id")
    {
        Description =
            "The rule's id; for access the area, for a funding source its code, for a confirmation the check's id."
    };

    private static readonly Argument<FileInfo> File =
        new Argument<FileInfo>("file")
        {
            Description =
            "JSON; docs/using/rules.md says what each kind holds."
        }.AcceptExistingOnly();

    private static readonly Option<bool> History = new("--history") { Description = "Every version there ever was." };

    private static readonly Option<string> Reason = new("--reason") { Description = "Why it ends.", Required = true };

    /// <param name="word">The command.</param>
    /// <param name="kind">The kind as the API calls it.</param>
    /// <param name="description">What it is.</param>
    public static Command Of(string word, string kind, string description) =>
        new(word, description) { Set(kind), List(kind), End(kind) };

    /// <summary>rules …: every kind by its word, where a command of its own would be too much.</summary>
    public static Command All() => new("rules", "The other rules: policies, declines, portability.")
    {
        Of("agreement-policy", "agreement_policy", "Which partners need a data-sharing agreement."),
        Of("assessment-policy", "assessment_policy",
            "Which assessments a track needs, and whether their lack warns or blocks."),
        Of("decline", "decline", "What a partner does not pay."),
        Of("portability", "portability", "What one channel pays that another can pay."),
    };

    private static Command Set(string kind) => new Command("set", "Set a rule, as its next version.") { Id, File }
        .Answers((parsed, api, cancel) => api.PutAsync(
            $"/routing/rules/{kind}/{RemoteCommand.Segment(parsed.GetRequiredValue(Id))}",
            JsonFile.Read(parsed.GetRequiredValue(File)), cancel));

    public static Command List(string kind) => new Command("list", "The rules in force.") { History }
        .Answers(
        (parsed, api, cancel) => api.GetAsync(
            $"/routing/rules/{kind}?limit=1000{(parsed.GetValue(History) ? "&history=true" : "")}", cancel));

    private static Command End(string kind) =>
        new Command("end", "End a rule. Its versions are kept.") { Id, Reason }
        .Answers((parsed, api, cancel) => api.PostAsync(
            $"/routing/rules/{kind}/{RemoteCommand.Segment(parsed.GetRequiredValue(Id))}/end",
            new { reason = parsed.GetRequiredValue(Reason) }, cancel));
}
