using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using TwinTrack.Kernel;
using TwinTrack.Payments.Domain;

namespace TwinTrack.Payments.Persistence;

/// <summary>A contradiction that people must see to. It blocks its obligation from being planned again.</summary>
internal sealed class Incident
{
    /// <summary>Every incident has an owner from the start.</summary>
    public const string DefaultOwner = "operator";

    public required IncidentId Id { get; init; }

    public required IncidentKind Kind { get; set; }

    public IncidentState State { get; set; }

    public required ObligationId ObligationId { get; init; }

    public required BatchId BatchId { get; init; }

    /// <summary>The attempt that was contradicted.</summary>
    public required InstructionId InstructionId { get; init; }

    /// <summary>The other attempt, that must not be paid.</summary>
    public InstructionId? HeldInstructionId { get; set; }

    /// <summary>What the contradicting report was about, minor units.</summary>
    public required long AmountMinor { get; init; }

    public string Owner { get; init; } = DefaultOwner;

    public required DateTimeOffset OpenedAt { get; init; }

    public required string Note { get; set; }

    public string? ResolvedBy { get; set; }

    public DateTimeOffset? ResolvedAt { get; set; }
}

internal sealed class IncidentConfiguration : IEntityTypeConfiguration<Incident>
{
    public void Configure(EntityTypeBuilder<Incident> builder)
    {
        builder.ToTable("incidents").HasKey(incident => incident.Id);
        builder.Property(incident => incident.Id).ValueGeneratedNever();
        builder.HasIndex(incident => incident.ObligationId);
        builder.HasIndex(incident => incident.HeldInstructionId);
        builder.HasIndex(incident => incident.BatchId);
    }
}
