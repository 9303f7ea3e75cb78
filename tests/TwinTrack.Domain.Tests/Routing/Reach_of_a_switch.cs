using TwinTrack.Kernel;
using TwinTrack.Routing.Domain.Channels;
using TwinTrack.Routing.Domain.Switches;
using TwinTrack.Routing.Domain.Tables;

namespace TwinTrack.Domain.Tests.Routing;

public sealed class Reach_of_a_switch
{
    private static readonly Actor Minister = new("amina", "government");

    [Theory]
    [InlineData(0, 0, false)]
    [InlineData(0, 8, false)]
    [InlineData(3, 5, false)]
    [InlineData(4, 4, true)]
    [InlineData(8, 0, true)]
    public void Is_enough_from_a_half_on(int reached, int unreached, bool enough)
    {
        var rehearsal = Rehearse(reached, unreached);

        rehearsal.Reach.Should().Be(new SwitchReach(Of(reached + unreached), Of(reached)));
        rehearsal.Warnings.Should().HaveCount(enough ? 0 : 1);
    }

    [Fact]
    public void Is_warned_of_with_its_numbers_and_reasons() =>
        Rehearse(1, 7).Warnings.Should().Equal(
            "The switch covers 8 unpaid payments and would move 1 of them (not reached: area 7). The protocol asks for "
            + "50 percent. Whoever approves it confirms this by name.");

    [Fact]
    public void May_be_less_where_the_protocol_says_so()
    {
        Rehearse(1, 7, percentMin: 12).Warnings.Should().BeEmpty();
        (Given.ProtocolTerms() with { ReachPercentMin = 101 }).Fault().Should().StartWith("reachPercentMin");
        Proposed(Given.ProtocolTerms() with { ReachPercentMin = 12 }).Governance!.ReachPercentMin.Should().Be(12);
        Proposed(Given.ProtocolTerms()).Governance!.ReachPercentMin.Should().Be(SwitchReach.PercentMin);
    }

    [Fact]
    public void Of_a_pilot_is_measured_by_its_share()
    {
        var overlay = Given.Overlay("t2-agency", 1) with { PilotPercent = 20 };
        var facts = Facts().Under(overlay);
        var count = new DispositionCount("aa", 10, 1_000,
            [Line("NE001", 2) with { Channel = "t2-agency" },
                Line("NE001", 8) with { Channel = "t2-agency", PilotFrom = 20 }]);

        Rehearsal.Of(1, new SwitchScope("psn", Given.Cycle, [], ["t2-agency"], 1, 20), count,
            facts with { Overlays = [Given.Overlay("t1-momo", id: new(Guid.Empty)), overlay] }, Given.At)
            .Reach.Should().Be(new SwitchReach(Of(2), Of(2)));
    }

    [Fact]
    public void A_vote_for_few_or_none_confirms_it_by_name()
    {
        var subject = Proposed(Given.ProtocolTerms());
        subject.Rehearsed(Rehearse(1, 7), Given.At);

        Given.CodeOf(subject.Cast(Minister, true, subject.Hash!, true, Given.At)).Should().Be("vote.confirm_reach");
        subject.Votes.Should().BeEmpty();
        Given.CodeOf(subject.Cast(Minister, true, subject.Hash!, true, Given.At, confirmReach: true)).Should()
            .BeEmpty();
        subject.Votes.Should().ContainSingle().Which.ReachConfirmed.Should().BeTrue();
    }

    [Fact]
    public void A_vote_against_or_for_enough_confirms_nothing()
    {
        var (few, enough) = (Proposed(Given.ProtocolTerms()), Proposed(Given.ProtocolTerms()));
        few.Rehearsed(Rehearse(1, 7), Given.At);
        enough.Rehearsed(Rehearse(7, 1), Given.At);

        Given.CodeOf(few.Cast(Minister, true, few.Hash!, false, Given.At)).Should().BeEmpty();
        Given.CodeOf(enough.Cast(Minister, true, enough.Hash!, true, Given.At)).Should().BeEmpty();
    }

    private static Sum Of(long payments) => new(payments, payments * 100);

    private static Switch Proposed(ProtocolTerms terms) => Switch.Propose(
        Given.Swi, Given.Proposal(), Given.Chosen(terms), new Actor("omar", "government"), Given.At);

    /// <summary>Payments in an area that the partner reaches, and in one that it does not reach.</summary>
    private static Rehearsal Rehearse(int reached, int unreached, int percentMin = SwitchReach.PercentMin) =>
        Rehearsal.Of(1, Given.Proposal().Scope,
            new DispositionCount("aa", reached + unreached, (reached + unreached) * 100,
                [.. new[] { Line("NE001", reached), Line("NE002", unreached) }.Where(line => line.Payments > 0)]),
            Facts().Under(Given.Overlay("t1-momo")), Given.At, reachPercentMin: percentMin);

    private static RoutingFacts Facts() => RoutingFacts.Of(
        Given.Table(("* * *", "t1-momo t2-agency")),
        [
            Given.Channel("t1-momo"),
            Given.Declared(Channel.Register("t2-agency", Given.Terms(2) with { Areas = ["NE001"] }, Given.At)),
        ],
        [], "XOF");

    private static DispositionCountLine Line(string area, long payments) =>
        new(area, Instrument.Mobile, "t1-momo", CountedState.Withdrawn, false, null, payments, payments * 100);
}
