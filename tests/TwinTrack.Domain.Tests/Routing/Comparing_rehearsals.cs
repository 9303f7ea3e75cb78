using TwinTrack.Routing.Domain.Switches;
using TwinTrack.Routing.Domain.Tables;

namespace TwinTrack.Domain.Tests.Routing;

public sealed class Comparing_rehearsals
{
    private static readonly Rehearsal Empty = Rehearsal.Of(1, Given.Proposal().Scope,
        new DispositionCount("aa", 0, 0, []),
        RoutingFacts.Of(RoutingTable.None, [Given.Channel("t1-momo")], [], "XOF"), Given.At);

    private static readonly Rehearsal Full = Empty with
    {
        Obligations = 10,
        AmountMinor = 1_000,
        Unreachable = [new TargetSum("NE001", "mobile", null, "x", 2, 200),
            new TargetSum("NE002", "mobile", null, "x", 1, 100)],
        UnreachableByReason = [new ReasonSum("area", 3, 300)],
        Fees = [new FeeSum("t2-a", 4, 400, 28), new FeeSum("t2-b", 3, 300, 21)],
        StaysInDoubt = new Sum(5, 500),
        Waits = [new DoubtWait("t1-a", 1, 100, Given.At.AddSeconds(60)),
            new DoubtWait("t1-b", 1, 100, Given.At.AddSeconds(90))],
        Finish = [new FinishEstimate("t2-a", 4, 1, Given.At.AddSeconds(7)),
            new FinishEstimate("t2-b", 3, 1, Given.At.AddSeconds(5))],
        ByDisposition = [new DispositionSum("paid", 6, 600)],
    };

    [Fact]
    public void Sets_every_figure_of_one_beside_that_of_the_other() =>
        RehearsalComparison.Of(Empty, Full).Figures.Should().Equal(
            new Figure("disposition:paid", 0, 6),
            new Figure("fees:minor", 0, 49),
            new Figure("finish:seconds", 0, 7),
            new Figure("in_doubt", 0, 5),
            new Figure("in_doubt:minor", 0, 500),
            new Figure("in_doubt:seconds", 0, 90),
            new Figure("obligations", 0, 10),
            new Figure("obligations:minor", 0, 1_000),
            new Figure("to:t2-a", 0, 4),
            new Figure("to:t2-b", 0, 3),
            new Figure("unreachable", 0, 3),
            new Figure("unreachable:area", 0, 3),
            new Figure("unreachable:minor", 0, 300));

    [Fact]
    public void Shows_a_figure_that_only_the_left_one_has() =>
        RehearsalComparison.Of(Full, Empty).Figures.Should().Contain(new Figure("to:t2-a", 4, 0));

    [Fact]
    public void Tells_a_difference_as_right_less_left() => new Figure("x", 3, 10).Difference.Should().Be(7);

    [Fact]
    public void Says_whether_list_and_table_are_the_same()
    {
        var same = RehearsalComparison.Of(Empty, Full);
        (same.SameList, same.SameTable).Should().Be((true, true));

        var other = RehearsalComparison.Of(Empty, Full with { ListHash = "bb", TableVersion = 7 });
        (other.SameList, other.SameTable).Should().Be((false, false));
    }
}
