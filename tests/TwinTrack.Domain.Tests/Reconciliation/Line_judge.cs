using TwinTrack.Kernel;
using TwinTrack.Reconciliation.Domain;
using static TwinTrack.Reconciliation.Domain.InstructionState;

namespace TwinTrack.Domain.Tests.Reconciliation;

public sealed class Line_judge
{
    private static readonly StatementId First = StatementId.New(TimeProvider.System);
    private static readonly StatementId Second = StatementId.New(TimeProvider.System);
    private static readonly Guid Instruction = InstructionId.New(TimeProvider.System).Value;

    [Theory]
    [InlineData(LineKind.Paid, Settled, 1_000, LineVerdict.Matched)]
    [InlineData(LineKind.Paid, Returned, 1_000, LineVerdict.Matched)]
    [InlineData(LineKind.Paid, SettledLate, 1_000, LineVerdict.Matched)]
    [InlineData(LineKind.Paid, Abandoned, 1_000, LineVerdict.PaidNotSettled)]
    [InlineData(LineKind.Paid, Settled, 999, LineVerdict.AmountDiffers)]
    [InlineData(LineKind.Paid, Sent, 1_000, LineVerdict.PaidNotSettled)]
    [InlineData(LineKind.Paid, InDoubt, 1_000, LineVerdict.PaidNotSettled)]
    [InlineData(LineKind.Paid, Rejected, 1_000, LineVerdict.PaidNotSettled)]
    [InlineData(LineKind.Returned, Returned, 1_000, LineVerdict.Matched)]
    [InlineData(LineKind.Returned, Settled, 1_000, LineVerdict.ReturnedNotBooked)]
    [InlineData(LineKind.Returned, SettledLate, 1_000, LineVerdict.ReturnedNotBooked)]
    [InlineData(LineKind.Returned, Returned, 400, LineVerdict.AmountDiffers)]
    public void A_first_line_is_held_against_our_state(
        LineKind kind, InstructionState state, long amount, LineVerdict verdict) =>
        StatementLineRule.Judge(Line(First, 1, kind, amount), Expected(state), []).Should().Be(verdict);

    [Fact]
    public void Another_currency_is_another_amount() =>
        StatementLineRule.Judge(Line(First, 1) with { Currency = "USD" }, Expected(Settled), []).Should()
            .Be(LineVerdict.AmountDiffers);

    [Fact]
    public void A_line_of_nothing_we_know_is_an_unknown_reference() =>
        StatementLineRule.Judge(Line(First, 1), null, []).Should().Be(LineVerdict.UnknownReference);

    [Fact]
    public void A_line_of_nothing_we_know_stays_so_when_it_is_asked_again() =>
        StatementLineRule.JudgeFirst(Line(First, 1), null).Should().Be(LineVerdict.UnknownReference);

    [Fact]
    public void A_second_paid_line_on_one_statement_is_a_duplicate() =>
        StatementLineRule.Judge(Line(First, 2), Expected(Settled), [Line(First, 1)]).Should()
            .Be(LineVerdict.DuplicateLine);

    [Fact]
    public void Another_booking_on_a_later_statement_is_a_duplicate() =>
        StatementLineRule.Judge(Line(Second, 1, reference: "B"), Expected(Settled), [Line(First, 1)]).Should()
            .Be(LineVerdict.DuplicateLine);

    [Fact]
    public void The_same_booking_on_a_later_statement_is_only_shown_again() =>
        StatementLineRule.Judge(Line(Second, 7), Expected(Settled), [Line(First, 1)]).Should().Be(LineVerdict.Repeated);

    [Fact]
    public void A_booking_that_a_later_statement_shows_twice_is_two() =>
        StatementLineRule.Judge(Line(Second, 8), Expected(Settled), [Line(First, 1), Line(Second, 7)]).Should()
            .Be(LineVerdict.DuplicateLine);

    [Fact]
    public void The_return_of_a_payment_is_no_second_payment() =>
        StatementLineRule.Judge(Line(First, 2, LineKind.Returned), Expected(Returned), [Line(First, 1)]).Should()
            .Be(LineVerdict.Matched);

    [Fact]
    public void A_break_closes_by_itself_when_our_state_has_caught_up()
    {
        var line = Line(First, 1) with { Verdict = LineVerdict.PaidNotSettled };
        var found =
            Break.OfLine(BreakId.New(TimeProvider.System), BreakKind.PaidNotSettled, line, Expected(Sent), default);

        BreakReview.Look(found, [line], Expected(Sent)).Should().BeNull("nothing has changed");
        BreakReview.Look(found, [line], Expected(Settled)).Should()
            .Be(new BreakFinding(BreakReview.CaughtUp, line with { Verdict = LineVerdict.Matched }));
    }

    [Fact]
    public void A_break_that_turns_out_to_be_of_another_kind_gives_way_to_it()
    {
        var line = Line(First, 1, amount: 999) with { Verdict = LineVerdict.PaidNotSettled };
        var found =
            Break.OfLine(BreakId.New(TimeProvider.System), BreakKind.PaidNotSettled, line, Expected(Sent), default);

        BreakReview.Look(found, [line], Expected(Settled)).Should()
            .Be(new BreakFinding(BreakReview.AnotherKind, line with { Verdict = LineVerdict.AmountDiffers }));
    }

    [Fact]
    public void A_payment_missed_on_a_statement_is_found_on_a_later_one()
    {
        var found = Break.OfAbsence(BreakId.New(TimeProvider.System), Expected(Settled), First, default);

        BreakReview.Look(found, [], Expected(Settled)).Should().BeNull();
        BreakReview.Look(found, [Line(Second, 1)], Expected(Settled))!.Note.Should().Be(BreakReview.Shown);
        BreakReview.Look(found, [], Expected(Returned))!.Note.Should().Be(BreakReview.NoLongerSettled);
    }

    [Fact]
    public void A_break_is_judged_again_by_its_own_line_only()
    {
        var line = Line(Second, 2, amount: 999) with { Verdict = LineVerdict.AmountDiffers };
        var found =
            Break.OfLine(BreakId.New(TimeProvider.System), BreakKind.AmountDiffers, line, Expected(Settled), default);
        StatementLine[] others =
        [
            Line(First, 2) with { Verdict = LineVerdict.PaidNotSettled },
            Line(Second, 1) with { Verdict = LineVerdict.PaidNotSettled },
        ];

        BreakReview.Look(found, [.. others, line], Expected(Settled)).Should().BeNull();
        BreakReview.Look(found, [.. others, line], Expected(Settled) with { DeliveredMinor = 999 })!.Line.Should()
            .Be(line with { Verdict = LineVerdict.Matched });
    }

    [Fact]
    public void A_missed_payment_is_not_shown_by_its_return()
    {
        var found = Break.OfAbsence(BreakId.New(TimeProvider.System), Expected(Settled), First, default);

        BreakReview.Look(found, [Line(Second, 1, LineKind.Returned)], Expected(Settled)).Should().BeNull();
        BreakReview.Look(found, [Line(Second, 1, LineKind.Returned), Line(Second, 2)], Expected(Settled)).Should()
            .Be(new BreakFinding(BreakReview.Shown, null));
        BreakReview.Look(found, [], null).Should().Be(new BreakFinding(BreakReview.NoLongerSettled, null));
    }

    [Fact]
    public void The_same_difference_found_again_has_the_same_key() =>
        Break.KeyOf(BreakKind.PaidNotSettled, Line(First, 1)).Should()
            .Be(Break.KeyOf(BreakKind.PaidNotSettled, Line(Second, 9)));

    private static StatementLine Line(StatementId statement, int number, LineKind kind = LineKind.Paid,
        long amount = 1_000, string reference = "A") => new()
        {
            StatementId = statement,
            Line = number,
            Channel = "t1-momo",
            InstructionId = Instruction,
            Kind = kind,
            AmountMinor = amount,
            Currency = "XOF",
            BookedOn = new DateOnly(2026, 11, 20),
            ProviderReference = reference,
        };

    private static Expectation Expected(InstructionState state) => new()
    {
        InstructionId = Instruction,
        ObligationId = ObligationId.From(Instruction),
        BatchId = BatchId.From(Instruction),
        Programme = "NE-SSN",
        Currency = "XOF",
        Channel = "t1-momo",
        Track = 1,
        FundingSource = "treasury",
        State = state,
        Version = 4,
        OrderedMinor = 1_000,
        DeliveredMinor = state is Settled or SettledLate or Returned ? 1_000 : null,
    };
}
