using System.Collections.Frozen;
using System.Text;

namespace TwinTrack.Kernel;

/// <summary>
/// A state machine as a table. A transition that is not listed is not allowed. Tests walk every cell, set-based updates
/// take their guards from it, and the docs draw it.
/// </summary>
public sealed class TransitionTable<TState, TTrigger>
    where TState : struct, Enum
    where TTrigger : struct, Enum
{
    private readonly FrozenDictionary<(TState From, TTrigger On), TState> _transitions;

    /// <exception cref="ArgumentException">The same state and trigger are listed twice.</exception>
    public TransitionTable(params (TState From, TTrigger On, TState To)[] rows)
    {
        Rows = rows;
        _transitions = rows.ToFrozenDictionary(row => (row.From, row.On), row => row.To);
    }

    public IReadOnlyList<(TState From, TTrigger On, TState To)> Rows { get; }

    public Result<TState> Next(TState from, TTrigger on) =>
        _transitions.TryGetValue((from, on), out var to)
            ? to
            : new Refusal("lifecycle.not_allowed",
                $"The state is {from}, and {on} is accepted in {Listed(Sources(on))}. From {from}, accepted is "
                + $"{Listed(Rows.Where(row => row.From.Equals(from)).Select(row => row.On))}. Show it again first.",
                RefusalKind.Conflict);

    private static string Listed<T>(IEnumerable<T> words) =>
        string.Join(" or ", words.Distinct()) is { Length: > 0 } some ? some : "nothing";

    public bool Allows(TState from, TTrigger on) => _transitions.ContainsKey((from, on));

    /// <summary>The states that this trigger leads out of: the guard of a set-based update.</summary>
    public TState[] Sources(TTrigger on) =>
        [.. Rows.Where(row => EqualityComparer<TTrigger>.Default.Equals(row.On, on)).Select(row => row.From)];

    /// <summary>
    /// The table as a Mermaid state diagram; <c>docs/concepts/lifecycles.md</c> holds what this prints.
    /// </summary>
    public string ToMermaid()
    {
        var text = new StringBuilder("stateDiagram-v2\n");
        foreach (var (from, on, to) in Rows)
        {
            text.Append("    ").Append(from).Append(" --> ").Append(to).Append(" : ").Append(on).Append('\n');
        }

        return text.ToString();
    }
}
