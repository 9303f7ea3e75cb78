using System.Collections.Concurrent;
using System.Globalization;
using MassTransit;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using TwinTrack.Platform.Messaging;
using TwinTrack.Platform.Storage;
using TwinTrack.Platform.Tests.Bakery;

namespace TwinTrack.Platform.Tests.Servers;

/// <summary>Copies of the bakery on one PostgreSQL and one RabbitMQ, with short waits.</summary>
internal static class Copies
{
    /// <summary>What the command line of every copy says.</summary>
    public static string[] Settings(string? database, string? broker, double resendFirst = 1, double sendMax = 2) =>
    [
        .. database is null ? Array.Empty<string>() : ["--ConnectionStrings:bakery", database],
        .. broker is null ? Array.Empty<string>() : ["--ConnectionStrings:bus", broker],
        "--messaging:ResendFirstSeconds", resendFirst.ToString(CultureInfo.InvariantCulture),
        "--messaging:ResendMaxSeconds", Math.Max(resendFirst, 3).ToString(CultureInfo.InvariantCulture),
        "--messaging:SendMaxSeconds", sendMax.ToString(CultureInfo.InvariantCulture),
    ];

    public static Task SendAsync(this BakeryHost bakery, params object[] messages) => bakery.InDbAsync(async db =>
    {
        var outbox =
            new Outbox<BakeryDb>(db, bakery.App.Services.GetRequiredService<MessageRoutes>(), TimeProvider.System);
        await db.InTransactionAsync(
            () =>
            {
                foreach (var message in messages)
                {
                    outbox.Send(message);
                }

                return Task.CompletedTask;
            },
            CancellationToken.None);
        return true;
    });

    /// <summary>Waits until the queues are there: until then the broker gives back what it is sent.</summary>
    public static async Task OpenAsync(this BakeryHost bakery)
    {
        await bakery.SendAsync(new BakeBread($"the door opens {bakery.Data}", 0));
        await bakery.Until(async db => await db.Outbox.CountAsync() == 0);
    }

    public static BakeBread[] Orders(int count, int loaves = 1) =>
        [.. Enumerable.Range(1, count).Select(number => new BakeBread(Invariant($"order {number}"), loaves))];

    /// <summary>Everything that this copy hands to its bus from now on.</summary>
    public static Sent Watch(this BakeryHost bakery)
    {
        var sent = new Sent();
        bakery.App.Services.GetRequiredService<IBus>().ConnectSendObserver(sent);
        return sent;
    }
}

/// <summary>Ids of messages (not of receipts) in the order in which they were sent.</summary>
internal sealed class Sent : ISendObserver
{
    public ConcurrentQueue<Guid> Ids { get; } = new();

    public Task PreSend<T>(SendContext<T> context)
        where T : class
    {
        if (context.Message is BakeBread)
        {
            Ids.Enqueue(context.MessageId!.Value);
        }

        return Task.CompletedTask;
    }

    public Task PostSend<T>(SendContext<T> context)
        where T : class => Task.CompletedTask;

    public Task SendFault<T>(SendContext<T> context, Exception exception)
        where T : class => Task.CompletedTask;
}
