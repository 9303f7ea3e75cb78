using System.Security.Cryptography;
using System.Text;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using TwinTrack.Platform.Storage;

namespace TwinTrack.Platform.Messaging;

/// <summary>
/// Decides which copy of a service sends which outbox row. Taking a row moves its due time into the future. Until then
/// no other copy takes it, and it counts against the queue's bound. Rows of a dead copy become free after that time. A
/// stopping copy returns its rows.
/// </summary>
internal sealed partial class OutboxLeases<TDb>(
    IServiceScopeFactory scopes,
    ServiceName<TDb> service,
    IOptions<MessagingOptions> options,
    TimeProvider clock,
    ILogger<OutboxLeases<TDb>> logger)
    where TDb : ServiceDb
{
    /// <summary>Takes the due rows that fit under the bound of each queue.</summary>
    public async Task<List<OutboxMessage>> TakeAsync(CancellationToken cancel)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<TDb>();
        var now = clock.GetUtcNow();
        var due = await db.Outbox.Where(row => row.DueAt <= now).Select(row => row.Destination).Distinct()
            .ToListAsync(cancel);
        // Not cancelled when the process stops. Otherwise rows could be taken without a sender, and would wait until
        // their lease ends.
        return due.Count == 0 ? []
            : await db.InTransactionAsync(() => TakeAsync(db, due, CancellationToken.None), CancellationToken.None);
    }

    /// <summary>
    /// Returns rows that were taken and not sent, unless their lease has ended and another copy has them.
    /// </summary>
    /// <param name="rows">As they were taken.</param>
    /// <param name="wait">How long they wait before a copy takes them again.</param>
    public async Task GiveBackAsync(List<OutboxMessage> rows, TimeSpan wait)
    {
        try
        {
            await using var scope = scopes.CreateAsyncScope();
            var db = scope.ServiceProvider.GetRequiredService<TDb>();
            var due = clock.GetUtcNow() + wait;
            foreach (var group in rows.GroupBy(row => (row.Destination, row.DueAt)))
            {
                var ids = group.Select(row => row.MessageId).ToList();
                await db.InTransactionAsync(
                    () => db.Outbox.Where(
                        row => row.Destination == group.Key.Destination && row.DueAt == group.Key.DueAt
                            && ids.Contains(row.MessageId))
                        .ExecuteUpdateAsync(
                        set => set.SetProperty(row => row.DueAt, due)
                            .SetProperty(row => row.Attempts, row => row.Attempts - 1), CancellationToken.None),
                    CancellationToken.None);
            }
        }
        catch (Exception fault) when (fault.IsOutage())
        {
            // The database is unreachable too. The leases end by themselves.
            LogNotGivenBack(logger, service.Value, rows.Count, fault.Kind());
        }
    }

    /// <summary>
    /// Turns a row that this build cannot read into a dead letter of this service. The body is kept. A build that can
    /// read it sends it when an operator retries it.
    /// </summary>
    public async Task SetAsideAsync(OutboxMessage row, string reason)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<TDb>();
        var now = clock.GetUtcNow();
        var mine = await db.InTransactionAsync(
            async () =>
            {
                if (await db.Outbox.Where(one => one.MessageId == row.MessageId
                    && one.Destination == row.Destination && one.DueAt == row.DueAt)
                    .ExecuteDeleteAsync(CancellationToken.None) == 0)
                {
                    return false;
                }

                var letter = await db.DeadLetters.FindAsync([row.MessageId], CancellationToken.None)
                    ?? db.DeadLetters.Add(LetterOf(row, now)).Entity;
                letter.State = DeadLetterState.Dead;
                letter.Reason = reason[..Math.Min(reason.Length, DeadLetter.ReasonMax)];
                letter.LastAt = now;
                letter.Failures++;
                return true;
            },
            CancellationToken.None);
        if (mine)
        {
            LogSetAside(logger, row.MessageId, row.Destination, reason);
        }
    }

    private DeadLetter LetterOf(OutboxMessage row, DateTimeOffset now)
    {
        var bytes = Encoding.UTF8.GetBytes(row.Body);
        return new DeadLetter
        {
            MessageId = row.MessageId,
            Queue = row.Destination,
            Sender = service.Value,
            Type = row.Type,
            Body = row.Body,
            Bytes = bytes.Length,
            Sha256 = Convert.ToHexStringLower(SHA256.HashData(bytes)),
            Reason = "",
            FirstAt = now,
            LastAt = now,
        };
    }

    /// <summary>Makes all rows due, because messages on their way are known to be lost.</summary>
    public async Task ForgetAsync(CancellationToken cancel)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<TDb>();
        var now = clock.GetUtcNow();
        await db.InTransactionAsync(
            () => db.Outbox.ExecuteUpdateAsync(
                set => set.SetProperty(row => row.DueAt, now).SetProperty(row => row.Attempts, 0), cancel), cancel);
    }

    private async Task<List<OutboxMessage>> TakeAsync(TDb db, List<string> due, CancellationToken cancel)
    {
        // Only one copy counts and takes at a time, so the bound applies to the whole service.
        await db.LockAsync("outbox", cancel);
        var now = clock.GetUtcNow();
        var taken = new List<OutboxMessage>();
        foreach (var queue in due)
        {
            var underWay = await db.Outbox.CountAsync(row => row.Destination == queue && row.DueAt > now, cancel);
            if (underWay < options.Value.InFlightMax)
            {
                taken.AddRange(await db.Outbox.AsNoTracking()
                    .Where(row => row.Destination == queue && row.DueAt <= now)
                    .OrderBy(row => row.DueAt).ThenBy(row => row.MessageId)
                    .Take(options.Value.InFlightMax - underWay)
                    .ToListAsync(cancel));
            }
        }

        foreach (var group in taken.GroupBy(row => (row.Destination, row.Attempts)))
        {
            var until = now + options.Value.LeaseAfter(group.Key.Attempts);
            var ids = group.Select(row => row.MessageId).ToList();
            await db.Outbox.Where(row => row.Destination == group.Key.Destination && ids.Contains(row.MessageId))
                .ExecuteUpdateAsync(
                set => set.SetProperty(row => row.DueAt, until)
                    .SetProperty(row => row.Attempts, row => row.Attempts + 1), cancel);
            foreach (var row in group)
            {
                row.DueAt = until;
                row.Attempts++;
            }
        }

        return taken;
    }

    [LoggerMessage(EventId = 152, Level = LogLevel.Error,
        Message = "Message {MessageId} to {Destination} cannot be read and is a dead letter: {Reason}")]
    private static partial void LogSetAside(ILogger logger, Guid messageId, string destination, string reason);

    [LoggerMessage(EventId = 104, Level = LogLevel.Warning,
        Message = "Outbox of {Service} could not take {Count} messages back; their leases run out: {Kind}")]
    private static partial void LogNotGivenBack(ILogger logger, string service, int count, string kind);
}
