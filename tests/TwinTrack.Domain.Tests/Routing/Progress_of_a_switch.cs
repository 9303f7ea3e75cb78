using TwinTrack.Kernel;
using TwinTrack.Routing.Domain.Channels;
using TwinTrack.Routing.Domain.Switches;
using TwinTrack.Routing.Domain.Tables;

namespace TwinTrack.Domain.Tests.Routing;

public sealed class Progress_of_a_switch
{
    private static readonly Sum None = new(0, 0);
    private static readonly Sum Some = new(1, 100);

    private static readonly RoutingFacts Map = RoutingFacts.Of(
        Given.Table(("* * *", "t1-momo t1-bank t2-agency")),
        [Given.Channel("t1-momo"), Given.Channel("t1-bank"),
            Given.Declared(Channel.Register("t2-agency", Given.Terms(2) with { Areas = ["NE001"] }, Given.At))], [],
        "XOF").Under(Given.Overlay("t1-momo t1-bank"));

    /// <summary>One line of each state: where its payments are counted, when they were moved and when not.</summary>
    [Theory]
    [InlineData(CountedState.Planned, "", "")]
    [InlineData(CountedState.Released, "unfreed unfinished", "moved unfinished")]
    [InlineData(CountedState.Withdrawn, "waiting", "")]
    [InlineData(CountedState.Sent, "unfinished", "moved unfinished")]
    [InlineData(CountedState.Accepted, "unfinished", "moved unfinished")]
    [InlineData(CountedState.InDoubt, "unfinished", "moved unfinished")]
    [InlineData(CountedState.Settled, "", "")]
    [InlineData(CountedState.SettledLate, "", "")]
    [InlineData(CountedState.Returned, "waiting", "")]
    [InlineData(CountedState.Rejected, "waiting", "")]
    [InlineData(CountedState.Recalled, "waiting", "")]
    [InlineData(CountedState.Abandoned, "waiting", "")]
    public void Counts_each_payment_where_it_stands(CountedState state, string left, string moved)
    {
        Counted(Line(state)).Should().Be(left);
        Counted(Line(state) with { Moved = true }).Should().Be(moved);
    }

    [Theory]
    [InlineData(CountedState.Rejected, "unreachable")]
    [InlineData(CountedState.Sent, "unfinished")]
    public void Names_the_freed_that_no_channel_reaches(CountedState state, string where)
    {
        Counted(Line(state) with { Area = "NE002" }).Should().Be(where);
        if (where == "unreachable")
        {
            Counted(Line(state) with { Area = "NE002", Moved = true }).Should().Be(where);
        }
    }

    [Theory]
    [InlineData(0, 0, true, true)]
    [InlineData(0, 0, false, true)]
    [InlineData(1, 0, true, false)]
    [InlineData(1, 0, false, false)]
    [InlineData(0, 1, true, false)]
    [InlineData(0, 1, false, true)]
    public void Is_moved_when_all_are_freed_and_none_is_about_to_move(
        long unfreed, long waiting, bool planning, bool moved) =>
        new Progress(new Sum(unfreed, 0), new Sum(waiting, 0), Some, Some, Some, planning).IsMoved.Should().Be(moved);

    [Fact]
    public void Is_finished_when_it_is_moved_and_nothing_is_under_way()
    {
        new Progress(None, None, Some, None, None, true).IsFinished.Should().BeTrue("the unreachable are told");
        new Progress(None, None, None, None, Some, true).IsFinished.Should().BeFalse("a payment may still be made");
        new Progress(None, Some, None, None, None, true).IsFinished.Should().BeFalse("a payment is about to move");
    }

    [Fact]
    public void Leaves_waiting_whom_a_full_ceiling_keeps_out()
    {
        var table = RoutingTable.Of(1, [new TableRow("*", "*", "*", ["t1-momo", "t2-agency"],
            Ceilings: new Dictionary<string, Ceiling> { ["t2-agency"] = new(MinorPerCycle: 1_000) })],
            new HashSet<string> { "t1-momo", "t2-agency" }).Match(table => table, _ => RoutingTable.None);
        var counter = Counters.CycleKey("* × * × *", "t2-agency", Given.Cycle);
        Progress At(long used) => Progress.Of(Count(Line(CountedState.Rejected)), Given.Proposal().Scope,
            Map with { Table = table }, new CeilingCapacity(
                new Dictionary<string, UsedAmount> { [counter] = new(9, used) },
                new Dictionary<(string, string, DateOnly), long>()));

        At(900).WaitingToMove.Should().Be(new Sum(2, 200), "each of the two payments is of 100");
        At(901).Unreachable.Should().Be(new Sum(2, 200));
    }

    [Fact]
    public void Says_by_which_evidence_the_moved_were_freed()
    {
        var moved = Line(CountedState.Sent) with { Moved = true };

        Progress.MovedBy(Count(
            moved with { Evidence = "returned" }, moved with { Evidence = "never_sent" },
            moved with { Evidence = "returned", Area = "NE002" }, moved, moved with { Moved = false, Evidence = "x" }))
            .Should().Equal(new EvidenceSum("never_sent", 2, 200), new EvidenceSum("returned", 4, 400));
    }

    [Fact]
    public void Names_for_each_channel_who_must_find_out_what_is_in_doubt_and_since_when()
    {
        var subject =
            Switch.Propose(Given.Swi, Given.Proposal(), Given.Chosen(), new Actor("omar", "government"), Given.At);
        var stopped = new StoppedChannel { SwitchId = Given.Swi, Channel = "t1-momo", Epoch = 2 };
        stopped.Take(new RunningAnswer(40, Given.At, null, null, null));
        subject.Channels.Add(stopped);

        var doubt = Progress.InDoubt(Count(
            Line(CountedState.Sent), Line(CountedState.Accepted) with { Channel = "t1-bank" },
            Line(CountedState.InDoubt), Line(CountedState.Released), Line(CountedState.Sent) with { Moved = true }),
            subject, Map, Given.At.AddSeconds(90));

        doubt.Should().Equal(
            new DoubtSum("t1-bank", 2, 200, "Sahel Money; operators", null, 0),
            new DoubtSum("t1-momo", 4, 400, "Sahel Money; operators", Given.At, 90));
    }

    [Fact]
    public void Takes_a_line_of_no_payments_as_nothing() =>
        Progress.Of(Count(Line(CountedState.Rejected) with { Payments = 0, AmountMinor = 0 }), Given.Proposal().Scope,
            Map).IsFinished.Should().BeTrue();

    [Fact]
    public void Takes_a_count_that_does_not_say_as_one_that_may_still_plan() =>
        Count().StillPlanning.Should().BeTrue();

    private static string Counted(DispositionCountLine line)
    {
        var of = Progress.Of(Count(line), Given.Proposal().Scope, Map);
        (string Name, Sum Sum)[] parts =
        [
            ("unfreed", of.Unfreed), ("waiting", of.WaitingToMove), ("unreachable", of.Unreachable),
            ("moved", of.MovedUnfinished), ("unfinished", of.Unfinished),
        ];
        parts.Should().OnlyContain(part => part.Sum == None || part.Sum == new Sum(2, 200));
        return string.Join(' ', parts.Where(part => part.Sum != None).Select(part => part.Name));
    }

    private static DispositionCount Count(params DispositionCountLine[] lines) => new("aa", 2, 200, lines);

    private static DispositionCountLine Line(CountedState state) =>
        new("NE001", Instrument.Mobile, "t1-momo", state, false, null, 2, 200);
}
