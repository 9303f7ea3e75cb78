using System.Text.Json;
using TwinTrack.Contracts.Payments.V1;

namespace TwinTrack.Services.Tests.Reconciliation;

public sealed class A_ledger_of_state_changes
{
    [Fact]
    public async Task Out_of_order_and_repeated_moves_give_the_balances_of_the_orderly_ones()
    {
        await using var scene = await ReconciliationScene.OpenAsync();
        await scene.ReleaseAsync(3);
        string[] instructions = [ReconciliationScene.NewInstruction(), ReconciliationScene.NewInstruction(),
            ReconciliationScene.NewInstruction()];
        StateChangeRow[] changes =
        [
            .. ReconciliationScene.Settled(instructions[0]),
            .. ReconciliationScene.StateChanges(instructions[1], "Planned", "Released", "Sent", "InDoubt", "Recalled"),
            .. ReconciliationScene.StateChanges(instructions[2], "Planned", "Released", "Sent", "Settled", "Returned"),
        ];

        foreach (var change in changes.Reverse())
        {
            await scene.ChangeStatesAsync(change);
        }

        await scene.ChangeStatesAsync(changes);
        await scene.ChangeStatesAsync([.. changes, .. changes]);

        var balances = await scene.BalancesAsync();
        balances["disbursed:t1-momo"].Should().Be(ReconciliationScene.Amount);
        balances["in-flight:t1-momo"].Should().Be(0);
        balances[$"committed:{scene.Batch}:treasury"].Should().Be(2 * ReconciliationScene.Amount);
        balances["funds:NE-SSN:treasury"].Should().Be(3 * ReconciliationScene.Amount);
        balances.Values.Sum().Should().Be(0);
        var batch = await scene.BatchAsync();
        batch.GetProperty("byState").EnumerateArray()
            .Select(row => (row.GetProperty("state").GetString(), row.GetProperty("count").GetInt64()))
            .Should().BeEquivalentTo([("Settled", 1L), ("Recalled", 1L), ("Returned", 1L)]);
        Count(batch, "unpaid").Should().Be(2);
    }

    [Fact]
    public async Task A_thousand_moves_are_one_booking_and_not_a_thousand()
    {
        await using var scene = await ReconciliationScene.OpenAsync();
        await scene.ReleaseAsync(1_000);
        StateChangeRow[] released =
            [.. Enumerable.Range(0, 1_000).SelectMany(
                _ => ReconciliationScene.StateChanges(ReconciliationScene.NewInstruction(), "Planned", "Released"))];

        await scene.ChangeStatesAsync(released);

        var page = await scene.Reconciler.GetAsync($"/reconciliation/ledger/transactions?batchId={scene.Batch}");
        var items = JsonSerializer.Deserialize<JsonElement>(await page.Content.ReadAsStringAsync()).GetProperty("items")
            .EnumerateArray().ToList();
        items.Select(item => (item.GetProperty("cause").GetString(), item.GetProperty("count").GetInt64()))
            .Should().BeEquivalentTo([("committed", 1L), ("Planned>Released", 1_000L)]);
        items.Should()
            .OnlyContain(
            item => item.GetProperty("entries").EnumerateArray()
                .Sum(entry => entry.GetProperty("amountMinor").GetInt64()) == 0);
    }

    [Fact]
    public async Task A_movement_of_funds_told_twice_is_booked_once()
    {
        await using var scene = await ReconciliationScene.OpenAsync();

        await scene.FundsAsync("m-1", "deposited", null, 700);
        await scene.FundsAsync("m-1", "deposited", null, 700);

        (await scene.BalancesAsync())["funds:NE-SSN:treasury"].Should().Be(700);
    }

    [Fact]
    public async Task An_unknown_word_is_a_fault_and_never_a_default()
    {
        await using var scene = await ReconciliationScene.OpenAsync();

        var state =
            () => scene.ChangeStatesAsync(
                ReconciliationScene.StateChanges(ReconciliationScene.NewInstruction(), "Planned", "Vanished"));
        var kind = () => scene.FundsAsync("m-1", "stolen", null, 1);

        await state.Should().ThrowAsync<FormatException>();
        await kind.Should().ThrowAsync<InvalidOperationException>();
        (await scene.BalancesAsync()).Should().BeEmpty();
    }

    [Fact]
    public async Task Unreached_obligations_are_separate_and_a_next_attempt_is_no_second_obligation()
    {
        await using var scene = await ReconciliationScene.OpenAsync();
        await scene.ReleaseAsync(3);
        var first = ReconciliationScene.NewInstruction();
        var second = ReconciliationScene.NewInstruction();
        await scene.ChangeStatesAsync(ReconciliationScene.StateChanges(first, "Planned", "Released", "Withdrawn"));
        await scene.ChangeStatesAsync(
            [.. ReconciliationScene.Settled(second)
                .Select(row => row with { ObligationId = ReconciliationScene.Obligation(first) })]);

        var batch = await scene.BatchAsync();

        (Count(batch, "settled"), Count(batch, "unpaid"), Count(batch, "noInstruction"),
            Count(batch, "inFlight")).Should().Be((1, 0, 2, 0));
        batch.GetProperty("noInstruction").GetProperty("sumMinor").GetInt64().Should()
            .Be(2 * ReconciliationScene.Amount);
    }

    private static long Count(JsonElement batch, string total) =>
        batch.GetProperty(total).GetProperty("count").GetInt64();
}
