namespace TwinTrack.Services.Tests.Payments;

public sealed class A_cycle_that_arrives
{
    [Fact]
    public async Task Is_ready_when_count_sum_and_hash_agree_in_whatever_order_it_came()
    {
        await using var payments = await PaymentsHost.StartAsync();
        var rows = payments.Entitlements(5);

        await payments.SendChunkAsync(1, rows[3..]);
        await payments.CloseAsync(2, rows);
        await payments.SendChunkAsync(1, rows[3..]);
        (await payments.GetAsync($"/payments/cycles/{payments.Cycle}")).GetProperty("state").GetString().Should()
            .Be("Arriving");
        await payments.SendChunkAsync(0, rows[..3]);

        var cycle = await payments.CycleInStateAsync("Ready");
        cycle.GetProperty("countArrived").GetInt64().Should().Be(5);
        cycle.GetProperty("chunksArrived").GetInt32().Should().Be(2);
    }

    [Fact]
    public async Task Is_refused_with_its_reason_when_the_sum_differs_and_cannot_be_batched()
    {
        await using var payments = await PaymentsHost.StartAsync();
        var rows = payments.Entitlements(3);
        await payments.SendChunkAsync(0, rows);
        await payments.CloseAsync(1, rows, sumMinor: 1);

        var cycle = await payments.CycleInStateAsync("Refused");
        cycle.GetProperty("reason").GetString().Should().Contain("sum of 1 was declared");
        var refused = await PaymentsHost.PostAsync(
            payments.Maker, "/payments/batches", new { cycleId = payments.Cycle.ToString() });
        refused.GetProperty("title").GetString().Should().Be("cycle.not_ready");
    }

    [Fact]
    public async Task Is_refused_when_one_household_is_owed_the_same_component_twice()
    {
        await using var payments = await PaymentsHost.StartAsync();
        var rows = payments.Entitlements(2);
        rows[1] = rows[1] with { HouseholdId = rows[0].HouseholdId };
        await payments.SendChunkAsync(0, rows);
        await payments.CloseAsync(1, rows);

        (await payments.CycleInStateAsync("Refused")).GetProperty("reason").GetString().Should()
            .Be("2 entitlements were declared and 1 arrived.");
    }
}
