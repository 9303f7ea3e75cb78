using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using TwinTrack.Kernel;

namespace TwinTrack.Providers.Persistence;

internal enum UnitState
{
    /// <summary>
    /// Its journal lines are committed and the end of the call is unknown. After a crash the provider is asked; the
    /// unit is never built again.
    /// </summary>
    Journaled,

    /// <summary>The call has ended, with an answer or in doubt.</summary>
    Called,
}

/// <summary>A group of orders that went to a provider together.</summary>
internal sealed class SentUnit
{
    /// <summary>Our reference at the provider.</summary>
    public required string Reference { get; init; }

    public required string Channel { get; init; }

    /// <summary>Path segment of its callbacks: 256 random bits, 64 hex digits.</summary>
    public required string CallbackToken { get; init; }

    /// <summary>Whole microseconds, so that a unit read back makes the same document.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    public required int Orders { get; init; }

    public required UnitState State { get; init; }

    /// <summary>Whether an order in it has no final outcome.</summary>
    public required bool Open { get; init; }

    /// <summary>Whether its silence has been reported.</summary>
    public required bool Doubted { get; init; }

    public required DateTimeOffset AskedAt { get; init; }

    /// <summary>W3C trace context of its submission. Later answers link to it.</summary>
    public string? TraceParent { get; init; }
}

/// <summary>
/// One line of a channel's submission journal, committed before the call. Never changed, never deleted.
/// </summary>
internal sealed class JournalLine
{
    public required string Channel { get; init; }

    /// <summary>From 1 without gaps.</summary>
    public required long Sequence { get; init; }

    public required InstructionId InstructionId { get; init; }

    public required string UnitReference { get; init; }

    public required long AmountMinor { get; init; }

    public required DateTimeOffset At { get; init; }
}

/// <summary>A recall, written before the provider is asked. Never changed, never deleted.</summary>
internal sealed class RecallLine
{
    public required InstructionId InstructionId { get; init; }

    /// <summary>The switch or incident that requested the recall.</summary>
    public required string Cause { get; init; }

    public required string UnitReference { get; init; }

    public required DateTimeOffset At { get; init; }
}

internal sealed class SentUnitConfiguration : IEntityTypeConfiguration<SentUnit>
{
    public void Configure(EntityTypeBuilder<SentUnit> builder)
    {
        builder.ToTable("sent_units").HasKey(unit => unit.Reference);
        builder.HasIndex(unit => unit.CallbackToken).IsUnique();
        builder.HasIndex(unit => new { unit.Channel, unit.Open, unit.AskedAt });
    }
}

internal sealed class JournalLineConfiguration : IEntityTypeConfiguration<JournalLine>
{
    public void Configure(EntityTypeBuilder<JournalLine> builder)
    {
        builder.ToTable("journal").HasKey(line => new { line.Channel, line.Sequence });
        builder.Property(line => line.Sequence).ValueGeneratedNever();
        // Two lines for an order would be two payments. This unique key prevents it.
        builder.HasIndex(line => line.InstructionId).IsUnique();
    }
}

internal sealed class RecallLineConfiguration : IEntityTypeConfiguration<RecallLine>
{
    public void Configure(EntityTypeBuilder<RecallLine> builder)
    {
        builder.ToTable("recalls").HasKey(line => new { line.InstructionId, line.Cause });
        builder.Property(line => line.InstructionId).ValueGeneratedNever();
    }
}
