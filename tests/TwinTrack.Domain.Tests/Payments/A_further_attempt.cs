using TwinTrack.Kernel;
using TwinTrack.Payments.Domain;
using static TwinTrack.Payments.Domain.InstructionState;

namespace TwinTrack.Domain.Tests.Payments;

/// <summary>When what nobody pays may be planned again.</summary>
public sealed class A_further_attempt
{
    private const long Amount = 5_000;
    private static readonly SwitchId Earlier = Switch(1), Moving = Switch(2), Later = Switch(3);

    private static readonly MoveCoverage Move =
        new(new HashSet<string> { "NE001", "NE002" }, new HashSet<string> { "t1-momo", "t1-bank" },
            new HashSet<SwitchId> { Moving, Later });

    [Fact]
    public void Is_free_by_the_state_of_the_last_one()
    {
        var without = Enum.GetValues<InstructionState>().Where(state => IsFree(state));
        var within = Enum.GetValues<InstructionState>().Where(state => IsFree(state, moves: Move));

        without.Should().Equal(Withdrawn);
        within.Should().Equal(Rejected, Recalled, Withdrawn, Returned, Abandoned);
    }

    [Theory]
    [InlineData("NE002", "t1-bank", true)]
    [InlineData("NE003", "t1-bank", false)]
    [InlineData("NE002", "t2-agency", false)]
    public void Is_in_the_reach_of_a_move_by_area_and_by_any_channel_that_was_tried(
        string area, string channel, bool free) =>
        FurtherAttemptRule.IsFree(Ended(Rejected), area, ["t1-post", channel], [Move]).Should().Be(free);

    [Fact]
    public void Is_in_the_reach_of_a_move_of_all_areas_wherever_it_is() =>
        IsFree(Rejected, area: "NE003", moves: Move with { Areas = new HashSet<string>() }).Should().BeTrue();

    [Fact]
    public void Is_one_a_switch_and_none_for_an_earlier_one_after_a_later()
    {
        IsFree(Rejected, by: Earlier, moves: Move).Should().BeTrue();
        IsFree(Rejected, by: Moving, moves: Move).Should().BeFalse();
        IsFree(Rejected, by: Later, moves: Move).Should().BeFalse();
        IsFree(Rejected, by: Moving, moves: [Move, Move with { Tried = new HashSet<SwitchId> { Later } }]).Should()
            .BeTrue();
        IsFree(Withdrawn, by: Moving, moves: Move).Should().BeTrue("it never left");
    }

    [Fact]
    public void Is_not_for_what_came_back_after_a_partial_delivery() =>
        IsFree(Returned, settled: Amount - 1, moves: Move).Should().BeFalse("its remainder is owed by itself");

    [Fact]
    public void Is_looked_for_after_exactly_the_states_that_the_rule_allows()
    {
        Enum.GetValues<InstructionState>().Where(state => IsFree(state)).Should()
            .BeEquivalentTo(FurtherAttemptRule.FreeStates(moving: false));
        Enum.GetValues<InstructionState>().Where(state => IsFree(state, moves: Move)).Should()
            .BeEquivalentTo(FurtherAttemptRule.FreeStates(moving: true));
    }

    [Theory]
    [InlineData(true, false, false, true, 3, 2, true)]
    [InlineData(false, false, false, true, 3, 2, false)]
    [InlineData(true, true, false, true, 3, 2, false)]
    [InlineData(true, false, true, true, 3, 2, false)]
    [InlineData(true, false, false, false, 3, 2, false)]
    [InlineData(true, false, false, true, 4, 2, false)]
    [InlineData(true, false, false, true, 3, 3, false)]
    public void Is_planned_only_while_nothing_has_changed_since_it_was_found(
        bool unpaid, bool blocked, bool claimed, bool released, int lastPlanned, int lastReleased, bool free) =>
        FurtherAttemptRule.IsStillFree(
            new ObligationStanding(unpaid, blocked, claimed, released, lastPlanned, lastReleased), 3, 2).Should()
            .Be(free);

    [Fact]
    public void Leaves_by_any_route_at_any_time_where_nothing_had_left_before() =>
        FurtherAttemptRule.MayLeave("never_sent", null, [], 9).Should().BeTrue();

    [Theory]
    [InlineData("rejected")]
    [InlineData("recalled")]
    [InlineData("returned")]
    [InlineData("forced")]
    [InlineData(null)]
    public void Leaves_after_another_end_only_while_a_switch_moves_and_led_there(string? evidence)
    {
        FurtherAttemptRule.MayLeave(evidence, Moving, [], 0).Should().BeFalse("no switch moves");
        FurtherAttemptRule.MayLeave(evidence, null, [Moving], 0).Should().BeFalse("no switch led there");
        FurtherAttemptRule.MayLeave(evidence, Moving, [Moving], 0).Should().BeTrue();
    }

    [Theory]
    [InlineData(1, 1, false)]
    [InlineData(2, 0, true)]
    [InlineData(2, 1, true)]
    [InlineData(2, 2, false)]
    public void Leaves_once_for_a_switch_that_moves_and_twice_for_one_that_has_ended(
        byte leader, int tried, bool leaves) =>
        FurtherAttemptRule.MayLeave("rejected", Switch(leader), [Switch(1)], tried).Should().Be(leaves);

    [Fact]
    public void Is_counted_when_it_was_released_and_not_withdrawn_before_it_left() =>
        Enum.GetValues<InstructionState>().Except(FurtherAttemptRule.Untried).Should()
            .NotContain([Planned, Withdrawn]).And.Contain([Released, Rejected, Settled, Abandoned]);

    private static bool IsFree(InstructionState state, SwitchId? by = null, long? settled = null, string area = "NE001",
        params MoveCoverage[] moves) =>
        FurtherAttemptRule.IsFree(Ended(state, by, settled), area, ["t1-momo"], moves);

    private static EndedAttempt Ended(InstructionState state, SwitchId? by = null, long? settled = null) =>
        new(state, Amount, settled ?? (state == Returned ? Amount : 0), by);

    private static SwitchId Switch(byte number) => new(new Guid(number, 0, 0, [0, 0, 0, 0, 0, 0, 0, 0]));
}
