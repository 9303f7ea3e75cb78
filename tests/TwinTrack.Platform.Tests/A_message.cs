using MassTransit;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using TwinTrack.Platform.Messaging;
using TwinTrack.Platform.Storage;
using TwinTrack.Platform.Tests.Bakery;

namespace TwinTrack.Platform.Tests;

public sealed class A_message
{
    [Fact]
    public void Receipts_keep_their_name_on_the_wire_wherever_their_type_stands() =>
        MessageUrn.ForTypeString<Receipt>().Should().Be("urn:message:TwinTrack.Platform:Receipt");

    [Fact]
    public async Task Whose_handler_fails_is_handled_again_and_takes_effect_once()
    {
        await using var bakery = await BakeryHost.StartAsync(faults: new Faults { HandlerThrows = 2 });

        await SendAsync(bakery, loaves: 5);

        await bakery.Until(async db => await db.Outbox.CountAsync() == 0);
        (await bakery.InDbAsync(db => db.Loaves.CountAsync())).Should().Be(5);
    }

    [Fact]
    public async Task That_comes_twice_takes_effect_once()
    {
        await using var bakery = await BakeryHost.StartAsync();
        var id = Guid.CreateVersion7(TimeProvider.System.GetUtcNow());
        var endpoint = await bakery.App.Services.GetRequiredService<IBus>()
            .GetSendEndpoint(new Uri("queue:bakery.bake-bread"));

        await endpoint.Send(new BakeBread("one", 1), context => context.MessageId = id);
        await endpoint.Send(new BakeBread("one", 1), context => context.MessageId = id);
        await endpoint.Send(new BakeBread("two", 1), CancellationToken.None);

        // Queues keep their order, so when the third is handled the second has been.
        await bakery.Until(async db => await db.Inbox.CountAsync() == 2);
        (await bakery.InDbAsync(db => db.Loaves.CountAsync())).Should().Be(2);
    }

    [Fact]
    public async Task That_died_with_the_process_is_sent_again_by_the_next()
    {
        var faults = new Faults { HandlerThrows = int.MaxValue };
        string data;
        await using (var bakery = await BakeryHost.StartAsync(faults: faults))
        {
            data = bakery.Data;
            await SendAsync(bakery, loaves: 4);
            await bakery.Until(async db => await db.Outbox.AnyAsync(row => row.Attempts > 0));
        }

        // At once: what is only sent when a lease of a minute is over comes too late for the wait below.
        await using var next = await BakeryHost.StartAsync(
            data, null, Servers.Copies.Settings(null, null, resendFirst: 60));

        await next.Until(async db => await db.Outbox.CountAsync() == 0);
        (await next.InDbAsync(db => db.Loaves.CountAsync())).Should().Be(4);
    }

    [Fact]
    public async Task Written_in_a_transaction_that_is_rolled_back_is_never_sent()
    {
        await using var bakery = await BakeryHost.StartAsync();
        await bakery.InDbAsync(async db =>
        {
            await using var transaction = await db.Database.BeginTransactionAsync();
            db.Outbox.Add(
                new OutboxMessage
                {
                    MessageId = Guid.CreateVersion7(TimeProvider.System.GetUtcNow()),
                    Destination = "bakery.bake-bread",
                    Type = typeof(BakeBread).FullName!,
                    Body = "{}",
                    DueAt = DateTimeOffset.UnixEpoch
                });
            await db.SaveChangesAsync();
            await transaction.RollbackAsync();
            return true;
        });

        (await bakery.InDbAsync(db => db.Outbox.CountAsync())).Should().Be(0);
    }

    [Fact]
    public async Task Stored_in_bulk_reads_back_as_it_was()
    {
        await using var bakery = await BakeryHost.StartAsync();

        await SendAsync(bakery, loaves: 2);

        await bakery.Until(async db => await db.Loaves.CountAsync() == 2);
        var loaves = await bakery.InDbAsync(db => db.Loaves.AsNoTracking().OrderBy(loaf => loaf.Number).ToListAsync());
        loaves.Select(loaf => loaf.Note).Should().Equal("first", null);
        loaves.Should().OnlyContain(loaf => loaf.Day == DayOfWeek.Sunday && loaf.For.Value != Guid.Empty);
        var second = loaves[1].For;
        (await bakery.InDbAsync(db => db.Loaves.CountAsync(loaf => loaf.For == second))).Should().Be(1);
    }

    private static Task SendAsync(BakeryHost bakery, int loaves) => bakery.InDbAsync(async db =>
    {
        var outbox =
            new Outbox<BakeryDb>(db, bakery.App.Services.GetRequiredService<MessageRoutes>(), TimeProvider.System);
        await db.InTransactionAsync(
            () =>
            {
                outbox.Send(new BakeBread("ord-9", loaves));
                return Task.CompletedTask;
            },
            CancellationToken.None);
        return true;
    });
}
