namespace TwinTrack.Proving.Scenarios.Language;

/// <summary>Rules for the order of lines. Each rule is a function of the lines that could be read.</summary>
internal static class SequenceRules
{
    private static readonly Func<IReadOnlyList<ScenarioLine>, IEnumerable<LineFault>>[] Table =
    [
        SettingsFirst, SettingsOnce, OnceOnly<ScenarioAct.Pay>, OnceOnly<ScenarioAct.Finish>,
        OnceOnly<ScenarioAct.PlanNext>, AfterPaying, BeforeTheEnd, AfterASwitch, AtTheEnd, NextCycleIsPlanned,
        ProvidersComeBack,
    ];

    /// <param name="lines">In order.</param>
    /// <param name="complete">Whether every line could be read: only then is a missing one known to be missing.</param>
    public static IEnumerable<LineFault> Judge(IReadOnlyList<ScenarioLine> lines, bool complete)
    {
        var faults = Table.SelectMany(rule => rule(lines));
        if (lines.Count > ScenarioParser.StepsMax)
        {
            faults = faults.Append(
                new LineFault(0, $"the file has {lines.Count} steps; at most {ScenarioParser.StepsMax}"));
        }

        return complete ? faults.Concat(Missing<ScenarioAct.Pay>(lines, "pay the cycle"))
            .Concat(Missing<ScenarioAct.Finish>(lines, "finish the cycle")) : faults;
    }

    private static IEnumerable<LineFault> Missing<T>(IReadOnlyList<ScenarioLine> lines, string text) =>
        lines.Any(line => line.Step is T) ? [] : [new LineFault(0, $"the file has no line '{text}'")];

    private static IEnumerable<LineFault> SettingsFirst(IReadOnlyList<ScenarioLine> lines) => lines
        .SkipWhile(line => line.Step is Setting)
        .Where(line => line.Step is Setting)
        .Select(line =>
            new LineFault(line.Line, $"'{line.Text}' says what the world is like: expected before anything is done"));

    /// <summary>The same thing said twice, of the same channel where it is about one.</summary>
    private static IEnumerable<LineFault> SettingsOnce(IReadOnlyList<ScenarioLine> lines) => lines
        .Where(line => line.Step is Setting)
        .GroupBy(line => line.Step switch
        {
            Setting.Fault fault => (fault.GetType(), $"{fault.Channel} {fault.Kind}"),
            Setting.ExecutesAfter after => (after.GetType(), after.Channel),
            Setting.Sends sends => (sends.GetType(), sends.Channel),
            Setting.Overflow overflow => (overflow.GetType(), overflow.Channel),
            var other => (other.GetType(), ""),
        })
        .SelectMany(
        group => group.Skip(1)
            .Select(line =>
                new LineFault(line.Line, Invariant($"'{line.Text}' was said before: line {group.First().Line}"))));

    private static IEnumerable<LineFault> OnceOnly<T>(IReadOnlyList<ScenarioLine> lines) => lines
        .Where(line => line.Step is T).Skip(1)
        .Select(line => new LineFault(line.Line, $"'{line.Text}' a second time: a scenario is one cycle"));

    private static IEnumerable<LineFault> AfterPaying(IReadOnlyList<ScenarioLine> lines) => lines
        .TakeWhile(line => line.Step is not ScenarioAct.Pay)
        .Where(line => line.Step is Expectation or (ScenarioAct and not (ScenarioAct.GivenFor or ScenarioAct.LetCross)))
        .Select(line => new LineFault(line.Line, $"'{line.Text}': expected after 'pay the cycle'"));

    private static IEnumerable<LineFault> BeforeTheEnd(IReadOnlyList<ScenarioLine> lines) => AfterTheEnd(lines)
        .Where(line =>
            line.Step is ScenarioAct
                and not (ScenarioAct.Finish or ScenarioAct.Return or ScenarioAct.PlanNext or ScenarioAct.Pay))
        .Select(line => new LineFault(line.Line, $"'{line.Text}': expected before 'finish the cycle'"));

    private static IEnumerable<LineFault> AfterASwitch(IReadOnlyList<ScenarioLine> lines) => lines
        .TakeWhile(line => line.Step is not (ScenarioAct.Switch or ScenarioAct.Begin))
        .Where(line => line.Step is ScenarioAct.GiveUp)
        .Select(line => new LineFault(line.Line, $"'{line.Text}': expected after a line 'switch ...'"));

    private static IEnumerable<LineFault> AtTheEnd(IReadOnlyList<ScenarioLine> lines) => lines
        .TakeWhile(line => line.Step is not ScenarioAct.Finish)
        .Where(line => line.Step is ScenarioAct.PlanNext or Expectation.NextCycle
            || (line.Step is Expectation.Figure figure && Metrics.Of(figure.Metric).AtEnd))
        .Select(line => new LineFault(line.Line, $"'{line.Text}': expected after 'finish the cycle'"));

    private static IEnumerable<LineFault> NextCycleIsPlanned(IReadOnlyList<ScenarioLine> lines) => AfterTheEnd(lines)
        .TakeWhile(line => line.Step is not ScenarioAct.PlanNext)
        .Where(line => line.Step is Expectation.NextCycle)
        .Select(line => new LineFault(line.Line, $"'{line.Text}': expected after 'plan the next cycle'"));

    /// <summary>Providers whose ledger could not be read at the end.</summary>
    private static IEnumerable<LineFault> ProvidersComeBack(IReadOnlyList<ScenarioLine> lines)
    {
        var silent = new Dictionary<string, ScenarioLine>();
        foreach (var line in lines)
        {
            switch (line.Step)
            {
                case ScenarioAct.FallsSilent falls when !silent.TryAdd(falls.Channel, line):
                    yield return new LineFault(
                        line.Line, Invariant($"{falls.Channel} is silent already: line {silent[falls.Channel].Line}"));
                    break;
                case ScenarioAct.ComesBack back when !silent.Remove(back.Channel):
                    yield return new LineFault(line.Line, $"{back.Channel} has not fallen silent");
                    break;
                case Expectation.Paid or ScenarioAct.Finish:
                    foreach (var (channel, since) in silent)
                    {
                        yield return new LineFault(
                            line.Line,
                            Invariant(
                                $"'{line.Text}' needs the book of {channel}, which is silent since line {since.Line}: ")
                                + $"expected 'provider {channel} comes back' before it");
                    }

                    break;
            }
        }
    }

    private static IEnumerable<ScenarioLine> AfterTheEnd(IReadOnlyList<ScenarioLine> lines) =>
        lines.SkipWhile(line => line.Step is not ScenarioAct.Finish);
}
