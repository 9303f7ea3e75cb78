using TwinTrack.Kernel;

namespace TwinTrack.Domain.Tests.Routing;

/// <summary>Reads a lifecycle drawn by hand and compares every cell with the table.</summary>
internal static class Lifecycle_picture
{
    public static void Compare<TState, TTrigger>(string picture, TransitionTable<TState, TTrigger> table)
        where TState : struct, Enum
        where TTrigger : struct, Enum
    {
        var lines = picture.Split('\n');
        var triggers = Words(lines[0]).Select(Enum.Parse<TTrigger>).ToArray();
        triggers.Should().BeEquivalentTo(Enum.GetValues<TTrigger>(), "the picture shows every trigger");
        lines[1..].Select(line => Enum.Parse<TState>(Words(line)[0])).Should()
            .BeEquivalentTo(Enum.GetValues<TState>(), "the picture shows every state");

        foreach (var cells in lines[1..].Select(Words))
        {
            for (var column = 0; column < triggers.Length; column++)
            {
                var drawn = cells[column + 1];
                var next = table.Next(Enum.Parse<TState>(cells[0]), triggers[column])
                    .Match(state => state.ToString(), _ => ".");
                next.Should().Be(drawn, $"{cells[0]} on {triggers[column]}");
            }
        }
    }

    private static string[] Words(string line) =>
        line.Split(' ', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
}
