using TwinTrack.Kernel;
using TwinTrack.Routing.Domain.Switches;

namespace TwinTrack.Domain.Tests.Routing;

public sealed class Scopes_that_meet
{
    private static readonly Actor Omar = new("omar", "government");

    [Theory]
    [InlineData("", "t1-momo", 2, "", "t1-momo", 2, true)]
    [InlineData("", "t1-momo", 2, "", "t1-bank", 2, false)]
    [InlineData("", "t1-momo t1-bank", 2, "NE001", "t1-bank", 2, true)]
    [InlineData("NE001", "t1-momo", 2, "NE002", "t1-momo", 2, false)]
    [InlineData("NE001", "", 2, "NE001", "", 2, true)]
    [InlineData("NE001", "", 2, "NE001", "t1-momo", 2, false)]
    [InlineData("", "t1-momo", 2, "NE001", "t2-agency", 1, true)]
    public void Are_about_the_same_payments(
        string areas, string from, int toTrack, string otherAreas, string otherFrom, int otherTrack, bool meet)
    {
        var (one, other) = (Scope(areas, from, toTrack), Scope(otherAreas, otherFrom, otherTrack));

        one.Overlaps(other).Should().Be(meet);
        other.Overlaps(one).Should().Be(meet);
        one.Overlaps(other with { Programme = "shk" }).Should().BeFalse();
        one.Overlaps(other with { CycleId = new(Guid.Empty) }).Should().BeFalse();
    }

    [Fact]
    public void Are_named_to_the_proposer_with_what_the_other_does()
    {
        var other = Proposed();

        SwitchOverlap.Warnings(Scope("NE001", "t1-momo", 2), [other]).Should().ContainSingle().Which.Should()
            .Contain($"Switch {other.Id} (Proposed)").And.Contain("goes by t1-momo in all areas to track 2")
            .And.Contain("switch withdraw");
        SwitchOverlap.Warnings(Scope("NE001", "t1-bank", 2), [other]).Should().BeEmpty();
    }

    [Fact]
    public void Of_a_return_are_counted_by_what_the_decisions_in_force_left_too()
    {
        Scope("NE001", "t2-agency", 1).CountedChannels([Overlay(2, "t1-momo"), Overlay(2, "t1-bank", "NE002")])
            .Should().Equal("t1-momo", "t2-agency");
        Scope("", "t1-bank", 2).CountedChannels([Overlay(2, "t1-momo")]).Should().Equal("t1-bank");
    }

    [Fact]
    public void A_cycle_of_another_programme_is_refused_and_an_unknown_one_warned_of()
    {
        string Judged(string? owner) => Given.CodeOf((Given.Proposal() with { ProgrammeOfCycle = owner })
            .Judge([Given.Protocol()], Omar, [Role.Operator], [Given.Channel("t1-momo")], Given.At));

        Judged("shk").Should().Be("switch.other_programme");
        Judged("psn").Should().BeEmpty();
        Judged(null).Should().BeEmpty();
        (Given.Proposal() with { ProgrammeOfCycle = "psn" }).CycleWarning.Should().BeNull();
        Given.Proposal().CycleWarning.Should().Contain("has not closed yet");
    }

    private static TwinTrack.Routing.Domain.Tables.Overlay Overlay(int toTrack, string from, string areas = "") =>
        Given.Overlay(from, toTrack, areas);

    private static SwitchScope Scope(string areas, string from, int toTrack) => new("psn", Given.Cycle,
        areas.Split(' ', StringSplitOptions.RemoveEmptyEntries),
        from.Split(' ', StringSplitOptions.RemoveEmptyEntries), toTrack);

    private static Switch Proposed() => Switch.Propose(Given.Swi, Given.Proposal(), Given.Chosen(), Omar, Given.At);
}
