using TwinTrack.Kernel;
using TwinTrack.Providers.Domain;
using static TwinTrack.Providers.Domain.PaymentOrderState;

namespace TwinTrack.Domain.Tests.Providers;

public sealed class Hearing_a_provider
{
    private static readonly Verdict AcceptedNow = new(Outcome.Accepted, Grade.C, "ACSP");
    private static readonly Verdict SettledNow = new(Outcome.Settled, Grade.A, "ACCC");
    private static readonly Verdict RejectedNow = new(Outcome.Rejected, Grade.A, "RJCT");
    private static readonly Verdict RecalledNow = new(Outcome.Recalled, Grade.A, "CNCL");
    private static readonly Verdict ReturnedNow = new(Outcome.Returned, Grade.B, "FOCR");
    private static readonly Verdict[] All =
        [AcceptedNow, SettledNow, RejectedNow, RecalledNow, ReturnedNow, Verdict.Unknown("TIMEOUT"),
            new(Outcome.RecallRefused, Grade.C, "RJCR")];

    // What is reported, for each state and each outcome; a star where it contradicts what was said before.
    private const string Picture = """
                  Unknown  Accepted Settled  Rejected  Recalled  RecallRefused Returned
        Queued    .        .        settled* .         .         .             returned*
        Sent      in_doubt accepted settled  rejected  recalled  .             settled+returned
        Accepted  in_doubt .        settled  rejected  recalled  .             settled+returned
        InDoubt   .        .        settled  rejected  recalled  .             settled+returned
        Settled   .        .        .        rejected* recalled* .             returned
        Rejected  .        .        settled* .         .         .             returned*
        Recalled  .        .        settled* .         .         .             returned*
        Returned  .        .        .        .         .         .             .
        Withdrawn .        .        settled* .         .         .             returned*
        Refused   .        .        settled* .         .         .             returned*
        """;

    [Fact]
    public void Every_cell_of_the_picture_is_what_is_heard()
    {
        var lines = Picture.Split('\n');
        var outcomes = Words(lines[0]).Select(Enum.Parse<Outcome>).ToArray();
        outcomes.Should().BeEquivalentTo(Enum.GetValues<Outcome>(), "the picture shows every outcome");
        lines.Length.Should().Be(Enum.GetValues<PaymentOrderState>().Length + 1, "the picture shows every state");
        foreach (var line in lines[1..])
        {
            var cells = Words(line);
            for (var column = 0; column < outcomes.Length; column++)
            {
                var effect = VerdictRule.Apply(
                    Enum.Parse<PaymentOrderState>(cells[0]),
                    All.Single(verdict => verdict.Outcome == outcomes[column]));
                var drawn = effect.Reports.Count == 0
                    ? "." : string.Join('+', effect.Reports.Select(Word.Of)) + (effect.Contradicts ? "*" : "");
                drawn.Should().Be(cells[column + 1], $"{cells[0]} on {outcomes[column]}");
            }
        }
    }

    [Theory]
    [InlineData(Outcome.Rejected, Grade.C)]
    [InlineData(Outcome.Rejected, Grade.D)]
    [InlineData(Outcome.Recalled, Grade.C)]
    [InlineData(Outcome.Recalled, Grade.D)]
    [InlineData(Outcome.Returned, Grade.C)]
    [InlineData(Outcome.Returned, Grade.D)]
    public void A_word_that_would_free_counts_only_with_the_grade_that_frees(Outcome outcome, Grade grade)
    {
        foreach (var state in PaymentOrderLifecycle.Open)
        {
            PaymentOrderLifecycle.IsOpen(VerdictRule.Apply(state, new Verdict(outcome, grade, "X")).State).Should()
                .BeTrue($"{state} was promised {outcome} at {grade}");
        }
    }

    // Changes nothing, but is kept as an answer, and only while the order has no final outcome.
    [Theory]
    [InlineData(Outcome.Rejected, Grade.C)]
    [InlineData(Outcome.Recalled, Grade.C)]
    [InlineData(Outcome.Returned, Grade.C)]
    [InlineData(Outcome.RecallRefused, Grade.A)]
    [InlineData(Outcome.RecallRefused, Grade.B)]
    [InlineData(Outcome.RecallRefused, Grade.C)]
    [InlineData(Outcome.RecallRefused, Grade.D)]
    public void A_promise_and_a_refused_recall_are_noted_while_the_order_is_open(Outcome outcome, Grade grade)
    {
        foreach (var state in Enum.GetValues<PaymentOrderState>())
        {
            VerdictRule.Apply(state, new Verdict(outcome, grade, "X")).Should().BeEquivalentTo(
                new VerdictEffect(state, [], Contradicts: false, Noted: PaymentOrderLifecycle.IsOpen(state)),
                $"{state} heard {outcome} at {grade}");
        }
    }

    [Theory]
    [InlineData(Outcome.Unknown)]
    [InlineData(Outcome.Accepted)]
    [InlineData(Outcome.Settled)]
    [InlineData(Outcome.Rejected)]
    [InlineData(Outcome.Recalled)]
    [InlineData(Outcome.Returned)]
    public void A_word_of_the_worst_grade_is_silence(Outcome outcome)
    {
        foreach (var state in Enum.GetValues<PaymentOrderState>())
        {
            VerdictRule.Apply(state, new Verdict(outcome, Grade.D, "X")).Should()
                .BeEquivalentTo(VerdictRule.Apply(state, Verdict.Unknown("X")));
        }
    }

    [Fact]
    public void A_word_of_a_settlement_at_grade_c_is_an_acceptance()
    {
        foreach (var state in Enum.GetValues<PaymentOrderState>())
        {
            VerdictRule.Apply(state, new Verdict(Outcome.Settled, Grade.C, "X")).Should()
                .BeEquivalentTo(VerdictRule.Apply(state, AcceptedNow));
        }
    }

    [Theory]
    [InlineData(Outcome.Settled)]
    [InlineData(Outcome.Rejected)]
    [InlineData(Outcome.Unknown)]
    public void Only_a_return_is_judged_by_whether_all_came_back(Outcome outcome)
    {
        foreach (var state in Enum.GetValues<PaymentOrderState>())
        {
            VerdictRule.Apply(state, new Verdict(outcome, Grade.A, "X"), new WordAmounts(60, 100, null)).Should()
                .BeEquivalentTo(VerdictRule.Apply(state, new Verdict(outcome, Grade.A, "X")));
        }
    }

    [Theory]
    [InlineData(Outcome.Settled, 60, null, Finding.Payment)]
    [InlineData(Outcome.Settled, 60, 60L, Finding.Payment)]
    [InlineData(Outcome.Settled, 59, 60L, Finding.OtherPayment)]
    [InlineData(Outcome.Settled, 61, 60L, Finding.OtherPayment)]
    [InlineData(Outcome.Returned, 100, null, Finding.Return)]
    [InlineData(Outcome.Returned, 99, null, Finding.ReturnInPart)]
    [InlineData(Outcome.Returned, 60, 60L, Finding.Return)]
    [InlineData(Outcome.Returned, 59, 60L, Finding.ReturnInPart)]
    [InlineData(Outcome.Returned, 61, 60L, Finding.ReturnBeyond)]
    [InlineData(Outcome.Rejected, 60, 100L, Finding.Rejection)]
    public void A_word_about_money_is_judged_by_what_was_delivered(
        Outcome outcome, long named, long? delivered, Finding finding) =>
        VerdictRule.FindingOf(new Verdict(outcome, Grade.A, "X"), new WordAmounts(named, 100, delivered)).Should()
            .Be(finding);

    [Theory]
    [InlineData(ReportOutcome.Settled, Finding.ReturnInPart, 100)]
    [InlineData(ReportOutcome.Returned, Finding.ReturnInPart, 60)]
    [InlineData(ReportOutcome.Settled, Finding.Payment, 60)]
    [InlineData(ReportOutcome.Returned, Finding.Return, 60)]
    public void What_a_return_in_part_proves_to_be_paid_is_the_whole(
        ReportOutcome report, Finding finding, long minor) =>
        VerdictRule.ReportedMinor(report, finding, new WordAmounts(60, 100, null)).Should().Be(minor);

    [Theory]
    [InlineData(Queued, null)]
    [InlineData(Sent, "sent")]
    [InlineData(Accepted, "accepted")]
    [InlineData(InDoubt, "in_doubt")]
    [InlineData(Settled, "settled")]
    [InlineData(Rejected, "rejected")]
    [InlineData(Recalled, "recalled")]
    [InlineData(Returned, "returned")]
    [InlineData(Withdrawn, "withdrawn")]
    [InlineData(Refused, "rejected")]
    public void Each_state_is_reported_by_its_word_and_what_is_queued_is_not(PaymentOrderState state, string? word) =>
        (VerdictRule.ReportOf(state) is { } report ? Word.Of(report) : null).Should().Be(word);

    [Fact]
    public void Silence_never_ends_an_order()
    {
        foreach (var state in Enum.GetValues<PaymentOrderState>())
        {
            VerdictRule.Apply(state, Verdict.Unknown("HTTP404")).State.Should().BeOneOf(state, InDoubt);
        }
    }

    [Fact]
    public void Heard_twice_is_heard_once()
    {
        foreach (var state in Enum.GetValues<PaymentOrderState>())
        {
            foreach (var verdict in All)
            {
                var once = VerdictRule.Apply(state, verdict);
                var again = VerdictRule.Apply(once.State, verdict);
                again.State.Should().Be(once.State, $"{state} on {verdict.Outcome} twice");
                (again.Reports.Count == 0 || again.Contradicts).Should()
                    .BeTrue("a repetition reports at most the same contradiction");
            }
        }
    }

    [Fact]
    public void A_final_state_takes_nothing_but_a_return()
    {
        foreach (var state in new[] { Settled, Rejected, Recalled, Returned, Withdrawn, Refused })
        {
            foreach (var verdict in All)
            {
                var next = VerdictRule.Apply(state, verdict).State;
                (next == state || (state == Settled && next == Returned)).Should()
                    .BeTrue($"{state} on {verdict.Outcome} became {next}");
            }
        }
    }

    [Fact]
    public void What_a_provider_claims_to_have_paid_never_leaves_the_queue()
    {
        VerdictRule.Apply(Queued, SettledNow).State.Should().Be(Withdrawn);
    }

    private static string[] Words(string line) =>
        line.Split(' ', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
}
