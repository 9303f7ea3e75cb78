using TwinTrack.Kernel;

namespace TwinTrack.Domain.Tests;

/// <summary>
/// Compares a rule with its drawing. The first line names the columns; each other line begins with its row.
/// </summary>
internal static class Picture
{
    /// <summary>Rows are states, columns are triggers, a cell is the state entered or a dot.</summary>
    internal static void Compare<TState, TTrigger>(string drawing, TransitionTable<TState, TTrigger> table)
        where TState : struct, Enum
        where TTrigger : struct, Enum =>
        Compare(drawing, Enum.GetValues<TState>(), Enum.GetValues<TTrigger>(),
            (state, trigger) => table.Next(state, trigger).Match(next => next.ToString(), _ => "."));

    /// <summary>Fails also when a row, a column or a cell is missing, or is drawn and does not exist.</summary>
    internal static void Compare<TRow, TColumn>(string drawing, IReadOnlyCollection<TRow> rows,
        IReadOnlyCollection<TColumn> columns, Func<TRow, TColumn, string> cell)
        where TRow : struct, Enum
        where TColumn : struct, Enum
    {
        var lines = drawing.Split('\n').Select(Words).ToArray();
        var drawn = lines[0].Select(Enum.Parse<TColumn>).ToArray();
        drawn.Should().BeEquivalentTo(columns, "the picture shows every column");
        lines[1..].Select(line => Enum.Parse<TRow>(line[0])).Should()
            .BeEquivalentTo(rows, "the picture shows every row");
        foreach (var line in lines[1..])
        {
            line.Should().HaveCount(drawn.Length + 1, $"{line[0]} has one cell in each column");
            for (var column = 0; column < drawn.Length; column++)
            {
                cell(Enum.Parse<TRow>(line[0]), drawn[column]).Should()
                    .Be(line[column + 1], $"{line[0]} on {drawn[column]}");
            }
        }
    }

    private static string[] Words(string line) =>
        line.Split(' ', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
}
