namespace TwinTrack.Proving.Scenarios.Language;

/// <param name="Line">From 1.</param>
/// <param name="Text">As it was written, without its comment.</param>
internal sealed record ScenarioLine(int Line, string Text, Step Step);

/// <summary>
/// A disruption that can be run: every line has been read, and they stand in an order that makes sense.
/// </summary>
internal sealed record Scenario(string Name, IReadOnlyList<ScenarioLine> Lines)
{
    public IEnumerable<ScenarioLine> Story => Lines.Where(line => line.Step is not Setting);

    public IEnumerable<T> Settings<T>()
        where T : Setting => Lines.Select(line => line.Step).OfType<T>();
}

/// <summary>What is wrong with a line.</summary>
/// <param name="Line">From 1; 0 when it is the file as a whole.</param>
internal sealed record LineFault(int Line, string Problem)
{
    public override string ToString() => Line == 0 ? Problem : $"line {Line}: {Problem}";
}

/// <summary>
/// Reads a scenario whole: either every line is understood, or every fault is told and nothing is run.
/// </summary>
internal static class ScenarioParser
{
    public const int CharactersMax = 32 * 1024;
    public const int LineMax = 300;
    public const int LinesMax = 300;
    public const int StepsMax = 100;

    /// <summary>The scenario, or what is wrong with it; never both.</summary>
    public static (Scenario? Scenario, IReadOnlyList<LineFault> Faults) Parse(string name, string text)
    {
        if (text.Length > CharactersMax)
        {
            return (null, [new LineFault(0, $"the file has {text.Length} characters; at most {CharactersMax}")]);
        }

        var rows = text.ReplaceLineEndings("\n").Split('\n');
        if (rows.Length > LinesMax)
        {
            return (null, [new LineFault(0, $"the file has {rows.Length} lines; at most {LinesMax}")]);
        }

        var (lines, faults) = (new List<ScenarioLine>(), new List<LineFault>());
        for (var at = 0; at < rows.Length; at++)
        {
            Read(at + 1, rows[at], lines, faults);
        }

        faults.AddRange(SequenceRules.Judge(lines, complete: faults.Count == 0));
        return faults.Count > 0 ? (null, [.. faults.OrderBy(fault => fault.Line)]) : (new Scenario(name, lines), []);
    }

    /// <summary>Whether this row of the grammar reads the line.</summary>
    public static bool Fits(Verb verb, string line) => Attempt.Of(verb, Words.Of(line)).Step is not null;

    private static void Read(int number, string row, List<ScenarioLine> lines, List<LineFault> faults)
    {
        if (row.Length > LineMax)
        {
            faults.Add(new LineFault(number, $"the line has {row.Length} characters; at most {LineMax}"));
            return;
        }

        var words = Words.Of(row);
        if (words.IsEmpty)
        {
            return;
        }

        var attempts = Grammar.Table.Select(verb => Attempt.Of(verb, Words.Of(row))).ToList();
        if (attempts.Find(attempt => attempt.Step is not null) is { Step: { } step })
        {
            lines.Add(new ScenarioLine(number, Words.WithoutComment(row), step));
            return;
        }

        var furthest = attempts.Max(attempt => attempt.At);
        words.At = furthest;
        var expected = attempts.Where(attempt => attempt.At == furthest).Select(attempt => attempt.Expected).Distinct();
        faults.Add(new LineFault(number, $"{words.Shown}: expected {string.Join(" or ", expected)}"));
    }

    /// <summary>One row of the grammar held against a line.</summary>
    /// <param name="At">The word up to which it fits.</param>
    private sealed record Attempt(Step? Step, int At, string Expected)
    {
        public static Attempt Of(Verb verb, Words words)
        {
            var named = new List<object>();
            foreach (var part in verb.Parts)
            {
                var from = words.At;
                if (part[0] != '{')
                {
                    if (!words.Take(part))
                    {
                        return new Attempt(null, from, $"'{part}'");
                    }

                    continue;
                }

                var kind = Kinds.Of(part[1..^1]);
                if (kind.Read(words) is not { } value)
                {
                    return new Attempt(null, Math.Max(from, words.At - 1), kind.Expected);
                }

                named.Add(value);
            }

            return words.Next() is null ? new Attempt(verb.Make(named), words.At, "")
                : new Attempt(null, words.At - 1, "the end of the line");
        }
    }
}
