using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using TwinTrack.Platform.Storage;

namespace TwinTrack.Providers.Persistence;

/// <summary>A channel's gate. While it is closed, no order gets a journal line, so nothing leaves.</summary>
internal sealed class Gate
{
    public required string Channel { get; init; }

    public string Provider { get; set; } = "";

    /// <summary>The adapter's kind; empty until Routing has registered the channel.</summary>
    public string Adapter { get; set; } = "";

    public int Track { get; set; }

    public string Currency { get; set; } = "";

    /// <summary>The channel's epoch when it was registered; orders of an older epoch never leave.</summary>
    public long Epoch { get; set; }

    public bool Open { get; set; }

    /// <summary>Last sequence of the channel's journal, from 1 without gaps; 0 before the first line.</summary>
    public long LastSequence { get; set; }

    public DateTimeOffset? ClosedAt { get; set; }

    /// <summary>The number of the newest gate command that was applied; 0 before the first.</summary>
    public long CommandNumber { get; set; }
}

internal sealed class GateConfiguration : IEntityTypeConfiguration<Gate>
{
    public void Configure(EntityTypeBuilder<Gate> builder)
    {
        builder.ToTable("gates").HasKey(gate => gate.Channel);
        builder.Property(gate => gate.Channel).HasMaxLength(64);
        builder.Property(gate => gate.CommandNumber).HasColumnName("gate_order").HasDefaultValue(0L);
    }
}

internal static class GateLock
{
    /// <summary>
    /// The gate, locked until the transaction ends; null when the channel is unknown. Journaling, closing and stopping
    /// all take this lock, so one is completely before the other. On SQLite the transaction is the lock. On PostgreSQL
    /// all take an exclusive row lock, because the journal writer changes <see cref="Gate.LastSequence"/>. A gate
    /// without a row is locked by its name, so that only one message makes it.
    /// </summary>
    public static async Task<Gate?> LockGateAsync(this ProvidersDb db, string channel, CancellationToken cancel)
    {
        if (db.Database.CurrentTransaction is null)
        {
            throw new InvalidOperationException("A gate is locked in a transaction.");
        }

        if (db.IsSqlite())
        {
            return await db.Gates.SingleOrDefaultAsync(gate => gate.Channel == channel, cancel);
        }

        if (await RowAsync(db, channel, cancel) is { } gate)
        {
            return gate;
        }

        await db.LockAsync($"gate.{channel}", cancel);
        return await RowAsync(db, channel, cancel);
    }

    private static async Task<Gate?> RowAsync(ProvidersDb db, string channel, CancellationToken cancel) =>
        (await db.Gates.FromSql($"select * from gates where channel = {channel} for update").ToListAsync(cancel))
            .SingleOrDefault();
}
