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
    private static readonly InstructionState[] NeverPaid =
        [InstructionState.Rejected, InstructionState.Recalled, InstructionState.Withdrawn];
    private static readonly PaymentOrderState[] FreedOrders = [.. EndedOrders.Except([PaymentOrderState.Settled])];
    private static readonly Finding[] PaidBy =
        [Finding.Payment, Finding.OtherPayment, Finding.Return, Finding.ReturnInPart, Finding.ReturnBeyond];
    private static readonly WordAmounts Amounts60 = new(60, OrderedMinor, null);
    private static readonly List<Case> Walk = [.. Cases()];
    private static readonly List<WordPair> Pairs = [.. AllPairs()];

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
    public void Takes_a_return_in_part_as_proof_of_the_payment_in_every_state()
    {
        foreach (var state in Enum.GetValues<PaymentOrderState>())
        {
            foreach (var grade in new[] { Grade.A, Grade.B })
            {
                var effect = VerdictRule.Apply(state, new Verdict(Outcome.Returned, grade, "X"), Amounts60);
                var open = PaymentOrderLifecycle.IsOpen(state);

                effect.State.Should().Be(
                    open ? PaymentOrderState.Settled
                        : state == PaymentOrderState.Queued ? PaymentOrderState.Withdrawn : state);
                string.Join(',', effect.Reports).Should().Be(state switch
                {
                    PaymentOrderState.Settled => "",
                    PaymentOrderState.Returned => "Returned",
                    _ => "Settled",
                }, "the other part is paid");
                effect.Contradicts.Should().Be(!open && state != PaymentOrderState.Settled);
                effect.Noted.Should().Be(state != PaymentOrderState.Returned, "people look at the difference");
            }
        }
    }

    [Fact]
    public void Frees_nothing_as_never_paid_once_a_word_proved_a_payment() => HoldsForPairs(
        one => !one.Proved || ((one.Second.Order == one.First.Order
                || one.Second.Order == PaymentOrderState.Returned)
            && (NeverPaid.Contains(one.Start.Payment) || !NeverPaid.Contains(one.Second.Payment))));

    [Fact]
    public void Frees_a_payment_as_returned_only_when_all_of_it_came_back() => HoldsForPairs(
        one => one.Second.Payment != InstructionState.Returned || one.Start.Payment == InstructionState.Returned
            || IsWholeReturn(one.FirstWord, one.Start) || IsWholeReturn(one.SecondWord, one.First));

    [Fact]
    public void Shows_what_is_freed_and_then_proved_paid_in_any_amount() => HoldsForPairs(
        one => !(FreedOrders.Contains(one.First.Order) && PaidBy.Contains(one.Second.Finding))
            || one.SecondRepeatsWhatCameBack
            || (one.Second.Contradicts && (one.Start.Order == PaymentOrderState.Queued || one.Second.IsNamed)));

    [Fact]
    public void Shows_each_payment_of_another_amount() => HoldsForPairs(
        one => one.Second.Finding != Finding.OtherPayment || (one.Second.Contradicts && one.Second.IsNamed));

    [Fact]
    public void Lets_both_services_stand_alike_after_two_words() => HoldsForPairs(
        one => one.First.Contradicts || one.Second.Contradicts
            || one.Second.Payment == PaymentOf(one.Second.Order));

    // The smallest inputs of attacks: an order of 100 in this state, the first word and the second word.
    [Theory]
    [InlineData(PaymentOrderState.Sent, "Returned 5", "Rejected 100", PaymentOrderState.Settled, true)]
    [InlineData(PaymentOrderState.InDoubt, "Returned 5", "Rejected 100", PaymentOrderState.Settled, true)]
    [InlineData(PaymentOrderState.Sent, "Rejected 100", "Returned 5", PaymentOrderState.Rejected, true)]
    [InlineData(PaymentOrderState.Sent, "Settled 60", "Settled 100", PaymentOrderState.Settled, true)]
    [InlineData(PaymentOrderState.Sent, "Settled 60", "Returned 60", PaymentOrderState.Returned, false)]
    [InlineData(PaymentOrderState.Sent, "Returned 100", "Settled 60", PaymentOrderState.Returned, true)]
    [InlineData(PaymentOrderState.Sent, "Returned 100", "Settled 100", PaymentOrderState.Returned, false)]
    [InlineData(PaymentOrderState.Sent, "Returned 100", "Returned 5", PaymentOrderState.Returned, true)]
    public void Follows_two_words(
        PaymentOrderState state, string first, string second, PaymentOrderState end, bool contradiction)
    {
        var pair = Follow(Begin(state), WordOf(first), WordOf(second));

        (pair.Second.Order, pair.Second.Contradicts, pair.Second.IsNamed).Should()
            .Be((end, contradiction, contradiction));
    }

    private static void HoldsForPairs(Func<WordPair, bool> claim) => Pairs.Where(one => !claim(one)).Take(20).Should()
        .BeEmpty();

    private static bool IsWholeReturn((Verdict Word, long AmountMinor) said, Heard before) =>
        said.Word.Outcome == Outcome.Returned && said.AmountMinor >= (before.DeliveredMinor ?? OrderedMinor);

    private static IEnumerable<WordPair> AllPairs()
    {
        var words = (
            from outcome in Enum.GetValues<Outcome>()
            from grade in Enum.GetValues<Grade>()
            from amount in new long[] { 40, 60, OrderedMinor }
            select (new Verdict(outcome, grade, "X"), amount)).ToList();
        var starts = Enum.GetValues<PaymentOrderState>().Select(state => Begin(state))
            .Append(Begin(PaymentOrderState.Settled, 60)).Append(Begin(PaymentOrderState.Returned, 60));
        return from start in starts
               from first in words
               from second in words
               select Follow(start, first, second);
    }

    private static (Verdict Word, long AmountMinor) WordOf(string text)
    {
        var parts = text.Split(' ');
        return (new Verdict(Enum.Parse<Outcome>(parts[0]), Grade.A, "X"),
            long.Parse(parts[1], System.Globalization.CultureInfo.InvariantCulture));
    }

    /// <param name="deliveredMinor">Of an order that was paid.</param>
    private static Heard Begin(PaymentOrderState order, long deliveredMinor = OrderedMinor)
    {
        var paid = order is PaymentOrderState.Settled or PaymentOrderState.Returned;
        return new Heard(order, PaymentOf(order), Finding.Nothing, paid ? deliveredMinor : null,
            paid ? deliveredMinor : 0, Contradicts: false, IsNamed: false);
    }

    private static WordPair Follow(Heard start, (Verdict, long) first, (Verdict, long) second)
    {
        var one = Hear(start, first);
        return new WordPair(start, first, one, second, Hear(one, second));
    }

    private static Heard Hear(Heard before, (Verdict Word, long AmountMinor) said)
    {
        var amounts = new WordAmounts(said.AmountMinor, OrderedMinor, before.DeliveredMinor);
        var finding = VerdictRule.FindingOf(said.Word, amounts);
        var effect = VerdictRule.Apply(before.Order, said.Word, amounts);
        var (payment, settled, delivered, named) =
            (before.Payment, before.SettledMinor, before.DeliveredMinor, false);
        foreach (var report in effect.Reports)
        {
            var minor = VerdictRule.ReportedMinor(report, finding, amounts);
            var taken = ReportRule.Apply(payment, OrderedMinor, settled,
                EvidenceRule.TriggerOf(Word.Of(report), Word.Of(said.Word.Grade)), minor);
            (payment, settled) = (taken.Changes ? taken.Steps[^1] : payment, taken.SettledMinor);
            named |= taken.Contradiction != Contradiction.None;
            delivered = report == TwinTrack.Providers.Domain.ReportOutcome.Settled && !effect.Contradicts
                ? minor : delivered;
        }

        return new Heard(effect.State, payment, finding, delivered, settled, effect.Contradicts, named);
    }

    /// <summary>Where both services stand after a word.</summary>
    private sealed record Heard(PaymentOrderState Order, InstructionState Payment, Finding Finding,
        long? DeliveredMinor, long SettledMinor, bool Contradicts, bool IsNamed);

    /// <summary>Two words about one order, one after the other.</summary>
    private sealed record WordPair(Heard Start, (Verdict, long) FirstWord, Heard First, (Verdict, long) SecondWord,
        Heard Second)
    {
        public bool Proved => Start.Order == PaymentOrderState.Settled || PaidBy.Contains(First.Finding);

        /// <summary>The same words again, with the amount that was delivered and came back.</summary>
        public bool SecondRepeatsWhatCameBack => First.Order == PaymentOrderState.Returned
            && Second.Finding is Finding.Payment or Finding.Return;
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
        // As the service does it: an amount of nothing proves nothing, and an order that was paid has its amount.
        var heard = amountMinor > 0 ? word : TwinTrack.Providers.Domain.Verdict.Unknown("AMOUNT_UNREADABLE");
        long? delivered = order is PaymentOrderState.Settled or PaymentOrderState.Returned ? OrderedMinor : null;
        var amounts = new WordAmounts(amountMinor, OrderedMinor, delivered);
        var verdict = VerdictRule.Apply(order, heard, amounts);
        var state = payment;
        var settled = payment is InstructionState.Settled or InstructionState.SettledLate or InstructionState.Returned
            ? OrderedMinor : 0;
        var named = new List<Contradiction>();
        foreach (var report in verdict.Reports)
        {
            var trigger = EvidenceRule.TriggerOf(Word.Of(report), Word.Of(heard.Grade));
            var effect = ReportRule.Apply(state, OrderedMinor, settled, trigger,
                VerdictRule.ReportedMinor(report, VerdictRule.FindingOf(heard, amounts), amounts));
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
