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

    private static bool IsFree(InstructionState state, SwitchId? by = null, long? settled = null, string area = "NE001",
        params MoveCoverage[] moves) =>
        FurtherAttemptRule.IsFree(Ended(state, by, settled), area, ["t1-momo"], moves);

    private static EndedAttempt Ended(InstructionState state, SwitchId? by = null, long? settled = null) =>
        new(state, Amount, settled ?? (state == Returned ? Amount : 0), by);

    private static SwitchId Switch(byte number) => new(new Guid(number, 0, 0, [0, 0, 0, 0, 0, 0, 0, 0]));
}
