using TwinTrack.Providers.Domain;

namespace TwinTrack.Domain.Tests.Providers;

/// <summary>What each line of a partner's return proves, and its effect on an order in each possible state.</summary>
public sealed class The_law_of_returns
{
    public static TheoryData<ReturnKind, ListStanding, Outcome, Grade, PaymentOrderState> Cases => new()
    {
        { ReturnKind.Full, ListStanding.Open, Outcome.Settled, Grade.A, PaymentOrderState.Settled },
        { ReturnKind.Full, ListStanding.Closed, Outcome.Settled, Grade.A, PaymentOrderState.Settled },
        { ReturnKind.Partial, ListStanding.Open, Outcome.Settled, Grade.A, PaymentOrderState.Settled },
        { ReturnKind.Partial, ListStanding.Closed, Outcome.Settled, Grade.A, PaymentOrderState.Settled },
        { ReturnKind.NotPaid, ListStanding.Open, Outcome.Unknown, Grade.D, PaymentOrderState.InDoubt },
        { ReturnKind.NotPaid, ListStanding.Closed, Outcome.Rejected, Grade.A, PaymentOrderState.Rejected },
        { ReturnKind.Unsuccessful, ListStanding.Open, Outcome.Unknown, Grade.D, PaymentOrderState.InDoubt },
        { ReturnKind.Unsuccessful, ListStanding.Closed, Outcome.Rejected, Grade.A, PaymentOrderState.Rejected },
        { ReturnKind.Pending, ListStanding.Open, Outcome.Unknown, Grade.D, PaymentOrderState.InDoubt },
        { ReturnKind.Pending, ListStanding.Closed, Outcome.Unknown, Grade.D, PaymentOrderState.InDoubt },
        { ReturnKind.Unlisted, ListStanding.Open, Outcome.Unknown, Grade.D, PaymentOrderState.InDoubt },
        { ReturnKind.Unlisted, ListStanding.Closed, Outcome.Unknown, Grade.D, PaymentOrderState.InDoubt },
        { ReturnKind.Missing, ListStanding.Open, Outcome.Unknown, Grade.D, PaymentOrderState.InDoubt },
        { ReturnKind.Missing, ListStanding.Closed, Outcome.Unknown, Grade.D, PaymentOrderState.InDoubt },
    };

    [Theory]
    [MemberData(nameof(Cases))]
    public void Says_what_becomes_of_an_order_that_was_sent(
        ReturnKind kind, ListStanding list, Outcome outcome, Grade grade, PaymentOrderState state)
    {
        var row = ReturnRule.Of(kind, list);
        var verdict = new Verdict(row.Outcome, row.Grade, "x");

        (row.Outcome, row.Grade).Should().Be((outcome, grade));
        row.Why.Should().NotBeEmpty();
        VerdictRule.Apply(PaymentOrderState.Sent, verdict).State.Should().Be(state);
        VerdictRule.Apply(PaymentOrderState.Accepted, verdict).State.Should().Be(state);
        VerdictRule.Apply(PaymentOrderState.InDoubt, verdict).State.Should().Be(state);
        VerdictRule.Apply(PaymentOrderState.Settled, verdict).State.Should()
            .Be(PaymentOrderState.Settled, "paid stays paid, whatever a later return says");
        verdict.Frees.Should().Be(state == PaymentOrderState.Rejected);
    }

    [Fact]
    public void Has_a_cell_for_every_kind_and_standing() =>
        ReturnRule.Table.Select(row => (row.Kind, row.List)).Should().BeEquivalentTo(
        Enum.GetValues<ReturnKind>().SelectMany(kind => Enum.GetValues<ListStanding>().Select(list => (kind, list))));

    [Theory]
    [InlineData(0, 100, ReturnKind.NotPaid)]
    [InlineData(1, 100, ReturnKind.Partial)]
    [InlineData(99, 100, ReturnKind.Partial)]
    [InlineData(100, 100, ReturnKind.Full)]
    [InlineData(101, 100, null)]
    public void Tells_kinds_apart_by_what_was_due(long delivered, long due, ReturnKind? kind) =>
        ReturnRule.KindOf(delivered, due).Should().Be(kind);
}
