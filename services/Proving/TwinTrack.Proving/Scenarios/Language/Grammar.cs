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
        new("households {households}", "how many the made-up registry holds; 300 if nothing is said", "households 600",
            static of => new Setting.Households((int)of[0])),
        new("seed {number}", "same seed, same registry and same faults of the providers; 1", "seed 7",
            static of => new Setting.Seed((int)of[0])),
        new("time limit {minutes} minutes", "the whole run is given up after it; 10", "time limit 15 minutes",
            static of => new Setting.TimeLimit((int)of[0])),
        new("provider {channel} {fault} {percent} of payments",
            "how badly a provider behaves; not at all if nothing is said",
            "provider t1-momo keeps silent on 3 % of payments",
            static of => new Setting.Fault((string)of[0], (ProviderFault)of[1], (double)of[2])),
        new("provider {channel} executes after {seconds} seconds", "until then an order can be recalled",
            "provider t1-bank executes after 15 seconds",
            static of => new Setting.ExecutesAfter((string)of[0], (int)of[1])),
        new("channel {channel} sends {count} payments a second",
            "its pace; otherwise a cycle is sent in about six seconds", "channel t2-agency sends 5 payments a second",
            static of => new Setting.Sends((string)of[0], (int)of[1])),
        new("overflow of {account} above {count} payments goes to t1-cash",
            "the channel's ceiling for the cycle, and that cash agents pay the rest",
            "overflow of t1-momo above 100 payments goes to t1-cash",
            static of => new Setting.Overflow((string)of[0], (int)of[1])),

        new("money from {source} is given for track {track} only",
            "a restricted funding source: without a rule it pays nothing over the other track",
            "money from treasury is given for track 1 only",
            static of => new ScenarioAct.GivenFor((string)of[0], (int)of[1])),
        new("let money from {source} cross to track {track} because {text}", "the rule that lets it",
            "let money from nutrition-fund cross to track 2 because \"the donor's letter\"",
            static of => new ScenarioAct.LetCross((string)of[0], (int)of[1], (string)of[2])),
        new("pay the cycle", "calculated, approved by two, released by a third; the payments begin to leave",
            "pay the cycle", static _ => new ScenarioAct.Pay()),
        new("when {percent} of the payments are sent over track {track}", "waits",
            "when 30 % of the payments are sent over track 1",
            static of => new ScenarioAct.WhenSent((double)of[0], (int)of[1])),
        new("when {count} payments are settled over track {track}", "waits",
            "when 10 payments are settled over track 2",
            static of => new ScenarioAct.WhenSettled((int)of[0], (int)of[1])),
        new("when nothing moves", "waits until nothing is under way; what is in doubt may stay so",
            "when nothing moves", static _ => new ScenarioAct.WhenNothingMoves()),
        new("suspend {way} because {text}", "an operator closes the gates, alone and at once; nothing is rerouted",
            "suspend track 1 because \"national payments are suspended\"",
            static of => new ScenarioAct.Suspend((ScenarioChannel)of[0], (string)of[1])),
        new("resume {way} because {text}", "and opens them again", "resume t1-bank because \"the bank works again\"",
            static of => new ScenarioAct.Resume((ScenarioChannel)of[0], (string)of[1])),
        new("provider {channel} falls silent", "killed; what it was told and has not answered is in doubt",
            "provider t1-momo falls silent", static of => new ScenarioAct.FallsSilent((string)of[0])),
        new("provider {channel} comes back", "started again with its own book", "provider t1-momo comes back",
            static of => new ScenarioAct.ComesBack((string)of[0])),
        new("switch {scope} from {way} to track 2 because {reason}",
            "proposed, rehearsed, voted by government and partner, fenced, recalled; waits until it moves payments",
            "switch areas NE003, NE006 from track 1 to track 2 because no_access",
            static of => new ScenarioAct.Switch((string[])of[0], (ScenarioChannel)of[1], (string)of[2])),
        new("return {scope} to track 1", "the same in the other direction", "return everything to track 1",
            static of => new ScenarioAct.Return((string[])of[0])),
        new("give up what is in doubt at the expense of {source}",
            "without evidence, by government and partner, in the latest switch; the source is given the money first, "
                + "and the partner pays again",
            "give up what is in doubt at the expense of treasury", static of => new ScenarioAct.GiveUp((string)of[0])),
        new("finish the cycle",
            "late answers and statements decide every doubt; certified; the sums are taken from the providers' own "
                + "books", "finish the cycle", static _ => new ScenarioAct.Finish()),
        new("plan the next cycle", "opened, closed and routed, not released", "plan the next cycle",
            static _ => new ScenarioAct.PlanNext()),

        new("expect {metric} {measure}", "a figure, as it stands when the line is reached", "expect paidTwice 0",
            static of => new Expectation.Figure((string)of[0], (Measure)of[1])),
        new("expect paid over {way} {measure}", "payments in the providers' own books",
            "expect paid over track 2 > 100",
            static of => new Expectation.Paid((ScenarioChannel)of[0], PaidWhere.Everywhere, [], (Measure)of[1])),
        new("expect paid over {way} in areas {areas} {measure}", "of these areas alone",
            "expect paid over track 2 in areas NE003 > 10",
            static of => new Expectation.Paid(
                (ScenarioChannel)of[0], PaidWhere.InAreas, (string[])of[1], (Measure)of[2])),
        new("expect paid over {way} outside areas {areas} {measure}", "of all the others",
            "expect paid over track 2 outside areas NE003, NE006 0",
            static of => new Expectation.Paid(
                (ScenarioChannel)of[0], PaidWhere.OutsideAreas, (string[])of[1], (Measure)of[2])),
        new("expect paid over {way} with money from {source} {measure}", "out of this funding source",
            "expect paid over track 2 with money from treasury 0",
            static of => new Expectation.Paid(
                (ScenarioChannel)of[0], PaidWhere.FromSource, [(string)of[1]], (Measure)of[2])),
        new("expect unpaid because of {word} {measure}", "payments whose reason holds the word",
            "expect unpaid because of funding > 50",
            static of => new Expectation.UnpaidBecause((string)of[0], (Measure)of[1])),
        new("expect next cycle over {way} {measure}", "what the next cycle's plan sends there",
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
