using Microsoft.EntityFrameworkCore;
using TwinTrack.Platform.Messaging;
using TwinTrack.Platform.Tests.Bakery;
using TwinTrack.Platform.Tests.Servers;

namespace TwinTrack.Platform.Tests;

[Collection(ServerTests.Name)]
public sealed class Copies_of_a_service(RabbitServer rabbit, PostgresServer postgres)
{
    private const int InFlightMax = 16;

    [Fact]
    public async Task Send_no_row_twice_and_keep_one_bound_together()
    {
        const int Orders = 120;
        var gate = new TaskCompletionSource();
        var settings =
            Copies.Settings(await postgres.NewDatabaseAsync("copies"), await rabbit.NewHostAsync("copies"),
                resendFirst: 60, sendMax: 30);
        await using (var first = await BakeryHost.StartAsync(null, null, settings))
        {
            await first.OpenAsync();
        }

        await using var one = await BakeryHost.StartAsync(null, new Faults { Gate = gate.Task }, settings);
        await using var other = await BakeryHost.StartAsync(null, new Faults { Gate = gate.Task }, settings);
        var (byOne, byOther) = (one.Watch(), other.Watch());

        // Both are woken by what they commit themselves, so both look at once. Loaves would make the handlers race,
        // which is another test's matter.
        var orders = Copies.Orders(Orders, loaves: 0);
        await Task.WhenAll(one.SendAsync(orders[..(Orders / 2)]), other.SendAsync(orders[(Orders / 2)..]));
        await one.Until(async db => await UnderWay(db) == InFlightMax);
        gate.SetResult();
        await one.Until(
            async db => await UnderWay(db) <= InFlightMax
                ? await db.Outbox.CountAsync() == 0
                : throw new InvalidOperationException("More are under way than the service may have."),
                TimeSpan.FromSeconds(60));

        byOne.Ids.Concat(byOther.Ids).Should().OnlyHaveUniqueItems().And.HaveCount(Orders);
        (await one.InDbAsync(db => db.Orders.CountAsync())).Should().Be(Orders + 1);
    }

    [Fact]
    public async Task Take_over_what_a_dead_copy_had_in_hand()
    {
        var database = await postgres.NewDatabaseAsync("dead_copy");
        await using var living = await BakeryHost.StartAsync(
            null, null, Copies.Settings(database, await rabbit.NewHostAsync("dead_copy")));
        await living.InDbAsync(async db =>
        {
            // What a copy leaves that was killed between taking a row and sending it.
            var now = TimeProvider.System.GetUtcNow();
            db.Outbox.Add(new OutboxMessage
            {
                MessageId = Guid.CreateVersion7(now),
                Destination = "bakery.bake-bread",
                Type = typeof(BakeBread).FullName!,
                Body = """{"order":"left behind","loaves":1}""",
                DueAt = now.AddSeconds(3),
                Attempts = 1,
            });
            await db.SaveChangesAsync();
            return true;
        });

        await living.Until(async db => await db.Loaves.CountAsync() == 1 && await db.Outbox.CountAsync() == 0);
    }

    [Fact]
    public async Task Give_back_what_they_could_not_send_when_they_stop()
    {
        var database = await postgres.NewDatabaseAsync("stopping");
        // Nobody listens there: the row is taken, not sent, and given back.
        await using (var stopping = await BakeryHost.StartAsync(
            null, null, Copies.Settings(database, "amqp://guest:guest@127.0.0.1:1/", resendFirst: 600)))
        {
            await stopping.SendAsync(Copies.Orders(1));
            // Each pass over it moves its due time.
            var first = await stopping.InDbAsync(db => db.Outbox.Select(row => row.DueAt).SingleAsync());
            await stopping.Until(db => db.Outbox.AnyAsync(row => row.DueAt != first));
            await stopping.App.StopAsync();
        }

        await using var next = await BakeryHost.StartAsync(
            null, null, Copies.Settings(database, await rabbit.NewHostAsync("stopping")));
        await next.Until(async db => await db.Loaves.CountAsync() == 1);
    }

    [Fact]
    public async Task Race_for_the_same_rows_and_lose_nothing()
    {
        var settings = Copies.Settings(await postgres.NewDatabaseAsync("racing"), await rabbit.NewHostAsync("racing"));
        await using var one = await BakeryHost.StartAsync(null, null, settings);
        await using var other = await BakeryHost.StartAsync(null, null, settings);

        // Eight handlers take the next number at the same time; all but one lose each race on the key.
        await one.SendAsync(Copies.Orders(60));

        await one.Until(async db => await db.Outbox.CountAsync() == 0, TimeSpan.FromSeconds(90));
        (await one.InDbAsync(db => db.Loaves.CountAsync())).Should().Be(60);
    }

    private static async Task<int> UnderWay(BakeryDb db)
    {
        var now = TimeProvider.System.GetUtcNow();
        return await db.Outbox.CountAsync(row => row.DueAt > now);
    }
}
