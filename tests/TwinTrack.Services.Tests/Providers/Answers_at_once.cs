using Microsoft.EntityFrameworkCore;
using TwinTrack.Providers.Domain;
using TwinTrack.Services.Tests.Postgres;

namespace TwinTrack.Services.Tests.Providers;

/// <summary>
/// Two processes hear of different orders of one unit at the same moment, a statement and a poll for example.
/// </summary>
[Collection(PostgresTests.Name)]
public sealed class Answers_at_once(PostgresServer postgres)
{
    private const int Rounds = 12;
    private const int OrdersARound = 100;

    [Fact]
    public async Task About_the_last_orders_of_a_unit_end_it_on_postgres()
    {
        var adapter =
            new ScriptedAdapter
            {
                Abilities = new(
                ["mobile", "bank"], ["name", "account"], Recall: false, StatusQuery: false, Bulk: true,
                SafeToResend: true, Callback: false)
            };
        await using var host = await ProvidersHost.StartAsync(
            adapter, settings: new() { ["unitMax"] = $"{OrdersARound}" },
            configuration: ["--ConnectionStrings:providers", await postgres.NewDatabaseAsync("answers_at_once")]);
        for (var round = 1; round <= Rounds; round++)
        {
            var orders = await host.OrderAsync(OrdersARound);
            await host.UntilReportedAsync("sent", round * OrdersARound);
            await Task.WhenAll(orders.Chunk(OrdersARound / 2).Select(half => Task.Run(() => host.HearPaidAsync(half))));
        }

        (await host.StatesAsync()).Should().Equal(
            new Dictionary<PaymentOrderState, int> { [PaymentOrderState.Settled] = Rounds * OrdersARound });
        (await host.LookAsync(db => db.Units.CountAsync(unit => unit.Open))).Should()
            .Be(0, "every order of every unit has ended");
    }
}
