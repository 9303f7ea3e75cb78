using System.CommandLine;
using System.Text.Json;
using System.Text.RegularExpressions;
using TwinTrack.Cli.Remote;
using TwinTrack.Cli.Showing;

namespace TwinTrack.Cli.Commands;

/// <summary>
/// payment show: why this amount, which track and why, what the provider said: the whole story of one payment.
/// </summary>
internal static partial class PaymentShow
{
    private static readonly Argument<string> Id = new("id") { Description = "obl_..., ent_... or ins_..." };

    public static Command Build() =>
        new Command("show", "The whole history of one payment: its amount, its track, and what happened.") { Id }.Runs(
            RunAsync);

    /// <summary>Tells the story of the first of these ids that is known.</summary>
    internal static async Task ShowAsync(Story story, Api api, string[] ids, CancellationToken cancel)
    {
        foreach (var id in ids)
        {
            if (await OrNothing(
                () => api.GetAsync($"/payments/payments/{RemoteCommand.Segment(id)}",
                    cancel)) is { ValueKind: JsonValueKind.Object } payment)
            {
                var (entitlement, journals) = await AroundAsync(api, payment, cancel);
                Show(story, payment, entitlement, journals);
                return;
            }
        }
    }

    private static async Task<int> RunAsync(ParseResult parsed, Api api, Story story, CancellationToken cancel)
    {
        var payment =
            await api.GetAsync($"/payments/payments/{RemoteCommand.Segment(parsed.GetRequiredValue(Id))}", cancel);
        var (entitlement, journals) = await AroundAsync(api, payment, cancel);
        if (parsed.GetValue(RemoteOptions.Json))
        {
            JsonView.Print(
                JsonSerializer.SerializeToElement(
                    new { payment, entitlement = Bare(entitlement), providers = journals.ConvertAll(Bare) }),
                    json: true);
        }
        else
        {
            Show(story, payment, entitlement, journals);
        }

        return ExitCode.Ok;
    }

    /// <summary>What other services know of it.</summary>
    private static async Task<(JsonElement Entitlement, List<JsonElement> Journals)> AroundAsync(
        Api api, JsonElement payment, CancellationToken cancel)
    {
        var entitlement =
            await OrNothing(
                () => api.GetAsync($"/entitlements/entitlements/{payment.Require("entitlementId")}", cancel));
        var journals = new List<JsonElement>();
        foreach (var instruction in payment.List("instructions"))
        {
            var journal =
                await OrNothing(() => api.GetAsync($"/providers/instructions/{instruction.Require("id")}", cancel));
            journals.Add(journal);
        }

        return (entitlement, journals);
    }

    private static void Show(Story story, JsonElement payment, JsonElement entitlement, List<JsonElement> journals)
    {
        var currency = payment.Text("currency");
        string Money(long minor) => Kernel.Currency.Of(currency)
            .Match(known => $"{known.Format(minor)} {known.Code}", _ => Invariant($"{minor} {currency}"));

        story.Chapter(
            $"{payment.Text("obligationId")}  {Money(payment.Number("amountMinor"))}  {payment.Text("status")}"
            + (payment.Text("unpaidReason") is { } reason ? $" ({reason})" : ""));
        story.Say(
            $"household {payment.Text("householdId")} in {payment.Text("area")}, programme "
                + $"{payment.Text("programme")}, {payment.Text("component")}, "
            + $"by {payment.Text("instrument")}, funded by {payment.Text("fundingSource")}");
        story.Chapter("Why this amount");
        foreach (var line in entitlement.List("lines"))
        {
            story.Say(
                $"{line.Text("text"),-16} {line.Text("quantity"),4} x {Money(line.Number("unitMinor")),16} = "
                    + $"{Money(line.Number("sumMinor")),16}");
        }

        story.Say(
            $"under parameter version {entitlement.Text("parameterVersion") ?? "(unknown)"}, period "
                + $"{entitlement.Text("period")}");
        if (payment.At("batch") is { } batch)
        {
            story.Chapter("Who decided");
            foreach (var earlier in payment.List("earlierBatches"))
            {
                story.Say($"before in batch {earlier.Text("id")} ({earlier.Text("state")})");
            }

            story.Say(
                $"batch {batch.Text("id")} ({batch.Text("state")}) made by {batch.Text("createdBy")} at "
                    + $"{batch.Text("createdAt")}");
            foreach (var approval in batch.List("approvals"))
            {
                story.Say($"approved, step {approval.Text("step")}, by {approval.Text("by")} at {approval.Text("at")}");
            }

            story.Say(
                batch.Text("releasedBy") is { } releaser
                    ? $"released by {releaser} at {batch.Text("releasedAt")}" : "not released");
        }

        foreach (var (instruction, journal) in payment.List("instructions").Zip(journals))
        {
            ShowAttempt(story, instruction, journal);
        }

        foreach (var incident in payment.List("incidents"))
        {
            story.Say(
                $"incident {incident.Text("id")}: {incident.Text("kind")}, {incident.Text("state")}, owner "
                    + $"{incident.Text("takenBy") ?? incident.Text("owner")}, "
                + $"due {incident.Text("dueAt")}; {LossOf(incident, Money)}");
        }
    }

    private static string LossOf(JsonElement incident, Func<long, string> money) => incident.Number("lossMinor") == 0
        ? $"about {money(incident.Number("amountMinor"))}, nothing lost"
        : $"{money(incident.Number("lossMinor"))} lost: {money(incident.Number("recoveredMinor"))} recovered, "
            + $"{money(incident.Number("writtenOffMinor"))} written off, {money(incident.Number("outstandingMinor"))} "
                + $"outstanding";

    private static void ShowAttempt(Story story, JsonElement instruction, JsonElement journal)
    {
        story.Chapter(
            $"Attempt {instruction.Text("generation")}: {instruction.Text("id")}  {instruction.Text("state")}");
        var (why, passed) = Explained(instruction.Text("why"));
        story.Say(instruction.Text("channel") is { } channel
            ? $"over {channel} (track {instruction.Text("track")}, epoch {instruction.Text("epoch")}): {why}"
            : $"no channel: {why}");
        foreach (var note in passed)
        {
            story.Say($"passed over or noted: {note}");
        }

        if (instruction.Text("switchId") is { } moved)
        {
            story.Say(
                $"made by switch {moved}; the attempt before was freed by the evidence "
                    + $"'{instruction.Text("evidence")}'");
        }

        foreach (var entry in journal.List("journal"))
        {
            story.Say(
                $"{entry.Text("at")}  journal: {entry.Text("kind")} in unit {entry.Text("unit")}"
                    + (entry.Text("sequence") is { } number ? $", sequence {number}" : ""));
        }

        foreach (var answer in journal.List("answers"))
        {
            story.Say(
                $"{answer.Text("at")}  provider: {answer.Text("outcome")} (grade {answer.Text("grade")}, "
                    + $"{answer.Text("code")}) by {answer.Text("source")}");
        }

        foreach (var report in instruction.List("reports"))
        {
            story.Say($"{report.Text("at")}  payments: {report.Text("effect")}");
        }
    }

    /// <summary>
    /// Routing's answer: the line, and behind it in brackets one note a channel, <c>code:reason(by)</c>.
    /// </summary>
    private static (string? Why, IEnumerable<string> Passed) Explained(string? why)
    {
        var begin = why?.EndsWith(']') == true ? why.IndexOf(" [", StringComparison.Ordinal) : -1;
        return begin < 0
            ? (why, []) : (why![..begin], Notes().Matches(why[(begin + 2)..^1]).Select(note => note.Value));
    }

    [GeneratedRegex(@"[A-Za-z0-9_-]+:[a-z_]+(\(.*?\)(?=$| [A-Za-z0-9_-]+:[a-z_]+))?")]
    private static partial Regex Notes();

    /// <summary>A part of the story that this user may not see, or that does not exist, leaves the rest.</summary>
    private static async Task<JsonElement> OrNothing(Func<Task<JsonElement>> ask)
    {
        try
        {
            return await ask();
        }
        catch (ApiRefusal refusal)
            when (refusal.Status is System.Net.HttpStatusCode.NotFound or System.Net.HttpStatusCode.Forbidden)
        {
            return default;
        }
    }

    private static JsonElement? Bare(JsonElement element) =>
        element.ValueKind == JsonValueKind.Undefined ? null : element;
}
