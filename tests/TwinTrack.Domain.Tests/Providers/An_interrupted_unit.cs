using TwinTrack.Providers.Domain;

namespace TwinTrack.Domain.Tests.Providers;

public sealed class An_interrupted_unit
{
    private static readonly InterruptedOrder Sent = new(PaymentOrderState.Sent, RecallRequested: false, Stopped: false);

    [Fact]
    public void May_leave_again_through_the_gate_as_it_stood() =>
        ResendRule.Allows(gateOpen: true, [Sent, Sent]).Should().BeTrue();

    [Fact]
    public void Does_not_leave_through_a_closed_gate() =>
        ResendRule.Allows(gateOpen: false, [Sent]).Should().BeFalse();

    [Fact]
    public void Does_not_leave_when_a_stop_covers_one_of_its_orders() =>
        ResendRule.Allows(gateOpen: true, [Sent, Sent with { Stopped = true }]).Should().BeFalse();

    [Fact]
    public void Does_not_leave_when_one_of_its_orders_is_to_come_back() =>
        ResendRule.Allows(gateOpen: true, [Sent, Sent with { RecallRequested = true }]).Should().BeFalse();

    [Fact]
    public void Does_not_leave_when_one_of_its_orders_is_no_longer_sent()
    {
        foreach (var state in Enum.GetValues<PaymentOrderState>().Where(state => state != PaymentOrderState.Sent))
        {
            ResendRule.Allows(gateOpen: true, [Sent, Sent with { State = state }])
                .Should().BeFalse($"one order is {state}");
        }
    }
}
