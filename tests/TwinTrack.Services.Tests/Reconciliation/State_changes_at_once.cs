using System.Data.Common;
using Microsoft.EntityFrameworkCore;
using TwinTrack.Contracts.Payments.V1;
using TwinTrack.Services.Tests.Postgres;

namespace TwinTrack.Services.Tests.Reconciliation;

/// <summary>
/// Two copies of the service take messages about the same instructions at the same moment, as RabbitMQ hands them out.
/// </summary>
[Collection(PostgresTests.Name)]
public sealed class State_changes_at_once(PostgresServer postgres)
{
    private const int Rounds = 15;
    private const int InstructionsARound = 200;
    private const int DeliveriesMax = 20;

    [Fact]
    public async Task Of_the_same_instructions_lose_none_of_each_other_on_postgres()
    {
        await using var scene = await ReconciliationScene.OpenAsync(
            "--ConnectionStrings:reconciliation", await postgres.NewDatabaseAsync("moves_at_once"));
        await scene.ReleaseAsync(Rounds * InstructionsARound);
        for (var round = 0; round < Rounds; round++)
        {
            var changes = Enumerable.Range(0, InstructionsARound)
                .Select(_ => ReconciliationScene.Settled(ReconciliationScene.NewInstruction()))
                .ToList();
            await Task.WhenAll(
                Enumerable.Range(0, changes[0].Length)
                    .Select(version => Task.Run(() => DeliverAsync(scene, [.. changes.Select(one => one[version])]))));
        }

        var states = (await scene.BatchAsync()).GetProperty("byState").EnumerateArray()
            .Select(row => (row.GetProperty("state").GetString(), row.GetProperty("count").GetInt64()));
        states.Should().Equal(("Settled", (long)Rounds * InstructionsARound));
        var balances = await scene.BalancesAsync();
        (balances["disbursed:t1-momo"], balances["in-flight:t1-momo"],
            balances[$"committed:{scene.Batch}:treasury"]).Should()
            .Be((Rounds * InstructionsARound * ReconciliationScene.Amount, 0, 0));
    }

    /// <summary>What could not be handled is delivered again, as the bus does.</summary>
    private static async Task DeliverAsync(ReconciliationScene scene, StateChangeRow[] changes)
    {
        for (var left = DeliveriesMax; ; left--)
        {
            try
            {
                await scene.ChangeStatesAsync(changes);
                return;
            }
            catch (Exception fault) when (fault is DbException or DbUpdateException && left > 1)
            {
                // Delivered again.
            }
        }
    }
}
