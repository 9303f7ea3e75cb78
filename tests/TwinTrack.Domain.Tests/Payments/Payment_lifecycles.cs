using TwinTrack.Payments.Domain;

namespace TwinTrack.Domain.Tests.Payments;

// Change a lifecycle and its picture must be redrawn by hand; that is the point.
public sealed class Payment_lifecycles
{
    private const string Instruction = """
                  Release  Drop      Send Accept   LoseTrack Settle  Reject   Recall   Withdraw  Return
        Planned   Released Withdrawn .    .        .         .       .        .        .         .
        Released  .        .         Sent Accepted InDoubt   Settled Rejected Recalled Withdrawn .
        Sent      .        .         .    Accepted InDoubt   Settled Rejected Recalled .         .
        Accepted  .        .         .    .        InDoubt   Settled Rejected Recalled .         .
        InDoubt   .        .         .    .        .         Settled Rejected Recalled .         .
        Settled   .        .         .    .        .         .       .        .        .         Returned
        Rejected  .        .         .    .        .         .       .        .        .         .
        Recalled  .        .         .    .        .         .       .        .        .         .
        Withdrawn .        .         .    .        .         .       .        .        .         .
        Returned  .        .         .    .        .         .       .        .        .         .
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
            foreach (var (_, _, to) in InstructionLifecycle.Table.Rows.Where(row => row.From == from && reached.Add(row.To)))
            {
                open.Enqueue(to);
            }
        }

        reached.Should().NotContain([InstructionState.Planned, InstructionState.Released, InstructionState.Sent, InstructionState.Accepted, InstructionState.InDoubt]);
    }

    [Fact]
    public void Every_state_but_planned_is_either_live_or_freed() =>
        Enum.GetValues<InstructionState>().Where(state => InstructionLifecycle.IsLive(state) == InstructionLifecycle.IsFreed(state))
            .Should().Equal(InstructionState.Planned);

    [Fact]
    public void What_is_freed_stays_freed() =>
        InstructionLifecycle.Freed.Should().OnlyContain(state => InstructionLifecycle.Table.IsFinal(state));

    [Fact]
    public void Every_freed_state_has_its_word_of_evidence_and_no_other_has() =>
        Enum.GetValues<InstructionState>().Should().OnlyContain(state => InstructionLifecycle.IsFreed(state) == (InstructionLifecycle.EvidenceOf(state) != null));
}
