using TwinTrack.Kernel;
using TwinTrack.Payments.Domain;

namespace TwinTrack.Domain.Tests.Payments;

public sealed class A_follow_up
{
    /// <summary>What an obligation without claim and incident is taken for, by its last attempt.</summary>
    private static readonly Dictionary<InstructionState, FollowUpReason?> TakenFrom = new()
    {
        [InstructionState.Planned] = null,
        [InstructionState.Released] = null,
        [InstructionState.Sent] = null,
        [InstructionState.Accepted] = null,
        [InstructionState.InDoubt] = null,
        [InstructionState.Settled] = null,
        [InstructionState.Rejected] = FollowUpReason.Rejected,
        [InstructionState.Recalled] = FollowUpReason.Recalled,
        [InstructionState.Withdrawn] = FollowUpReason.Withdrawn,
        [InstructionState.Returned] = FollowUpReason.Returned,
        [InstructionState.Abandoned] = FollowUpReason.Abandoned,
        [InstructionState.SettledLate] = null,
    };

    /// <summary>All states of an attempt, with and without claim and incident, in all states of a batch.</summary>
    public static TheoryData<InstructionState, bool, bool, BatchState> Table()
    {
        var all = new TheoryData<InstructionState, bool, bool, BatchState>();
        foreach (var state in Enum.GetValues<InstructionState>())
        {
            foreach (var batch in Enum.GetValues<BatchState>())
            {
                all.Add(state, false, false, batch);
                all.Add(state, true, false, batch);
                all.Add(state, false, true, batch);
                all.Add(state, true, true, batch);
            }
        }

        return all;
    }

    [Theory]
    [MemberData(nameof(Table))]
    public void Takes_exactly_what_is_unpaid_for_good(
        InstructionState state, bool claimed, bool blocked, BatchState batch)
    {
        var expected = (batch, claimed, blocked) switch
        {
            (BatchState.Certified, false, false) => TakenFrom[state],
            (BatchState.Released, false, false) when state != InstructionState.Withdrawn => TakenFrom[state],
            _ => null,
        };

        var result = FollowUpRule.Judge(Standing(state) with { Claimed = claimed, Blocked = blocked, Batch = batch });

        result.Takes.Should().Be(expected);
        (result.Stays is null).Should().Be(expected is not null, "one of the two reasons is always given");
    }

    [Theory]
    [InlineData(InstructionState.Settled, StayReason.Settled)]
    [InlineData(InstructionState.InDoubt, StayReason.InDoubt)]
    [InlineData(InstructionState.Released, StayReason.UnderWay)]
    [InlineData(InstructionState.Sent, StayReason.UnderWay)]
    [InlineData(InstructionState.Accepted, StayReason.UnderWay)]
    [InlineData(InstructionState.SettledLate, StayReason.PaidLate)]
    [InlineData(InstructionState.Planned, StayReason.PlannedAgain)]
    public void Leaves_the_rest_with_its_reason(InstructionState state, StayReason reason) =>
        FollowUpRule.Judge(Standing(state)).Stays.Should().Be(reason);

    [Fact]
    public void Leaves_what_an_incident_blocks_whatever_its_state() =>
        Enum.GetValues<InstructionState>()
            .Select(state => FollowUpRule.Judge(Standing(state) with { Blocked = true }).Stays)
            .Should().AllBeEquivalentTo(StayReason.Incident);

    [Theory]
    [InlineData(BatchState.Released, StayReason.PlannedAgain, null)]
    [InlineData(BatchState.Certified, null, FollowUpReason.Unroutable)]
    public void Takes_what_no_channel_reached_only_when_its_batch_no_longer_plans(
        BatchState batch, StayReason? stays, FollowUpReason? takes) =>
        FollowUpRule.Judge(Standing(InstructionState.Withdrawn) with { Batch = batch, Left = false }).Should()
            .Be(new FollowUpResult(takes, stays));

    [Theory]
    [InlineData(InstructionState.Rejected)]
    [InlineData(InstructionState.Returned)]
    [InlineData(InstructionState.Recalled)]
    public void Leaves_what_a_switch_of_the_released_batch_plans_again(InstructionState state) =>
        FollowUpRule.Judge(Standing(state) with { Batch = BatchState.Released, Planned = true }).Stays.Should()
            .Be(StayReason.PlannedAgain);

    [Fact]
    public void Calls_a_payment_whose_time_was_over_expired() =>
        FollowUpRule.Judge(Standing(InstructionState.Rejected) with { Code = "EXPIRED_ABSENT" }).Takes.Should()
            .Be(FollowUpReason.Expired);

    [Theory]
    [InlineData(BatchState.Released)]
    [InlineData(BatchState.Certified)]
    public void Takes_a_remainder_that_is_in_no_batch(BatchState batch) =>
        FollowUpRule.Judge(Standing(null) with { Batch = batch, InBatch = false, Left = false, Remainder = true })
            .Takes.Should().Be(FollowUpReason.Remainder);

    [Theory]
    [InlineData(BatchState.Released)]
    [InlineData(BatchState.Certified)]
    public void Takes_what_a_follow_up_that_was_given_up_had_taken(BatchState batch) =>
        FollowUpRule.Judge(Standing(InstructionState.Withdrawn) with { Batch = batch, InBatch = false })
            .Takes.Should().Be(FollowUpReason.Withdrawn);

    [Fact]
    public void Leaves_what_is_not_unpaid_now() =>
        FollowUpRule.Judge(Standing(InstructionState.Rejected) with { Unpaid = false }).Stays.Should()
            .Be(StayReason.PlannedAgain);

    [Fact]
    public void Leaves_what_was_paid_late() =>
        FollowUpRule.Judge(Standing(InstructionState.Rejected) with { PaidLate = true }).Stays.Should()
            .Be(StayReason.PaidLate);

    [Fact]
    public void Leaves_a_part_that_came_back_to_a_person() =>
        FollowUpRule.Judge(Standing(InstructionState.Returned) with { Split = true }).Stays.Should()
            .Be(StayReason.Split);

    [Theory]
    [InlineData(BatchState.Released, true, false, true)]
    [InlineData(BatchState.Released, false, true, true)]
    [InlineData(BatchState.Released, false, false, false)]
    [InlineData(BatchState.Certified, true, false, false)]
    [InlineData(BatchState.Certified, false, true, false)]
    public void Gives_back_only_what_the_earlier_batch_still_commits(
        BatchState origin, bool inBatch, bool freshRemainder, bool committed) =>
        FollowUpRule.IsCommitted(origin, inBatch, freshRemainder).Should().Be(committed);

    [Fact]
    public void Of_nothing_is_refused_with_counts_and_what_to_do()
    {
        var refusal = FollowUpRefusals.Nothing(
            new Dictionary<FollowUpReason, long>(),
            new Dictionary<StayReason, long> { [StayReason.Settled] = 7, [StayReason.InDoubt] = 2 });

        refusal.Reason.Should().Be("Nothing of the batch is to be followed up. Not taken: 7 settled, 2 in_doubt. "
            + "Wait for the providers' answers or statements.");
    }

    [Fact]
    public void Of_other_reasons_names_those_that_there_are() =>
        FollowUpRefusals.Nothing(
            new Dictionary<FollowUpReason, long> { [FollowUpReason.Returned] = 1 },
            new Dictionary<StayReason, long>()).Reason.Should()
            .Be("Nothing of the batch is to be followed up for these reasons or households; others: 1 returned. "
                + "Name these reasons or households, or leave them out.");

    [Fact]
    public void Names_an_owner_for_every_reason()
    {
        foreach (var stays in Enum.GetValues<StayReason>())
        {
            FollowUpRule.OwnerOf(stays).Should().StartWith("government/");
        }

        FollowUpRule.OwnerOf(FollowUpReason.Returned).Should().Be($"government/{Role.ProgrammeManager}");
    }

    private static FollowUpStanding Standing(InstructionState? last) => new(
        BatchState.Certified, InBatch: true, last, Left: true, Code: "AC04", Unpaid: true, Claimed: false,
        Blocked: false, PaidLate: false, Split: false, Remainder: false, Planned: false);
}
