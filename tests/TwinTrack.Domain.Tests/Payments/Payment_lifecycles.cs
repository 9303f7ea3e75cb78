using TwinTrack.Payments.Domain;

namespace TwinTrack.Domain.Tests.Payments;

// Change a lifecycle and its picture must be redrawn by hand; that is the point.
public sealed class Payment_lifecycles
{
    private const string Instruction = """
                  Release  Drop      Send Accept   LoseTrack Settle      Reject   Recall   Withdraw  Return   Abandon
        Planned   Released Withdrawn .    .        .         .           .        .        .         .        .
        Released  .        .         Sent Accepted InDoubt   Settled     Rejected Recalled Withdrawn .        .
        Sent      .        .         .    Accepted InDoubt   Settled     Rejected Recalled .         .        .
        Accepted  .        .         .    .        InDoubt   Settled     Rejected Recalled .         .        .
        InDoubt   .        .         .    .        .         Settled     Rejected Recalled .         .        Abandoned
        Settled   .        .         .    .        .         .           .        .        .         Returned .
        Rejected  .        .         .    .        .         .           .        .        .         .        .
        Recalled  .        .         .    .        .         .           .        .        .         .        .
        Withdrawn .        .         .    .        .         .           .        .        .         .        .
        Returned  .        .         .    .        .         .           .        .        .         .        .
        Abandoned .        .         .    .        .         SettledLate Rejected Recalled .         .        .
        SettledLate .      .         .    .        .         .           .        .        .         Returned .
        """;

    private const string Batch = """
                         Complete         Approve  Release  Certify   Refuse  Cancel
        Planning         AwaitingApproval .        .        .         .       .
        AwaitingApproval .                Approved .        .         Refused Cancelled
        Approved         .                .        Released .         Refused Cancelled
        Released         .                .        .        Certified .       .
        Certified        .                .        .        .         .       .
        Refused          .                .        .        .         .       .
        Cancelled        .                .        .        .         .       .
        """;

    private const string Incident = """
                         Hold    Lose       Recover   ProposeWriteOff  ProposeRelease  Agree      Refuse     Close  Reopen
        Open             Holding Recovering .         .                ReleaseProposed .          .          Closed .
        Holding          .       Recovering .         .                .               .          .          Closed .
        Recovering       .       .          Recovered WriteOffProposed .               .          .          Closed .
        WriteOffProposed .       .          .         .                .               WrittenOff Recovering Closed .
        ReleaseProposed  .       Recovering .         .                .               Closed     Open       .      .
        Recovered        .       .          .         .                ReleaseProposed .          .          .      .
        WrittenOff       .       .          .         .                .               .          .          .      .
        Closed           .       Recovering .         .                .               .          .          .      Open
        """;

    private const string Forced = """
                 Agree   Refuse
        Proposed Carried Refused
        Carried  .       .
        Refused  .       .
        """;

    private const string Cycle = """
                 Accept Refuse
        Arriving Ready  Refused
        Ready    .      .
        Refused  .      .
        """;

    private const string Move = """
                 Begin  Refuse  AskAgain End
        Checking Active Refused .        Ended
        Active   .      .       .        Ended
        Refused  .      .       Checking Ended
        Ended    .      .       .        .
        """;

    [Fact]
    public void Every_cell_of_the_instruction_is_as_drawn() => Picture.Compare(Instruction, InstructionLifecycle.Table);

    [Fact]
    public void Every_cell_of_the_batch_is_as_drawn() => Picture.Compare(Batch, BatchLifecycle.Table);

    [Fact]
    public void Every_cell_of_the_incident_is_as_drawn() => Picture.Compare(Incident, IncidentLifecycle.Table);

    [Fact]
    public void Every_cell_of_the_forced_move_is_as_drawn() => Picture.Compare(Forced, ForcedMoveLifecycle.Table);

    [Fact]
    public void Every_cell_of_the_cycle_is_as_drawn() => Picture.Compare(Cycle, CycleLifecycle.Table);

    [Fact]
    public void Every_cell_of_the_move_is_as_drawn() => Picture.Compare(Move, MoveLifecycle.Table);

    [Fact]
    public void No_path_leads_from_in_doubt_to_anything_that_could_be_sent()
    {
        var reached = new HashSet<InstructionState>();
        var open = new Queue<InstructionState>([InstructionState.InDoubt]);
        while (open.TryDequeue(out var from))
        {
            foreach (var (_, _, to) in InstructionLifecycle.Table.Rows.Where(
                row => row.From == from && reached.Add(row.To)))
            {
                open.Enqueue(to);
            }
        }

        reached.Should()
            .NotContain(
            [InstructionState.Planned, InstructionState.Released, InstructionState.Sent, InstructionState.Accepted,
                InstructionState.InDoubt]);
    }

    [Fact]
    public void Every_state_but_planned_is_either_live_or_freed_or_was_forced()
    {
        foreach (var state in Enum.GetValues<InstructionState>())
        {
            var kinds = new[] { InstructionLifecycle.IsLive(state), InstructionLifecycle.IsFreed(state),
                InstructionLifecycle.Forced.Contains(state) };
            kinds.Count(kind => kind).Should().Be(state == InstructionState.Planned ? 0 : 1, $"{state} is one of them");
        }
    }

    [Fact]
    public void Nothing_is_given_up_without_evidence_but_what_is_in_doubt() =>
        InstructionLifecycle.Table.Sources(InstructionTrigger.Abandon).Should().Equal(InstructionState.InDoubt);

    [Fact]
    public void A_switch_pays_again_only_after_an_unpaid_end_or_a_decision_of_two_parties() =>
        Enum.GetValues<InstructionState>().Where(InstructionLifecycle.Movable.Contains).Should().Equal(
            InstructionState.Rejected, InstructionState.Recalled, InstructionState.Withdrawn, InstructionState.Returned,
            InstructionState.Abandoned);

    [Fact]
    public void What_was_given_up_never_holds_a_claim_again()
    {
        foreach (var state in InstructionLifecycle.Forced)
        {
            InstructionLifecycle.Table.Rows.Where(row => row.From == state).Should()
                .NotContain(row => InstructionLifecycle.IsLive(row.To));
        }
    }

    [Fact]
    public void A_claim_is_given_back_by_what_was_live_and_is_not_and_by_nothing_else()
    {
        var rows = InstructionLifecycle.Table.Rows;
        var (free, forced) = (InstructionLifecycle.Freed, InstructionLifecycle.Forced);

        rows.Where(row => InstructionLifecycle.GivesClaimBack(row.From, row.To)).Should().BeEquivalentTo(
            rows.Where(row => row.From != InstructionState.Planned && !forced.Contains(row.From)
                && (free.Contains(row.To) || row.To == InstructionState.Abandoned)));
        rows.Where(row => InstructionLifecycle.ProvesForced(row.From, row.To)).Should().BeEquivalentTo(
            rows.Where(row => forced.Contains(row.From) && free.Contains(row.To)));
    }

    [Fact]
    public void A_state_leads_to_another_where_the_table_has_an_arrow()
    {
        foreach (var from in Enum.GetValues<InstructionState>())
        {
            foreach (var to in Enum.GetValues<InstructionState>())
            {
                InstructionLifecycle.Leads(from, to).Should()
                    .Be(InstructionLifecycle.Table.Rows.Any(row => row.From == from && row.To == to));
            }
        }
    }

    [Fact]
    public void An_incident_that_has_ended_leaves_no_work() =>
        IncidentLifecycle.Ended.Should().BeEquivalentTo(
            [IncidentState.Recovered, IncidentState.WrittenOff, IncidentState.Closed]);

    [Fact]
    public void A_batch_is_open_until_it_is_released_refused_or_cancelled() =>
        BatchLifecycle.Open.Should().BeEquivalentTo(
            Enum.GetValues<BatchState>().Where(state => CanStillBeReleased(state)));

    [Fact]
    public void What_is_freed_stays_freed() =>
        InstructionLifecycle.Table.Rows.Select(row => row.From).Should().NotContain(InstructionLifecycle.Freed);

    [Fact]
    public void Every_freed_state_has_its_word_of_evidence_and_abandoned_has_forced()
    {
        InstructionLifecycle.EvidenceOf(InstructionState.Abandoned).Should().Be("forced");
        Enum.GetValues<InstructionState>().Where(state => state != InstructionState.Abandoned)
            .Should().OnlyContain(
            state => InstructionLifecycle.IsFreed(state) == (InstructionLifecycle.EvidenceOf(state) != null));
    }

    private static bool CanStillBeReleased(BatchState from) =>
        BatchLifecycle.Table.Rows.Where(row => row.From == from)
            .Any(row => row.On == BatchTrigger.Release || CanStillBeReleased(row.To));
}
