using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using TwinTrack.Platform.Storage;

namespace TwinTrack.Providers.Persistence;

/// <summary>A channel's gate: closed means that nothing more gets a journal line, and so nothing more leaves.</summary>
internal sealed class Gate
{
    public required string Channel { get; init; }

    public string Provider { get; set; } = "";

    /// <summary>The adapter's kind; empty until Routing has registered the channel.</summary>
    public string Adapter { get; set; } = "";

    public int Track { get; set; }

    public string Currency { get; set; } = "";

    /// <summary>Grows with each switch; orders of an older epoch never leave.</summary>
    public long Epoch { get; set; }

    public bool Open { get; set; }

    /// <summary>Of the channel's journal, from 1 without gaps; 0 before the first line.</summary>
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
    /// The gate, held against everybody else until the transaction ends; null when the channel is not known. Whoever
    /// journals and whoever fences both come through here, so that one of them is wholly before the other. SQLite's
    /// transaction is that lock already. The journal writer moves <see cref="Gate.LastSequence"/>, hence the same
    /// exclusive row lock for both on PostgreSQL.
    /// </summary>
    public static async Task<Gate?> HoldGateAsync(this ProvidersDb db, string channel, CancellationToken cancel)
    {
        if (db.Database.CurrentTransaction is null)
        {
            throw new InvalidOperationException("A gate is held by a transaction.");
        }

        if (db.IsSqlite())
        {
            return await db.Gates.SingleOrDefaultAsync(gate => gate.Channel == channel, cancel);
        }

        var held = await db.Gates.FromSql($"select * from gates where channel = {channel} for update")
            .ToListAsync(cancel);
        return held.SingleOrDefault();
    }
}
