using System.Text.Json;
using TwinTrack.Contracts.Payments.V1;
using TwinTrack.Kernel;
using TwinTrack.Payments.Persistence;

namespace TwinTrack.Services.Tests.Payments;

public sealed class A_late_success
{
    [Fact]
    public async Task Holds_the_other_attempt_and_is_resolved_when_that_is_withdrawn()
    {
        await using var payments = await PaymentsHost.StartAsync();
        var (first, second) = await PaidOnTheOtherTrackAsync(payments);

        await payments.ReportAsync("settled", "A", "COMPLETED", first.InstructionId);
        await payments.ReportAsync("settled", "A", "COMPLETED", first.InstructionId);

        (await payments.Host.SentAsync<PaymentsDb, HoldInstruction>()).Should()
            .ContainSingle().Which.InstructionId.Should().Be(second.InstructionId);
        (await IncidentAsync(payments)).GetProperty("state").GetString().Should().Be("Holding");
        await payments.ReportAsync("withdrawn", "A", "NEVER_SENT", second.InstructionId);

        var incident = await IncidentAsync(payments);
        incident.GetProperty("state").GetString().Should().Be("Closed");
        incident.GetProperty("ending").GetString().Should().Be("Stands");
        incident.GetProperty("note").GetString().Should().EndWith("the first payment stands.");
        (await payments.StoryAsync(first.ObligationId)).GetProperty("unpaidReason").GetString().Should()
            .Be("late_success", "and it is never planned again");
    }

    [Fact]
    public async Task Becomes_paid_twice_when_the_other_attempt_is_paid_as_well()
    {
        await using var payments = await PaymentsHost.StartAsync();
        var (first, second) = await PaidOnTheOtherTrackAsync(payments);

        await payments.ReportAsync("settled", "A", "COMPLETED", first.InstructionId);
        await payments.ReportAsync("settled", "A", "COMPLETED", second.InstructionId);

        var incident = await IncidentAsync(payments);
        incident.GetProperty("kind").GetString().Should().Be("PaidTwice");
        incident.GetProperty("state").GetString().Should().Be("Recovering");
        incident.GetProperty("lossMinor").GetInt64().Should()
            .Be(PaymentsHost.AmountMinor, "the second payment is the payment, all of the first is too much");
        incident.GetProperty("owner").GetString().Should().Be(Role.Finance);
    }

    [Fact]
    public async Task Of_an_attempt_that_has_no_other_blocks_the_obligation()
    {
        await using var payments = await PaymentsHost.StartAsync();
        var (_, orders) = await payments.ReleasedAsync(1);
        await payments.ReportAsync("rejected", "A", "AC04", orders[0].InstructionId);

        await payments.ReportAsync("settled", "A", "COMPLETED", orders[0].InstructionId);

        (await IncidentAsync(payments)).GetProperty("state").GetString().Should().Be("Open");
        await payments.MoveAsync((await payments.CountAsync(1)).ListHash);
        await payments.CountAsync(2);
        (await payments.Host.SentAsync<PaymentsDb, RouteInstructions>()).Should()
            .ContainSingle("what may have been paid is not planned again");
    }

    [Fact]
    public async Task A_rejection_after_payment_is_a_contradiction_and_changes_no_state()
    {
        await using var payments = await PaymentsHost.StartAsync();
        var (_, orders) = await payments.ReleasedAsync(1);
        await payments.ReportAsync("settled", "A", "COMPLETED", orders[0].InstructionId);

        await payments.ReportAsync("rejected", "A", "AC04", orders[0].InstructionId);

        (await IncidentAsync(payments)).GetProperty("kind").GetString().Should().Be("Contradiction");
        (await payments.StoryAsync(orders[0].InstructionId)).GetProperty("status").GetString().Should().Be("Settled");
    }

    private static async Task<(SubmitRow First, SubmitRow Second)> PaidOnTheOtherTrackAsync(PaymentsHost payments)
    {
        var (_, orders) = await payments.ReleasedAsync(1);
        await payments.ReportAsync("rejected", "A", "AC04", orders[0].InstructionId);
        await payments.MoveAsync((await payments.CountAsync(1)).ListHash);
        await A_move_of_track.AskedAgainAsync(payments, 1);
        await payments.RouteAsync(PaymentsHost.Track2, payments.Switch);
        return (orders[0], (await payments.OrdersAsync(PaymentsHost.Track2, 1))[0]);
    }

    private static async Task<JsonElement> IncidentAsync(PaymentsHost payments) =>
        (await payments.GetAsync("/payments/incidents")).GetProperty("items").EnumerateArray().Should()
            .ContainSingle().Subject;
}
