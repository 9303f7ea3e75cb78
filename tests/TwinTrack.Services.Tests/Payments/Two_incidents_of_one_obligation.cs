using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using TwinTrack.Contracts.Payments.V1;
using TwinTrack.Contracts.Reconciliation.V1;
using TwinTrack.Kernel;
using TwinTrack.Payments.Consumers;
using TwinTrack.Payments.Persistence;
using static TwinTrack.Services.Tests.Payments.An_incident;

namespace TwinTrack.Services.Tests.Payments;

public sealed class Two_incidents_of_one_obligation
{
    [Fact]
    public async Task Of_a_payment_that_stands_keeps_blocking_when_another_incident_ends()
    {
        await using var payments = await PaymentsHost.StartWithBooksAsync();
        var (_, first, second) = await TwoAttemptsAsync(payments);
        // The first attempt was paid after all. The second is held and recalled, so the first payment stands.
        await payments.ReportAsync("settled", "A", "COMPLETED", first.InstructionId);
        await payments.ReportAsync("recalled", "A", "CNCL", second.InstructionId);
        var incident = await OnlyAsync(payments);
        (incident.GetProperty("state").GetString(), incident.GetProperty("ending").GetString()).Should()
            .Be(("Closed", "Stands"));
        (await payments.StoryAsync(first.ObligationId)).GetProperty("blockedByIncident").ValueKind.Should()
            .Be(JsonValueKind.String);

        // Then the provider says that money of the second came back: two words about it.
        await payments.ReportAsync("returned", "B", "RETURNED", second.InstructionId);
        var other = (await payments.GetAsync("/payments/incidents")).GetProperty("items").EnumerateArray()
            .Single(row => row.GetProperty("kind").GetString() == "Contradiction");
        var id = other.GetProperty("id").GetString()!;
        using var worker = payments.Host.As("rita", "government", Role.Reconciler);
        using var partner = payments.Host.As("ann", "partner", Role.CoChair);
        await DoAsync(worker, id, "take", new { });
        await DoAsync(worker, id, "closing",
            new { finding = "not_paid", evidence = "Letter 12", note = "The second was never paid." });
        await DoAsync(partner, id, "decision", new { agree = true, note = "Seen." });

        var story = await payments.StoryAsync(first.ObligationId);
        (story.GetProperty("unpaidReason").GetString(), story.GetProperty("blockedByIncident").ValueKind).Should()
            .Be(("late_success", JsonValueKind.String), "the first payment stands");
    }

    [Fact]
    public async Task Of_a_payment_beside_one_that_stands_is_money_paid_twice()
    {
        await using var payments = await PaymentsHost.StartWithBooksAsync();
        var (batch, first, second) = await TwoAttemptsAsync(payments);
        await payments.ReportAsync("settled", "A", "COMPLETED", first.InstructionId);
        await payments.ReportAsync("recalled", "A", "CNCL", second.InstructionId);

        // The recall came too late after all.
        await payments.ReportAsync("settled", "A", "COMPLETED", second.InstructionId);

        (await payments.GetAsync("/payments/incidents")).GetProperty("items").EnumerateArray()
            .Select(row => (row.GetProperty("kind").GetString(), row.GetProperty("state").GetString(),
                row.GetProperty("outstandingMinor").GetInt64()))
            .Should().BeEquivalentTo([("LateSuccess", "Closed", 0L), ("PaidTwice", "Recovering", Loss)]);
        await payments.BalancesAsync(
            accounts => accounts.GetValueOrDefault("disbursed-late:t1-momo") == Loss
                && accounts.GetValueOrDefault("receivable:nsnp:treasury") == Loss
                && accounts[$"committed:{batch}:treasury"] == 0);
    }
}
