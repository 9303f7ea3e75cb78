using TwinTrack.Providers.Domain;

namespace TwinTrack.Providers.Tests.Agency;

/// <summary>Each case of the rule: the effect of a return's line on an order in each possible state.</summary>
public sealed class The_law_of_returns
{
    [Theory]
    [InlineData(ReturnKind.Full, ListStanding.Open, PaymentOrderState.Settled)]
    [InlineData(ReturnKind.Full, ListStanding.Closed, PaymentOrderState.Settled)]
    [InlineData(ReturnKind.Partial, ListStanding.Open, PaymentOrderState.Settled)]
    [InlineData(ReturnKind.Partial, ListStanding.Closed, PaymentOrderState.Settled)]
    [InlineData(ReturnKind.Zero, ListStanding.Open, PaymentOrderState.InDoubt)]
    [InlineData(ReturnKind.Zero, ListStanding.Closed, PaymentOrderState.Rejected)]
    [InlineData(ReturnKind.Unsuccessful, ListStanding.Open, PaymentOrderState.InDoubt)]
    [InlineData(ReturnKind.Unsuccessful, ListStanding.Closed, PaymentOrderState.Rejected)]
    [InlineData(ReturnKind.Pending, ListStanding.Open, PaymentOrderState.InDoubt)]
    [InlineData(ReturnKind.Pending, ListStanding.Closed, PaymentOrderState.InDoubt)]
    [InlineData(ReturnKind.Unlisted, ListStanding.Open, PaymentOrderState.InDoubt)]
    [InlineData(ReturnKind.Unlisted, ListStanding.Closed, PaymentOrderState.InDoubt)]
    [InlineData(ReturnKind.Missing, ListStanding.Open, PaymentOrderState.InDoubt)]
    [InlineData(ReturnKind.Missing, ListStanding.Closed, PaymentOrderState.InDoubt)]
    public void Says_what_becomes_of_an_order_that_was_sent(ReturnKind kind, ListStanding list, PaymentOrderState state)
    {
        var row = ReturnRule.Of(kind, list);
        var verdict = new Verdict(row.Outcome, row.Grade, "x");

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
    [InlineData(0, 100, ReturnKind.Zero)]
    [InlineData(1, 100, ReturnKind.Partial)]
    [InlineData(99, 100, ReturnKind.Partial)]
    [InlineData(100, 100, ReturnKind.Full)]
    [InlineData(101, 100, null)]
    public void Tells_kinds_apart_by_what_was_due(long delivered, long due, ReturnKind? kind) =>
        ReturnRule.KindOf(delivered, due).Should().Be(kind);
}
