using System.Text.Json;

namespace TwinTrack.Services.Tests.Reconciliation;

public sealed class A_closing_settlement
{
    [Fact]
    public async Task Says_what_the_government_owes_the_partner_and_agrees_with_the_ledger()
    {
        await using var scene = await ReconciliationScene.OpenAsync();
        await scene.ReleaseAsync(3);
        await scene.ChangeStatesAsync(ReconciliationScene.Settled(ReconciliationScene.NewInstruction()));
        await scene.ChangeStatesAsync(
            [.. ReconciliationScene.Settled(ReconciliationScene.NewInstruction())
                .Concat(ReconciliationScene.Settled(ReconciliationScene.NewInstruction()))
                .Select(change => change with { Channel = "t2-agency", Track = 2 })]);
        await scene.ChangeStatesAsync(
            [.. ReconciliationScene.StateChanges(
                ReconciliationScene.NewInstruction(), "Planned", "Released", "Sent", "Settled", "Returned")
                .Select(change => change with { Channel = "t2-agency", Track = 2 })]);

        var settlement = await ReadAsync(scene, "");

        settlement.GetProperty("agrees").GetBoolean().Should().BeTrue(settlement.ToString());
        var owed = settlement.GetProperty("owed").EnumerateArray().Single();
        owed.GetProperty("fundingSource").GetString().Should().Be(ReconciliationScene.Source);
        owed.GetProperty("debtor").GetInt32().Should().Be(1);
        owed.GetProperty("creditor").GetInt32().Should().Be(2);
        owed.GetProperty("amountMinor").GetInt64().Should()
            .Be(2 * ReconciliationScene.Amount, "what came back is owed by nobody");
        (await ReadAsync(scene, $"?aligned={ReconciliationScene.Source}")).GetProperty("owed").EnumerateArray().Single()
            .GetProperty("debtor").GetInt32().Should().Be(2, "the partner's money paid one household over track 1");
    }

    private static async Task<JsonElement> ReadAsync(ReconciliationScene scene, string query) =>
        JsonSerializer.Deserialize<JsonElement>(
            await (await scene.Reconciler.GetAsync(
                $"/reconciliation/settlement/NE-SSN{query}")).Content.ReadAsStringAsync());
}
