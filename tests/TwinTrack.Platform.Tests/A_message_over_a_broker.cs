using MassTransit;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using RabbitMQ.Client;
using TwinTrack.Platform.Messaging;
using TwinTrack.Platform.Tests.Bakery;
using TwinTrack.Platform.Tests.Servers;

namespace TwinTrack.Platform.Tests;

[Collection(ServerTests.Name)]
public sealed class A_message_over_a_broker(RabbitServer rabbit)
{
    private const string Queue = "bakery.bake-bread";

    [Fact]
    public async Task That_comes_twice_under_its_id_and_again_under_another_takes_effect_once()
    {
        await using var bakery = await BakeryHost.StartAsync(
            null, null, Copies.Settings(null, await rabbit.NewHostAsync("twice")));
        await bakery.SendAsync(Copies.Orders(1));
        await bakery.Until(async db => await db.Outbox.CountAsync() == 0);
        var id = await bakery.InDbAsync(db => db.Inbox.Select(row => row.MessageId).SingleAsync());
        var endpoint = await bakery.App.Services.GetRequiredService<IBus>()
            .GetSendEndpoint(new Uri($"exchange:{Queue}"));

        await endpoint.Send(Copies.Orders(1)[0], context => context.MessageId = id);
        await endpoint.Send(Copies.Orders(1)[0],
            context => context.MessageId = Guid.CreateVersion7(TimeProvider.System.GetUtcNow()));
        await endpoint.Send(new BakeBread("the last", 1));

        await bakery.Until(async db => await db.Inbox.CountAsync() == 3);
        (await bakery.InDbAsync(db => db.Loaves.CountAsync())).Should().Be(2);
    }

    [Fact]
    public async Task That_comes_doubled_and_in_no_order_takes_effect_once()
    {
        const int Orders = 60;
        await using var bakery = await BakeryHost.StartAsync(
            null, null, Copies.Settings(null, await rabbit.NewHostAsync("shuffled")));
        await bakery.OpenAsync();
        var endpoint = await bakery.App.Services.GetRequiredService<IBus>()
            .GetSendEndpoint(new Uri($"exchange:{Queue}"));
        var seed = Environment.TickCount;
        var copies =
            Copies.Orders(Orders)
                .Select(order => (Order: order, Id: Guid.CreateVersion7(TimeProvider.System.GetUtcNow())))
                .SelectMany(one => new[] { one, one, one }).ToArray();
        new Random(seed).Shuffle(copies);

        await Task.WhenAll(copies.Select(one => endpoint.Send(one.Order, context => context.MessageId = one.Id)));

        await bakery.Until(async db => await db.Inbox.CountAsync() == Orders + 1);
        await bakery.SendAsync(new BakeBread("the last", 1));
        await bakery.Until(async db => await db.Loaves.CountAsync() == Orders + 1 && await db.Outbox.CountAsync() == 0);
        (await bakery.InDbAsync(db => db.Loaves.CountAsync())).Should().Be(Orders + 1, Invariant($"seed {seed}"));
    }

    [Fact]
    public async Task Whose_queue_is_deleted_is_sent_again()
    {
        var gate = new TaskCompletionSource();
        var host = await rabbit.NewHostAsync("deleted");
        await using var bakery = await BakeryHost.StartAsync(
            null, new Faults { Gate = gate.Task }, Copies.Settings(null, host));
        await bakery.SendAsync(Copies.Orders(40));
        await bakery.Until(async db => await db.Outbox.CountAsync(row => row.Attempts > 0) >= 16);

        await WithChannelAsync(host, channel => channel.QueueDeleteAsync(Queue));
        gate.SetResult();

        await AllBakedAsync(bakery, 40);
    }

    [Fact]
    public async Task Published_before_its_queue_is_bound_waits_in_the_outbox()
    {
        var host = await rabbit.NewHostAsync("unbound");
        await using var bakery = await BakeryHost.StartAsync(null, null, Copies.Settings(null, host));
        await bakery.SendAsync(new BakeBread("the first", 1));
        await AllBakedAsync(bakery, 1);
        var sent = bakery.Watch();
        await WithChannelAsync(host, channel => channel.QueueUnbindAsync(Queue, Queue, "", null));

        await bakery.SendAsync(Copies.Orders(3));
        await bakery.Until(_ => Task.FromResult(sent.Ids.Count > 6));
        (await bakery.InDbAsync(db => db.Outbox.AsNoTracking().ToListAsync())).Should()
            .HaveCount(3).And.OnlyContain(row => row.Attempts <= 1, "what could not be routed was not sent");
        await WithChannelAsync(host, channel => channel.QueueBindAsync(Queue, Queue, "", null));

        await AllBakedAsync(bakery, 4);
    }

    [Fact]
    public async Task In_the_hands_of_a_consumer_whose_connection_dies_is_delivered_again()
    {
        var gate = new TaskCompletionSource();
        await using var bakery = await BakeryHost.StartAsync(
            null, new Faults { Gate = gate.Task },
            Copies.Settings(null, await rabbit.NewHostAsync("unacked"), resendFirst: 60));
        await bakery.SendAsync(Copies.Orders(10));
        await bakery.Until(async db => await db.Outbox.CountAsync(row => row.Attempts > 0) == 10);

        await rabbit.ControlAsync("close_all_connections", "-p", "unacked", "a test");
        gate.SetResult();

        await AllBakedAsync(bakery, 10);
    }

    [Fact]
    public async Task Survives_a_broker_that_is_killed_and_comes_back()
    {
        await using var bakery = await BakeryHost.StartAsync(
            null, null, Copies.Settings(null, await rabbit.NewHostAsync("killed")));
        await bakery.SendAsync(Copies.Orders(200));
        await bakery.Until(async db => await db.Loaves.CountAsync() > 20);

        await rabbit.KillAsync();
        using (var http = bakery.As(Kernel.Role.Operator))
        {
            using var request = new HttpRequestMessage(
                HttpMethod.Post, "/bakery/orders")
            {
                Content =
                    System.Net.Http.Json.JsonContent.Create(new BakeBread("in the dark", 1))
            };
            request.Headers.Add("Idempotency-Key", "in the dark");
            (await http.SendAsync(request)).StatusCode.Should()
                .Be(System.Net.HttpStatusCode.Accepted, "endpoints go on without the broker");
        }

        await rabbit.StartAsync();

        await AllBakedAsync(bakery, 201);
    }

    private static async Task AllBakedAsync(BakeryHost bakery, int orders)
    {
        await bakery.Until(async db => await db.Outbox.CountAsync() == 0, TimeSpan.FromMinutes(3));
        (await bakery.InDbAsync(db => db.Loaves.CountAsync())).Should().Be(orders);
        (await bakery.InDbAsync(db => db.DeadLetters.CountAsync())).Should().Be(0);
    }

    private static async Task WithChannelAsync(string host, Func<IChannel, Task> work)
    {
        await using var connection = await new ConnectionFactory { Uri = new Uri(host) }.CreateConnectionAsync();
        await using var channel = await connection.CreateChannelAsync();
        await work(channel);
    }
}
