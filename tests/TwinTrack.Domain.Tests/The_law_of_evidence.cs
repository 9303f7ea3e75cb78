using TwinTrack.Kernel;
using TwinTrack.Payments.Domain;
using TwinTrack.Providers.Domain;
using Grade = TwinTrack.Providers.Domain.Grade;
using ReportedOutcome = TwinTrack.Payments.Domain.ReportOutcome;

namespace TwinTrack.Domain.Tests;

/// <summary>
/// From a provider's word to a payment. The tables of Providers (<see cref="VerdictRule"/>) and of Payments
/// (<see cref="EvidenceRule"/>, <see cref="ReportRule"/>) are walked together, over every word, grade and state. The
/// walk includes moments at which one service does not know yet what the other knows.
/// </summary>
public sealed class The_law_of_evidence
{
    private const long OrderedMinor = 100;
    private static readonly long[] Amounts = [0, 60, OrderedMinor, 150];
    private static readonly PaymentOrderState[] MayBePaidYet =
        [PaymentOrderState.Queued, PaymentOrderState.Sent, PaymentOrderState.Accepted, PaymentOrderState.InDoubt];
    private static readonly PaymentOrderState[] EndedOrders =
        [.. Enum.GetValues<PaymentOrderState>().Except(MayBePaidYet)];
    private static readonly InstructionState[] EndedPayments =
        [.. InstructionLifecycle.Freed, InstructionState.Settled, InstructionState.SettledLate];
    private static readonly List<Case> Walk = [.. Cases()];

    private sealed record Case(PaymentOrderState Order, Verdict Word, InstructionState Payment, long AmountMinor)
    {
        public required VerdictEffect Verdict { get; init; }

        public required InstructionState PaymentAfter { get; init; }

        public required IReadOnlyList<Contradiction> Contradictions { get; init; }

        /// <summary>Whether the word is final: it says how the order ended, with a grade that proves it.</summary>
        public bool IsFinal => Word.Grade is Grade.A or Grade.B
            && Word.Outcome is not (Outcome.Unknown or Outcome.Accepted or Outcome.RecallRefused);

        /// <summary>Payments has heard all that Providers knew.</summary>
        public bool InStep => Payment == PaymentOf(Order);

        public override string ToString() =>
            FormattableString.Invariant($"{Word.Outcome} {Word.Grade} of {AmountMinor}: order {Order} → ")
                + FormattableString.Invariant($"{Verdict.State}, payment {Payment} → {PaymentAfter}");
    }

    [Fact]
    public void Has_one_effect_for_every_word_of_every_grade_in_every_state()
    {
        VerdictRule.Findings.Select(row => (row.Outcome, row.Grade)).Should().OnlyHaveUniqueItems()
            .And.HaveCount(Enum.GetValues<Outcome>().Length * Enum.GetValues<Grade>().Length);
        VerdictRule.Table.Select(row => (row.State, row.Finding)).Should().OnlyHaveUniqueItems()
            .And.HaveCount(Enum.GetValues<PaymentOrderState>().Length * Enum.GetValues<Finding>().Length);
        EvidenceRule.Table.Select(row => (row.Outcome, row.Grade)).Should().OnlyHaveUniqueItems()
            .And.HaveCount(Enum.GetValues<ReportedOutcome>().Length * Enum.GetValues<Grade>().Length);
        Walk.Should().HaveCount(
            VerdictRule.Findings.Count * Enum.GetValues<PaymentOrderState>().Length
                * Enum.GetValues<InstructionState>().Length * Amounts.Length);
    }

    [Fact]
    public void Frees_no_payment_whose_order_may_still_be_paid() => Holds(
        one => InstructionLifecycle.IsFreed(one.Payment) || !InstructionLifecycle.IsFreed(one.PaymentAfter)
            || !MayBePaidYet.Contains(one.Verdict.State));

    [Fact]
    public void Never_makes_an_attempt_live_that_was_not() => Holds(
        one => InstructionLifecycle.IsLive(one.Payment) || !InstructionLifecycle.IsLive(one.PaymentAfter));

    [Fact]
    public void Ends_nothing_by_silence() => Holds(
        one => one.Word.Outcome != Outcome.Unknown
            || ((one.Verdict.State == one.Order || one.Verdict.State == PaymentOrderState.InDoubt)
                && (one.PaymentAfter == one.Payment || one.PaymentAfter == InstructionState.InDoubt)));

    [Fact]
    public void Ends_nothing_by_a_promise_or_by_a_word_without_information() => Holds(
        one => one.IsFinal
            || ((one.Verdict.State == one.Order || !EndedOrders.Contains(one.Verdict.State))
                && (one.PaymentAfter == one.Payment || !EndedPayments.Contains(one.PaymentAfter))));

    [Fact]
    public void Lets_weaker_words_change_and_contradict_no_end() => Holds(
        one => one.IsFinal || !EndedOrders.Contains(one.Order)
            || (one.Verdict is { Contradicts: false, Reports.Count: 0 } && one.Verdict.State == one.Order
                && one.PaymentAfter == one.Payment));

    [Fact]
    public void Lets_only_a_return_follow_an_end() => Holds(
        one => (!EndedOrders.Contains(one.Order) || one.Verdict.State == one.Order
                || (one.Order, one.Verdict.State) == (PaymentOrderState.Settled, PaymentOrderState.Returned))
            && (!EndedPayments.Contains(one.Payment) || one.PaymentAfter == one.Payment
                || one.PaymentAfter == InstructionState.Returned));

    [Fact]
    public void Is_read_alike_by_both_services() => Holds(
        one => !one.InStep || one.AmountMinor != OrderedMinor || one.Verdict.Contradicts
            || one.PaymentAfter == PaymentOf(one.Verdict.State));

    [Fact]
    public void Names_each_contradiction_to_people_and_changes_no_payment_by_it() => Holds(
        one => !one.InStep || one.AmountMinor != OrderedMinor || !one.Verdict.Contradicts
            || one.Order == PaymentOrderState.Queued
            || (one.PaymentAfter == one.Payment && one.Contradictions.Count > 0
                && !one.Contradictions.Contains(Contradiction.None)));

    [Fact]
    public void Keeps_what_is_queued_from_leaving_once_it_is_said_to_be_paid_or_returned() => Holds(
        one => one.Order != PaymentOrderState.Queued || one.Verdict.Reports.Count == 0
            || one.Verdict.State == PaymentOrderState.Withdrawn);

    [Fact]
    public void Moves_an_order_by_arrows_of_its_lifecycle()
    {
        foreach (var (state, _, effect) in VerdictRule.Table.Where(row => row.Effect.State != row.State))
        {
            PaymentOrderLifecycle.Table.Rows.Should().Contain(row => row.From == state && row.To == effect.State);
        }
    }

    [Fact]
    public void Frees_nothing_when_a_part_came_back_and_keeps_what_is_queued_from_leaving()
    {
        const TwinTrack.Providers.Domain.ReportOutcome Settled = TwinTrack.Providers.Domain.ReportOutcome.Settled;
        foreach (var state in Enum.GetValues<PaymentOrderState>())
        {
            foreach (var grade in new[] { Grade.A, Grade.B })
            {
                var effect = VerdictRule.Apply(state, new Verdict(Outcome.Returned, grade, "X"), inPart: true);

                effect.Noted.Should().BeTrue("people look at the difference");
                effect.State.Should().Be(state == PaymentOrderState.Queued ? PaymentOrderState.Withdrawn : state);
                effect.Reports.Should().Equal(
                    state == PaymentOrderState.Queued ? [Settled] : [], "the other part is paid");
            }
        }
    }

    private static void Holds(Func<Case, bool> claim) => Walk.Where(one => !claim(one)).Should().BeEmpty();

    /// <summary>Where a payment stands when Payments has heard all that Providers knows of its order.</summary>
    private static InstructionState PaymentOf(PaymentOrderState order) => order switch
    {
        PaymentOrderState.Queued => InstructionState.Released,
        _ => Enum.Parse<InstructionState>(VerdictRule.ReportOf(order)!.Value.ToString()),
    };

    private static IEnumerable<Case> Cases() =>
        from order in Enum.GetValues<PaymentOrderState>()
        from outcome in Enum.GetValues<Outcome>()
        from grade in Enum.GetValues<Grade>()
        from payment in Enum.GetValues<InstructionState>()
        from amount in Amounts
        select Follow(order, new Verdict(outcome, grade, "X"), payment, amount);

    private static Case Follow(PaymentOrderState order, Verdict word, InstructionState payment, long amountMinor)
    {
        // As the service does it: a return in part is its own finding, and reports the whole payment.
        var inPart = word.Outcome == Outcome.Returned && amountMinor < OrderedMinor;
        var verdict = VerdictRule.Apply(order, word, inPart);
        var state = payment;
        var settled = payment is InstructionState.Settled or InstructionState.SettledLate or InstructionState.Returned
            ? OrderedMinor : 0;
        var named = new List<Contradiction>();
        foreach (var report in verdict.Reports)
        {
            var trigger = EvidenceRule.TriggerOf(Word.Of(report), Word.Of(word.Grade));
            var effect = ReportRule.Apply(state, OrderedMinor, settled, trigger, inPart ? OrderedMinor : amountMinor);
            (state, settled) = (effect.Changes ? effect.Steps[^1] : state, effect.SettledMinor);
            named.Add(effect.Contradiction);
        }

        return new Case(order, word, payment, amountMinor)
        {
            Verdict = verdict,
            PaymentAfter = state,
            Contradictions = named,
        };
    }
}
