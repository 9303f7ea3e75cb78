using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using TwinTrack.Kernel;
using TwinTrack.Payments.Domain;

namespace TwinTrack.Payments.Persistence;

/// <summary>A contradiction that people must resolve. It blocks its obligation from being planned again.</summary>
internal sealed class Incident
{
    public required IncidentId Id { get; init; }

    public required IncidentKind Kind { get; set; }

    public IncidentState State { get; set; }

    public required ObligationId ObligationId { get; init; }

    public required BatchId BatchId { get; init; }

    /// <summary>The attempt that was contradicted.</summary>
    public required InstructionId InstructionId { get; init; }

    /// <summary>The other attempt, which must not be paid.</summary>
    public InstructionId? HeldInstructionId { get; set; }

    /// <summary>Amount of the contradicting report, minor units.</summary>
    public required long AmountMinor { get; init; }

    /// <summary>The role that must resolve it. Follows from the kind.</summary>
    public required string Owner { get; set; }

    public required DateTimeOffset OpenedAt { get; init; }

    public required string Note { get; set; }

    public string? ResolvedBy { get; set; }

    public DateTimeOffset? ResolvedAt { get; set; }

    /// <summary>The person of that role who answers for it.</summary>
    public string? TakenBy { get; set; }

    public DateTimeOffset? TakenAt { get; set; }

    /// <summary>Amount paid in error, minor units.</summary>
    public long LossMinor { get; set; }

    public long RecoveredMinor { get; set; }

    public long WrittenOffMinor { get; set; }

    /// <summary>The funding source that is proposed to bear the rest, or bears it.</summary>
    public string? Bearer { get; set; }

    /// <summary>Who made the proposal that waits for the other party's decision.</summary>
    public string? ProposedBy { get; set; }

    public IncidentEnd? Ending { get; set; }

    /// <summary>When two people act at the same time, the second finds another version and is refused.</summary>
    public int Version { get; set; }

    public IncidentMoney Money
    {
        get => new(LossMinor, RecoveredMinor, WrittenOffMinor);
        set => (LossMinor, RecoveredMinor, WrittenOffMinor) =
            (value.LossMinor, value.RecoveredMinor, value.WrittenOffMinor);
    }
}

/// <summary>One movement of money that an incident caused. Never changed.</summary>
internal sealed class IncidentMovement
{
    public required MovementId Id { get; init; }

    public required IncidentId IncidentId { get; init; }

    public required BatchId BatchId { get; init; }

    /// <summary>A word of <see cref="Contracts.Words.IncidentMovements"/>.</summary>
    public required string Kind { get; init; }

    /// <summary>The source that the obligation is paid from.</summary>
    public required string FundingSource { get; init; }

    /// <summary>Minor units; above zero.</summary>
    public required long AmountMinor { get; init; }

    /// <summary>The document that proves it; null when a report does.</summary>
    public string? Reference { get; init; }

    public required string By { get; init; }

    public required DateTimeOffset At { get; init; }
}

internal sealed class IncidentConfiguration : IEntityTypeConfiguration<Incident>,
    IEntityTypeConfiguration<IncidentMovement>
{
    public void Configure(EntityTypeBuilder<Incident> builder)
    {
        builder.ToTable("incidents").HasKey(incident => incident.Id);
        builder.Property(incident => incident.Id).ValueGeneratedNever();
        builder.HasIndex(incident => incident.ObligationId);
        builder.HasIndex(incident => incident.HeldInstructionId);
        builder.HasIndex(incident => incident.BatchId);
        builder.Ignore(incident => incident.Money);
        // Columns added to a table that already has rows. Each is at the end, with a default for the existing rows.
        builder.Property(incident => incident.LossMinor).HasDefaultValue(0L);
        builder.Property(incident => incident.RecoveredMinor).HasDefaultValue(0L);
        builder.Property(incident => incident.WrittenOffMinor).HasDefaultValue(0L);
        builder.Property(incident => incident.Version).HasDefaultValue(0).IsConcurrencyToken();
    }

    public void Configure(EntityTypeBuilder<IncidentMovement> builder)
    {
        builder.ToTable("incident_movements").HasKey(movement => movement.Id);
        builder.Property(movement => movement.Id).ValueGeneratedNever();
        builder.HasIndex(movement => movement.IncidentId);
        builder.HasIndex(movement => movement.BatchId);
    }
}
