using TwinTrack.Payments.Domain;
using static TwinTrack.Payments.Domain.InstructionTrigger;

namespace TwinTrack.Domain.Tests.Payments;

public sealed class Evidence_rule
{
    private const string Drawing = """
                  A         B         C         D
        sent      Send      Send      Send      Send
        accepted  Accept    Accept    Accept    Accept
        in_doubt  LoseTrack LoseTrack LoseTrack LoseTrack
        settled   Settle    Settle    Accept    LoseTrack
        rejected  Reject    Reject    LoseTrack LoseTrack
        recalled  Recall    Recall    LoseTrack LoseTrack
        withdrawn Withdraw  Withdraw  LoseTrack LoseTrack
        returned  Return    Return    LoseTrack LoseTrack
        """;

    [Fact]
    public void Every_cell_is_as_drawn()
    {
        var lines = Drawing.Split('\n');
        var cells = 0;
        foreach (var line in lines[1..])
        {
            var words = line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
            foreach (var (grade, word) in new[] { "A", "B", "C", "D" }.Zip(words[1..]))
            {
                EvidenceRule.TriggerOf(words[0], grade).Should()
                    .Be(Enum.Parse<InstructionTrigger>(word), $"{words[0]} of grade {grade}");
                cells++;
            }
        }

        cells.Should().Be(EvidenceRule.Table.Count);
    }

    [Theory]
    [InlineData("failed", "A")]
    [InlineData("Settled", "A")]
    [InlineData("settled", "E")]
    [InlineData("settled", "0")]
    [InlineData("settled", "")]
    public void An_unknown_word_or_grade_is_a_fault_of_its_field_and_no_default(string outcome, string grade) =>
        FluentActions.Invoking(() => EvidenceRule.TriggerOf(outcome, grade)).Should().Throw<FormatException>()
            .WithMessage(outcome == "settled" ? "rows.grade: *" : "rows.outcome: *");

    [Fact]
    public void Nothing_of_grade_c_or_d_frees_an_obligation_from_any_state()
    {
        foreach (var (_, grade, trigger) in EvidenceRule.Table.Where(row => row.Grade is Grade.C or Grade.D))
        {
            foreach (var state in Enum.GetValues<InstructionState>().Where(InstructionLifecycle.IsLive))
            {
                var effect = ReportRule.Apply(state, 100, 0, trigger, 100);
                effect.Steps.Should().NotContain(
                    step => InstructionLifecycle.IsFreed(step), $"{state} on {trigger} of grade {grade}");
            }
        }
    }

    [Theory]
    [InlineData(InstructionState.Rejected, Contradiction.LateSuccess)]
    [InlineData(InstructionState.Recalled, Contradiction.LateSuccess)]
    [InlineData(InstructionState.Withdrawn, Contradiction.LateSuccess)]
    [InlineData(InstructionState.Returned, Contradiction.None)]
    [InlineData(InstructionState.Settled, Contradiction.None)]
    public void A_success_that_comes_late_changes_nothing_and_is_named(InstructionState state, Contradiction expected)
    {
        var delivered = state is InstructionState.Settled or InstructionState.Returned ? 100 : 0;
        var effect = ReportRule.Apply(state, 100, delivered, Settle, 100);

        effect.Changes.Should().BeFalse();
        effect.Contradiction.Should().Be(expected);
    }

    [Theory]
    [InlineData(Reject)]
    [InlineData(Recall)]
    [InlineData(Withdraw)]
    public void Nothing_unpays_what_is_settled_but_it_is_named(InstructionTrigger trigger)
    {
        var effect = ReportRule.Apply(InstructionState.Settled, 100, 100, trigger, 100);

        effect.Changes.Should().BeFalse();
        effect.Contradiction.Should().Be(Contradiction.ConflictingReports);
    }

    [Fact]
    public void What_came_back_before_it_was_said_to_be_paid_was_paid_and_came_back() =>
        ReportRule.Apply(InstructionState.Accepted, 100, 0, Return, 100).Steps.Should()
            .Equal(InstructionState.Settled, InstructionState.Returned);

    [Fact]
    public void A_partial_delivery_settles_with_what_was_delivered() =>
        ReportRule.Apply(InstructionState.Sent, 100, 0, Settle, 60).Should()
            .BeEquivalentTo(new { SettledMinor = 60, Contradiction = Contradiction.None });

    [Fact]
    public void A_delivery_of_nothing_is_a_doubt() =>
        ReportRule.Apply(InstructionState.Sent, 100, 0, Settle, 0).Steps.Should().Equal(InstructionState.InDoubt);

    [Fact]
    public void More_than_was_ordered_is_settled_and_named() =>
        ReportRule.Apply(InstructionState.Sent, 100, 0, Settle, 150).Should()
            .BeEquivalentTo(new { SettledMinor = 150, Contradiction = Contradiction.ConflictingReports });

    // From: what was given up without evidence; the word that comes later; then what becomes of it.
    [Theory]
    [InlineData(InstructionState.Abandoned, Settle, 100, "SettledLate", 100, Contradiction.ForcedLoss)]
    [InlineData(InstructionState.Abandoned, Settle, 60, "SettledLate", 60, Contradiction.ForcedLoss)]
    [InlineData(InstructionState.Abandoned, Settle, 0, "", 0, Contradiction.None)]
    [InlineData(InstructionState.Abandoned, Reject, 100, "Rejected", 0, Contradiction.None)]
    [InlineData(InstructionState.Abandoned, Recall, 100, "Recalled", 0, Contradiction.None)]
    [InlineData(InstructionState.Abandoned, Return, 100, "SettledLate,Returned", 100, Contradiction.None)]
    [InlineData(InstructionState.Abandoned, Withdraw, 100, "", 0, Contradiction.ConflictingReports)]
    [InlineData(InstructionState.Abandoned, LoseTrack, 100, "", 0, Contradiction.None)]
    [InlineData(InstructionState.Abandoned, Accept, 100, "", 0, Contradiction.None)]
    [InlineData(InstructionState.SettledLate, Settle, 100, "", 100, Contradiction.None)]
    [InlineData(InstructionState.SettledLate, Settle, 60, "", 100, Contradiction.ConflictingReports)]
    [InlineData(InstructionState.SettledLate, Reject, 100, "", 100, Contradiction.ConflictingReports)]
    [InlineData(InstructionState.SettledLate, Recall, 100, "", 100, Contradiction.ConflictingReports)]
    [InlineData(InstructionState.SettledLate, Return, 100, "Returned", 100, Contradiction.None)]
    public void Of_what_was_given_up_every_later_word_counts(
        InstructionState state, InstructionTrigger word, long amountMinor, string steps, long settledMinor,
        Contradiction contradiction)
    {
        var effect = ReportRule.Apply(state, 100, state == InstructionState.SettledLate ? 100 : 0, word, amountMinor);

        (string.Join(',', effect.Steps), effect.SettledMinor, effect.Contradiction).Should()
            .Be((steps, settledMinor, contradiction));
    }

    // I14: whatever the order and however often, the same end as once in causal order.
    [Theory]
    [InlineData("sent A,accepted C,in_doubt D,settled A", InstructionState.Settled)]
    [InlineData("sent A,accepted C,in_doubt D,rejected A", InstructionState.Rejected)]
    [InlineData("sent A,accepted C,in_doubt D,recalled A", InstructionState.Recalled)]
    [InlineData("sent A,accepted C,settled A,returned B", InstructionState.Returned)]
    [InlineData("sent A,accepted C,in_doubt D", InstructionState.InDoubt)]
    [InlineData("sent A,accepted C,settled A,in_doubt D,settled A", InstructionState.Settled)]
    [InlineData("sent A,accepted C,rejected C", InstructionState.InDoubt)]
    [InlineData("withdrawn A", InstructionState.Withdrawn)]
    public void Any_order_and_any_repetition_ends_alike(string causal, InstructionState end)
    {
        foreach (var order in Permutations(causal.Split(',')))
        {
            Run(order).Should().Be(end, string.Join(", ", order));
            Run([.. order, .. order]).Should().Be(end, $"twice {string.Join(", ", order)}");
            Run([.. order.SelectMany(word => new[] { word, word })]).Should()
                .Be(end, $"each twice {string.Join(", ", order)}");
        }
    }

    private static InstructionState Run(IEnumerable<string> words)
    {
        var (state, settled) = (InstructionState.Released, 0L);
        foreach (var word in words)
        {
            var parts = word.Split(' ');
            var effect = ReportRule.Apply(state, 100, settled, EvidenceRule.TriggerOf(parts[0], parts[1]), 100);
            (state, settled) = (effect.Changes ? effect.Steps[^1] : state, effect.SettledMinor);
        }

        return state;
    }

    private static IEnumerable<string[]> Permutations(string[] words) => words.Length <= 1
        ? [words]
        : words.SelectMany(
            (word, index) => Permutations([.. words[..index], .. words[(index + 1)..]])
                .Select(rest => (string[])[word, .. rest]));
}
