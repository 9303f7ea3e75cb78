using TwinTrack.Kernel;

namespace TwinTrack.Domain.Tests.Payments;

/// <summary>
/// Compares a lifecycle with its drawing: rows are states, columns are triggers, a cell is the state entered or a dot.
/// </summary>
internal static class Picture
{
    internal static void Compare<TState, TTrigger>(string drawing, TransitionTable<TState, TTrigger> table)
        where TState : struct, Enum
        where TTrigger : struct, Enum
    {
        var lines = drawing.Split('\n');
        var triggers = Words(lines[0]).Select(Enum.Parse<TTrigger>).ToArray();
        triggers.Should().BeEquivalentTo(Enum.GetValues<TTrigger>(), "the picture shows every trigger");
        lines[1..].Select(line => Enum.Parse<TState>(Words(line)[0])).Should()
            .BeEquivalentTo(Enum.GetValues<TState>(), "the picture shows every state");
        foreach (var line in lines[1..])
        {
            var cells = Words(line);
            for (var column = 0; column < triggers.Length; column++)
            {
                var next = table.Next(Enum.Parse<TState>(cells[0]), triggers[column])
                    .Match(state => state.ToString(), _ => ".");
                next.Should().Be(cells[column + 1], $"{cells[0]} on {triggers[column]}");
            }
        }
    }

    private static string[] Words(string line) =>
        line.Split(' ', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
}
