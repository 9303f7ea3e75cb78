using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using TwinTrack.Kernel;
using TwinTrack.Providers.Domain;

namespace TwinTrack.Providers.Persistence;

/// <summary>
/// One payment order from Payments, with its state at the provider. The ordered payment never changes.
/// </summary>
internal sealed class PaymentOrderRow
{
    public required InstructionId InstructionId { get; init; }

    public required string Channel { get; init; }

    public required long Epoch { get; init; }

    public required string BatchId { get; init; }

    public required string Programme { get; init; }

    public required ObligationId ObligationId { get; init; }

    public required HouseholdId HouseholdId { get; init; }

    /// <summary>Of the payee that was approved.</summary>
    public required string Fingerprint { get; init; }

    public required string Area { get; init; }

    public required long AmountMinor { get; init; }

    public required string Currency { get; init; }

    public required PaymentOrderState State { get; init; }

    /// <summary>The unit it was sent in; null until it is journaled.</summary>
    public string? UnitReference { get; init; }

    /// <summary>Its line in the channel's journal; null until it is journaled.</summary>
    public long? Sequence { get; init; }

    /// <summary>Code of the last state change, the provider's or our own.</summary>
    public string? Code { get; init; }

    public required DateTimeOffset OrderedAt { get; init; }

    public DateTimeOffset? SentAt { get; init; }

    public DateTimeOffset? RecallRequestedAt { get; init; }

    /// <summary>What a stop looks at.</summary>
    public RoutedOrder Routed => new(Epoch, Programme, Area);
}

/// <summary>
/// An order without a journal line. The row is deleted in the transaction that journals, withdraws or refuses the
/// order.
/// </summary>
internal sealed class QueueRow
{
    public required string Channel { get; init; }

    /// <summary>
    /// Microseconds of arrival plus the place in the message: orders leave in order of arrival. Ties are harmless.
    /// </summary>
    public required long Arrival { get; init; }

    public required InstructionId InstructionId { get; init; }

    public required long Epoch { get; init; }

    public required string Programme { get; init; }

    public required string Area { get; init; }

    /// <summary>
    /// The order is not sent before this time. It is later than the arrival only while the payee is missing.
    /// </summary>
    public required DateTimeOffset DueAt { get; init; }

    /// <summary>W3C trace context of the message that ordered it.</summary>
    public string? TraceParent { get; init; }
}

/// <summary>An order that is to be kept back and has not arrived yet.</summary>
internal sealed class EarlyHold
{
    public required InstructionId InstructionId { get; init; }

    public required string IncidentId { get; init; }

    public required DateTimeOffset At { get; init; }
}

internal sealed class PaymentOrderConfiguration : IEntityTypeConfiguration<PaymentOrderRow>
{
    public void Configure(EntityTypeBuilder<PaymentOrderRow> builder)
    {
        builder.ToTable("payment_orders").HasKey(row => row.InstructionId);
        builder.Property(row => row.InstructionId).ValueGeneratedNever();
        builder.Ignore(row => row.Routed);
        // No index on the state, so that its set updates stay cheap (limits.md).
        builder.HasIndex(row => row.UnitReference);
        builder.HasIndex(row => row.ObligationId);
    }
}

internal sealed class QueueConfiguration : IEntityTypeConfiguration<QueueRow>
{
    public void Configure(EntityTypeBuilder<QueueRow> builder)
    {
        builder.ToTable("queued_orders").HasKey(row => row.InstructionId);
        builder.Property(row => row.InstructionId).ValueGeneratedNever();
        builder.HasIndex(row => new { row.Channel, row.Epoch, row.Arrival });
    }
}

internal sealed class EarlyHoldConfiguration : IEntityTypeConfiguration<EarlyHold>
{
    public void Configure(EntityTypeBuilder<EarlyHold> builder)
    {
        builder.ToTable("holds").HasKey(row => row.InstructionId);
        builder.Property(row => row.InstructionId).ValueGeneratedNever();
    }
}
