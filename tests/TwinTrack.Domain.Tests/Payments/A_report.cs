using TwinTrack.Payments.Domain;
using static TwinTrack.Payments.Domain.InstructionState;
using static TwinTrack.Payments.Domain.InstructionTrigger;

namespace TwinTrack.Domain.Tests.Payments;

/// <summary>What a report does to an instruction of 100, in each state.</summary>
public sealed class A_report
{
    private const long Ordered = 100;

    // The states entered, or a dot; after an exclamation mark the contradiction that people must resolve. "Conflict"
    // is short for ConflictingReports.
    private const string Drawing = """
                    Send      Accept    LoseTrack Settle                 Reject    Recall    Withdraw  Return
        Released    Sent      Accepted  InDoubt   Settled                Rejected  Recalled  Withdrawn Settled,Returned
        Sent        .         Accepted  InDoubt   Settled                Rejected  Recalled  !Conflict Settled,Returned
        Accepted    .         .         InDoubt   Settled                Rejected  Recalled  !Conflict Settled,Returned
        InDoubt     .         .         .         Settled                Rejected  Recalled  !Conflict Settled,Returned
        Settled     .         .         .         .                      !Conflict !Conflict !Conflict Returned
        Rejected    .         .         .         !LateSuccess           .         .         .         !Conflict
        Recalled    .         .         .         !LateSuccess           .         .         .         !Conflict
        Withdrawn   !Conflict !Conflict .         !LateSuccess           .         .         .         !Conflict
        Returned    .         .         .         .                      .         .         .         .
        Abandoned   .         .         .      SettledLate!ForcedLoss Rejected  Recalled  !Conflict SettledLate,Returned
        SettledLate .         .         .         .                      !Conflict !Conflict !Conflict Returned
        """;

    // Providers does not know what is only planned, so nothing is reported about it.
    [Fact]
    public void Does_in_each_state_what_is_drawn() =>
        Picture.Compare(Drawing, [.. Enum.GetValues<InstructionState>().Except([Planned])],
            [.. EvidenceRule.Table.Select(row => row.Trigger).Distinct()], Shown);

    // Least and greatest amounts of each meaning, against what was ordered.
    [Theory]
    [InlineData(-1, "InDoubt", 0, Contradiction.None)]
    [InlineData(0, "InDoubt", 0, Contradiction.None)]
    [InlineData(1, "Settled", 1, Contradiction.None)]
    [InlineData(99, "Settled", 99, Contradiction.None)]
    [InlineData(100, "Settled", 100, Contradiction.None)]
    [InlineData(101, "Settled", 101, Contradiction.ConflictingReports)]
    public void Settles_what_it_says_and_is_doubted_below_one_and_above_the_order(
        long amountMinor, string steps, long settledMinor, Contradiction contradiction) =>
        Outcome(ReportRule.Apply(Sent, Ordered, 0, Settle, amountMinor)).Should()
            .Be((steps, settledMinor, contradiction));

    [Theory]
    [InlineData(Accept, "Accepted")]
    [InlineData(LoseTrack, "InDoubt")]
    [InlineData(Reject, "Rejected")]
    public void Of_anything_but_money_is_not_judged_by_its_amount(InstructionTrigger trigger, string steps) =>
        Outcome(ReportRule.Apply(Sent, Ordered, 0, trigger, Ordered + 1)).Should()
            .Be((steps, 0, Contradiction.None));

    [Theory]
    [InlineData(Settled, 59, Contradiction.ConflictingReports)]
    [InlineData(Settled, 60, Contradiction.None)]
    [InlineData(Settled, 61, Contradiction.ConflictingReports)]
    [InlineData(Settled, 0, Contradiction.None)]
    [InlineData(SettledLate, 59, Contradiction.ConflictingReports)]
    [InlineData(SettledLate, 60, Contradiction.None)]
    [InlineData(SettledLate, 0, Contradiction.None)]
    [InlineData(Returned, 59, Contradiction.LateSuccess)]
    [InlineData(Returned, 60, Contradiction.None)]
    [InlineData(Returned, 61, Contradiction.LateSuccess)]
    [InlineData(Returned, 0, Contradiction.None)]
    public void Of_a_second_settlement_is_named_unless_it_has_the_same_amount(
        InstructionState state, long amountMinor, Contradiction contradiction) =>
        Outcome(ReportRule.Apply(state, Ordered, 60, Settle, amountMinor)).Should().Be(("", 60, contradiction));

    [Theory]
    [InlineData(Settled)]
    [InlineData(SettledLate)]
    public void Of_a_return_keeps_the_amount_that_was_delivered(InstructionState state) =>
        Outcome(ReportRule.Apply(state, Ordered, 60, Return, Ordered)).Should()
            .Be(("Returned", 60, Contradiction.None));

    [Theory]
    [InlineData(Sent, "Settled,Returned")]
    [InlineData(Abandoned, "SettledLate,Returned")]
    public void Of_a_return_without_a_settlement_means_that_all_was_delivered(InstructionState state, string steps) =>
        Outcome(ReportRule.Apply(state, Ordered, 0, Return, Ordered)).Should()
            .Be((steps, Ordered, Contradiction.None));

    // Of 100 ordered: what was delivered, what came back, and what becomes of it.
    [Theory]
    [InlineData(Settled, 100, 60, "", 100, Contradiction.ConflictingReports)]
    [InlineData(Settled, 100, 99, "", 100, Contradiction.ConflictingReports)]
    [InlineData(Settled, 100, 0, "", 100, Contradiction.None)]
    [InlineData(Settled, 100, -1, "", 100, Contradiction.None)]
    [InlineData(Settled, 60, 59, "", 60, Contradiction.ConflictingReports)]
    [InlineData(Settled, 60, 60, "Returned", 60, Contradiction.None)]
    [InlineData(Settled, 60, 61, "Returned", 60, Contradiction.ReturnedTwice)]
    [InlineData(Settled, 60, 100, "Returned", 60, Contradiction.None)]
    [InlineData(Settled, 100, 101, "Returned", 100, Contradiction.ReturnedTwice)]
    [InlineData(SettledLate, 100, 60, "", 100, Contradiction.ConflictingReports)]
    [InlineData(SettledLate, 60, 60, "Returned", 60, Contradiction.None)]
    [InlineData(Released, 0, 60, "Settled", 100, Contradiction.ConflictingReports)]
    [InlineData(Sent, 0, 60, "Settled", 100, Contradiction.ConflictingReports)]
    [InlineData(Accepted, 0, 99, "Settled", 100, Contradiction.ConflictingReports)]
    [InlineData(InDoubt, 0, 1, "Settled", 100, Contradiction.ConflictingReports)]
    [InlineData(InDoubt, 0, 101, "Settled,Returned", 100, Contradiction.ReturnedTwice)]
    [InlineData(Sent, 0, 0, "InDoubt", 0, Contradiction.None)]
    [InlineData(Abandoned, 0, 60, "SettledLate", 100, Contradiction.ForcedLoss)]
    [InlineData(Abandoned, 0, 0, "", 0, Contradiction.None)]
    public void Of_a_return_ends_the_payment_only_when_all_that_was_delivered_came_back(
        InstructionState state, long settledMinor, long amountMinor, string steps, long after,
        Contradiction contradiction) =>
        Outcome(ReportRule.Apply(state, Ordered, settledMinor, Return, amountMinor)).Should()
            .Be((steps, after, contradiction));

    [Fact]
    public void Of_a_part_that_came_back_frees_no_state()
    {
        foreach (var state in Enum.GetValues<InstructionState>().Except(InstructionLifecycle.Freed))
        {
            for (var amount = -1L; amount < Ordered; amount++)
            {
                var settled = state is Settled or SettledLate ? Ordered : 0;
                ReportRule.Apply(state, Ordered, settled, Return, amount).Steps.Should()
                    .NotContain(step => InstructionLifecycle.IsFreed(step), $"{state} of which a part came back");
            }
        }
    }

    [Theory]
    [InlineData(-1, Contradiction.None)]
    [InlineData(1, Contradiction.ReturnedTwice)]
    [InlineData(59, Contradiction.ReturnedTwice)]
    [InlineData(60, Contradiction.None)]
    [InlineData(61, Contradiction.ReturnedTwice)]
    public void Of_a_second_return_is_more_money_unless_it_names_the_delivered_amount(
        long amountMinor, Contradiction contradiction) =>
        Outcome(ReportRule.Apply(Returned, Ordered, 60, Return, amountMinor)).Should().Be(("", 60, contradiction));

    private static string Shown(InstructionState state, InstructionTrigger trigger)
    {
        var paid = state is Settled or SettledLate or Returned ? Ordered : 0;
        var (steps, _, contradiction) = Outcome(ReportRule.Apply(state, Ordered, paid, trigger, Ordered));
        var word = contradiction == Contradiction.ConflictingReports ? "Conflict" : $"{contradiction}";
        var shown = steps + (contradiction == Contradiction.None ? "" : $"!{word}");
        return shown.Length == 0 ? "." : shown;
    }

    private static (string Steps, long SettledMinor, Contradiction Contradiction) Outcome(ReportEffect effect) =>
        (string.Join(',', effect.Steps), effect.SettledMinor, effect.Contradiction);
}
