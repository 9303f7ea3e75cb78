using System.CommandLine;

namespace TwinTrack.Cli.Commands;

/// <summary>incident: contradictions that cost money or may, and what people do about them.</summary>
internal static class IncidentCommands
{
    private static readonly Argument<string> Id = new("id") { Description = "The incident's id, inc_..." };

    private static readonly Option<long> Amount = new(
        "--amount")
    { Description = "In the currency's smallest unit.", Required = true };

    private static readonly Option<string> Reference = new(
        "--reference")
    { Description = "What proves it: a statement line, a credit note.", Required = true };

    private static readonly Option<string> Note = new(
        "--note")
    { Description = "Why, without personal data.", Required = true };

    public static Command Build() =>
        new("incident", "Contradictions of providers: who owns each, what it costs, how it ends.")
    {
        List(), Show(), Take(), Claim(), Recover(), WriteOff(), Close(), Decide(),
    };

    private static Command List()
    {
        var overdue =
            new Option<bool>("--overdue")
            {
                Description =
                "Only those that have waited longer than their kind allows."
            };
        var state =
            new Option<string?>("--state")
            {
                Description =
                "Open, Holding, Recovering, WriteOffProposed, ReleaseProposed, Recovered, WrittenOff or Closed."
            };
        return new Command("list", "Incidents with their owners, amounts and due times.") { overdue, state }.Answers(
            (parsed, api, cancel) => api.GetAsync(
            $"/payments/incidents?overdue={(parsed.GetValue(overdue) ? "true" : "false")}"
                + (parsed.GetValue(state) is { } word ? $"&state={RemoteCommand.Segment(word)}" : ""),
            cancel));
    }

    private static Command Show() =>
        new Command("show", "One incident, with every movement of money that it caused.") { Id }
        .Answers(static (parsed, api, cancel) => api.GetAsync(Path(parsed), cancel));

    private static Command Take() => new Command("take", "Take an incident: you become responsible for it.") { Id }
        .Answers(static (parsed, api, cancel) => api.PostAsync(Path(parsed, "take"), new { }, cancel));

    private static Command Claim() =>
        new Command("claim", "State the amount that a contradiction put in the wrong hands.") { Id, Amount, Reference }
        .Answers(static (parsed, api, cancel) => api.PostAsync(
            Path(parsed, "claim"), new
            {
                amountMinor = parsed.GetValue(Amount),
                reference = parsed.GetValue(Reference)
            }, cancel));

    private static Command Recover() =>
        new Command("recover", "Record a part of the loss that came back.") { Id, Amount, Reference }
        .Answers(static (parsed, api, cancel) => api.PostAsync(
            Path(parsed, "recoveries"), new
            {
                amountMinor = parsed.GetValue(Amount),
                reference = parsed.GetValue(Reference)
            }, cancel));

    private static Command WriteOff()
    {
        var bearer =
            new Option<string>("--bearer")
            {
                Description = "Code of the funding source that bears it.",
                Required = true
            };
        return new Command(
            "write-off",
            "Propose that a funding source bears what is outstanding. The other party has the second word.") { Id,
            bearer, Note }.Answers(
            (parsed, api, cancel) => api.PostAsync(
                Path(parsed, "write-off"), new { bearer = parsed.GetValue(bearer), note = parsed.GetValue(Note) },
                cancel));
    }

    private static Command Close()
    {
        var finding = new Option<string>("--finding")
        {
            Description =
                "no_loss: it was one payment; stands: the contradicted attempt is the payment; not_paid: there was "
                    + "none (a proposal to the other party).",
            Required = true,
        };
        var evidence =
            new Option<string>("--evidence")
            {
                Description = "What proves it: a statement line, the provider's letter.",
                Required = true
            };
        return new Command("close", "End an incident on evidence, without a loss.") { Id, finding, evidence,
            Note }.Answers((parsed, api, cancel) => api.PostAsync(
            Path(parsed, "closing"),
            new
            {
                finding = parsed.GetValue(finding),
                evidence = parsed.GetValue(evidence),
                note = parsed.GetValue(Note)
            },
            cancel));
    }

    private static Command Decide()
    {
        var agree = new Option<bool>("--agree") { Description = "Your party agrees." };
        var refuse = new Option<bool>("--refuse") { Description = "Your party does not agree." };
        return new Command("decide", "Decide for your party on the other party's proposal about an incident.") { Id,
            agree,
            refuse, Note }.Answers((parsed, api, cancel) =>
            parsed.GetValue(agree) != parsed.GetValue(refuse)
                ? api.PostAsync(Path(parsed, "decision"),
                    new { agree = parsed.GetValue(agree), note = parsed.GetValue(Note) }, cancel)
                : throw new UsageException("Say --agree or --refuse."));
    }

    private static string Path(ParseResult parsed, string? act = null) =>
        $"/payments/incidents/{RemoteCommand.Segment(parsed.GetRequiredValue(Id))}" + (act is null ? "" : "/" + act);
}
