using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace TwinTrack.Proving.Scenarios.Language;

/// <summary>One way to write a line.</summary>
/// <param name="Pattern">
/// Words as they are written, and between braces what is named, by its <see cref="Kind"/>.
/// </param>
/// <param name="Meaning">For the page.</param>
/// <param name="Example">A whole line that is read by this row and no other.</param>
/// <param name="Make">The step, of what was named, in the pattern's order.</param>
internal sealed record Verb(string Pattern, string Meaning, string Example, Func<IReadOnlyList<object>, Step> Make)
{
    public IReadOnlyList<string> Parts { get; } = Pattern.Split(' ');
}

/// <summary>
/// The language, one row a verb. The page in docs/using is checked against it, and the parser knows nothing else.
/// </summary>
internal static partial class Grammar
{
    public static readonly Verb[] Table =
    [
        new("households {households}", "the number of households in the registry; the default is 300", "households 600",
            static of => new Setting.Households((int)of[0])),
        new("seed {number}", "the same seed gives the same registry and provider faults; the default is 1", "seed 7",
            static of => new Setting.Seed((int)of[0])),
        new("time limit {minutes} minutes", "the run ends after this time; the default is 10", "time limit 15 minutes",
            static of => new Setting.TimeLimit((int)of[0])),
        new("provider {channel} {fault} {percent} of payments",
            "how often a provider has a fault; without this line it has none",
            "provider t1-momo keeps silent on 3 % of payments",
            static of => new Setting.Fault((string)of[0], (ProviderFault)of[1], (double)of[2])),
        new("provider {channel} executes after {seconds} seconds",
            "how long the provider waits before it pays; until then an order can be recalled",
            "provider t1-bank executes after 15 seconds",
            static of => new Setting.ExecutesAfter((string)of[0], (int)of[1])),
        new("channel {channel} sends {count} payments a second",
            "the sending rate; without this line a cycle is sent in about six seconds",
            "channel t2-agency sends 5 payments a second",
            static of => new Setting.Sends((string)of[0], (int)of[1])),
        new("overflow of {account} above {count} payments goes to t1-cash",
            "sets the channel's ceiling for the cycle; cash agents pay the rest",
            "overflow of t1-momo above 100 payments goes to t1-cash",
            static of => new Setting.Overflow((string)of[0], (int)of[1])),
        new("track 1 does not cover areas {areas}", "no channel of Track 1 has these areas in its contract",
            "track 1 does not cover areas NE003", static of => new Setting.NotCovered((string[])of[0])),

        new("money from {source} is given for track {track} only",
            "restricts a funding source: without a rule it pays nothing over the other track",
            "money from treasury is given for track 1 only",
            static of => new ScenarioAct.GivenFor((string)of[0], (int)of[1])),
        new("let money from {source} cross to track {track} because {text}",
            "sets the rule that lets this source pay over the other track",
            "let money from nutrition-fund cross to track 2 because \"the donor's letter\"",
            static of => new ScenarioAct.LetCross((string)of[0], (int)of[1], (string)of[2])),
        new("pay the cycle", "calculates the cycle; two people approve it and a third releases it; payments start",
            "pay the cycle", static _ => new ScenarioAct.Pay()),
        new("when {percent} of the payments are sent over track {track}", "waits until then",
            "when 30 % of the payments are sent over track 1",
            static of => new ScenarioAct.WhenSent((double)of[0], (int)of[1])),
        new("when {count} payments are settled over track {track}", "waits until then",
            "when 10 payments are settled over track 2",
            static of => new ScenarioAct.WhenSettled((int)of[0], (int)of[1])),
        new("when nothing moves", "waits until no payment is under way; payments may stay in doubt",
            "when nothing moves", static _ => new ScenarioAct.WhenNothingMoves()),
        new("suspend {way} because {text}", "an operator closes the gates alone and at once; no payment is rerouted",
            "suspend track 1 because \"national payments are suspended\"",
            static of => new ScenarioAct.Suspend((ScenarioChannel)of[0], (string)of[1])),
        new("resume {way} because {text}", "an operator opens the gates again",
            "resume t1-bank because \"the bank works again\"",
            static of => new ScenarioAct.Resume((ScenarioChannel)of[0], (string)of[1])),
        new("suspend {scope} over track {track} because {text}",
            "an operator suspends a whole track in one act; no gate moves, and what it covers waits",
            "suspend areas NE003, NE006 over track 1 because \"the treasury has stopped two regions\"",
            static of => new ScenarioAct.StopTrack((string[])of[0], (int)of[1], (string)of[2])),
        new("end the suspension because {text}", "an operator ends every suspension of a track; what waited leaves",
            "end the suspension because \"the treasury pays again\"",
            static of => new ScenarioAct.EndSuspension((string)of[0])),
        new("provider {channel} falls silent", "stops the provider; orders that it has not answered are in doubt",
            "provider t1-momo falls silent", static of => new ScenarioAct.FallsSilent((string)of[0])),
        new("provider {channel} comes back", "starts the provider again with the records it had",
            "provider t1-momo comes back",
            static of => new ScenarioAct.ComesBack((string)of[0])),
        new("switch {scope} from {way} to track 2 because {reason}",
            "proposes and rehearses a switch; government and partner vote; waits until the switch moves payments",
            "switch areas NE003, NE006 from track 1 to track 2 because no_access",
            static of => new ScenarioAct.Switch((string[])of[0], (ScenarioChannel)of[1], (string)of[2])),
        new("switch {scope} without a channel to track 2 because {reason}",
            "the same for payments that no channel of Track 1 covers; it leaves no channel",
            "switch areas NE003 without a channel to track 2 because no_access",
            static of => new ScenarioAct.Begin((string[])of[0], (string)of[1])),
        new("track 1 covers every area now", "the contracts of Track 1's channels are extended to every area",
            "track 1 covers every area now", static _ => new ScenarioAct.CoverAll()),
        new("return {scope} to track 1", "the same as a switch, in the other direction", "return everything to track 1",
            static of => new ScenarioAct.Return((string[])of[0])),
        new("give up what is in doubt at the expense of {source}",
            "two parties force payments in doubt to the other track without evidence; the source is funded first and "
                + "bears a loss",
            "give up what is in doubt at the expense of treasury", static of => new ScenarioAct.GiveUp((string)of[0])),
        new("finish the cycle",
            "late answers and statements end every doubt; the batch is certified; totals come from the providers' "
                + "records", "finish the cycle", static _ => new ScenarioAct.Finish()),
        new("plan the next cycle", "opens, closes and routes the next cycle; releases nothing", "plan the next cycle",
            static _ => new ScenarioAct.PlanNext()),

        new("expect {metric} {measure}", "checks a figure at the moment when the line is reached", "expect paidTwice 0",
            static of => new Expectation.Figure((string)of[0], (Measure)of[1])),
        new("expect paid over {way} {measure}", "payments in the providers' own records",
            "expect paid over track 2 > 100",
            static of => new Expectation.Paid((ScenarioChannel)of[0], PaidWhere.Everywhere, [], (Measure)of[1])),
        new("expect paid over {way} in areas {areas} {measure}", "payments in these areas",
            "expect paid over track 2 in areas NE003 > 10",
            static of => new Expectation.Paid(
                (ScenarioChannel)of[0], PaidWhere.InAreas, (string[])of[1], (Measure)of[2])),
        new("expect paid over {way} outside areas {areas} {measure}", "payments in all other areas",
            "expect paid over track 2 outside areas NE003, NE006 0",
            static of => new Expectation.Paid(
                (ScenarioChannel)of[0], PaidWhere.OutsideAreas, (string[])of[1], (Measure)of[2])),
        new("expect paid over {way} with money from {source} {measure}", "payments from this funding source",
            "expect paid over track 2 with money from treasury 0",
            static of => new Expectation.Paid(
                (ScenarioChannel)of[0], PaidWhere.FromSource, [(string)of[1]], (Measure)of[2])),
        new("expect unpaid because of {word} {measure}", "unpaid payments whose reason contains the word",
            "expect unpaid because of funding > 50",
            static of => new Expectation.UnpaidBecause((string)of[0], (Measure)of[1])),
        new("expect next cycle over {way} {measure}", "payments that the next cycle's plan routes there",
            "expect next cycle over track 2 0",
            static of => new Expectation.NextCycle((ScenarioChannel)of[0], (Measure)of[1])),
    ];

    /// <summary>The rows as the page shows them.</summary>
    public static string Markdown()
    {
        var page = new StringBuilder("| line | meaning | example |\n| --- | --- | --- |\n");
        foreach (var verb in Table)
        {
            page.Append(
                CultureInfo.InvariantCulture,
                $"| `{Named().Replace(verb.Pattern, named => named.Groups[1].Value.ToUpperInvariant())}` | "
                    + $"{verb.Meaning} | `{verb.Example}` |\n");
        }

        page.Append("\n| figure | meaning |\n| --- | --- |\n");
        foreach (var metric in Metrics.Table)
        {
            page.Append(
                CultureInfo.InvariantCulture,
                $"| `{metric.Name}` | {metric.Meaning}{(metric.AtEnd ? "; after `finish the cycle`" : "")} |\n");
        }

        page.Append("\n| in a line | stands for |\n| --- | --- |\n");
        foreach (var kind in Kinds.Table)
        {
            page.Append(
                CultureInfo.InvariantCulture, $"| {kind.Name.ToUpperInvariant()} | "
                    + $"{(kind.Name == "metric" ? "a figure of the table above" : kind.Expected)} |\n");
        }

        return page.ToString();
    }

    [GeneratedRegex(@"\{(\w+)\}")]
    private static partial Regex Named();
}
