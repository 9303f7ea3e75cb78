using TwinTrack.Kernel;

namespace TwinTrack.Domain.Tests.Kernel;

public sealed class Transition_table
{
    public enum Door
    {
        Open,
        Closed,
        Bricked,
    }

    public enum Push
    {
        Open,
        Close,
        Brick,
    }

    private static readonly TransitionTable<Door, Push> Table = new(
        (Door.Open, Push.Close, Door.Closed),
        (Door.Closed, Push.Open, Door.Open),
        (Door.Closed, Push.Brick, Door.Bricked));

    [Fact]
    public void Refuses_what_is_not_listed() =>
        Table.Next(Door.Open, Push.Brick).Match(_ => "", refusal => refusal.Code).Should().Be("lifecycle.not_allowed");

    [Fact]
    public void Goes_where_it_says() => Table.Next(Door.Closed, Push.Brick).Should().Be((Result<Door>)Door.Bricked);

    [Fact]
    public void Tells_the_sources_of_a_trigger() => Table.Sources(Push.Brick).Should().Equal(Door.Closed);

    [Fact]
    public void Cannot_list_a_cell_twice() =>
        FluentActions.Invoking(
            () => new TransitionTable<Door, Push>(
                (Door.Open, Push.Close, Door.Closed), (Door.Open, Push.Close, Door.Bricked)))
            .Should().Throw<ArgumentException>();

    [Fact]
    public void Draws_itself() => Table.ToMermaid().Should().Contain("Closed --> Bricked : Brick");
}
