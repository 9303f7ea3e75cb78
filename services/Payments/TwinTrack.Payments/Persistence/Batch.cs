using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using TwinTrack.Kernel;
using TwinTrack.Payments.Domain;

namespace TwinTrack.Payments.Persistence;

/// <summary>The obligations that are approved together. Its content never changes once it is hashed.</summary>
internal sealed class Batch
{
    public required BatchId Id { get; init; }

    public required CycleId CycleId { get; init; }

    public required string Programme { get; init; }

    public required string Currency { get; init; }

    public BatchState State { get; set; }

    /// <summary>The maker, as <see cref="Actor"/> writes it.</summary>
    public required string CreatedBy { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public long Count { get; set; }

    public long SumMinor { get; set; }

    /// <summary>Instructions that have Routing's answer.</summary>
    public long Routed { get; set; }

    /// <summary>Instructions handed to Providers by the release.</summary>
    public long Released { get; set; }

    public string? ContentHash { get; set; }

    public int StepsRequired { get; set; }

    /// <summary>
    /// The amounts per channel and source, as JSON. Made once with the hash, because the content never changes
    /// afterwards.
    /// </summary>
    public string? Composition { get; set; }

    public string? ReleasedBy { get; set; }

    public DateTimeOffset? ReleasedAt { get; set; }

    /// <summary>Who refused or cancelled it, and why.</summary>
    public string? EndedBy { get; set; }

    public string? EndReason { get; set; }

    public string? CertificateHash { get; set; }

    /// <summary>When two people decide at the same time, the second finds another version and is refused.</summary>
    public int Version { get; set; }

    /// <summary>The earlier batch whose unpaid obligations it takes. Null for a batch of a cycle.</summary>
    public BatchId? FollowsUp { get; init; }

    /// <summary>Which of them, as JSON of a <see cref="FollowUpSelection"/>; null for all.</summary>
    public string? FollowUpSelection { get; init; }

    /// <summary>Obligations of this batch that follow-up batches have taken.</summary>
    public long FollowedCount { get; set; }

    /// <summary>Their amount, minor units.</summary>
    public long FollowedMinor { get; set; }
}

internal sealed class Approval
{
    public required BatchId BatchId { get; init; }

    /// <summary>From 1.</summary>
    public required int Step { get; init; }

    public required string By { get; init; }

    public required string ContentHash { get; init; }

    public required DateTimeOffset At { get; init; }
}

internal sealed class BatchConfiguration : IEntityTypeConfiguration<Batch>
{
    public void Configure(EntityTypeBuilder<Batch> builder)
    {
        builder.ToTable("batches").HasKey(batch => batch.Id);
        builder.Property(batch => batch.Id).ValueGeneratedNever();
        builder.Property(batch => batch.Version).IsConcurrencyToken();
        builder.Property(batch => batch.FollowedCount).HasDefaultValue(0L);
        builder.Property(batch => batch.FollowedMinor).HasDefaultValue(0L);
        builder.HasIndex(batch => batch.CycleId);
    }
}

internal sealed class ApprovalConfiguration : IEntityTypeConfiguration<Approval>
{
    public void Configure(EntityTypeBuilder<Approval> builder)
    {
        builder.ToTable("approvals").HasKey(approval => new { approval.BatchId, approval.Step });
        builder.Property(approval => approval.Step).ValueGeneratedNever();
        // The database also ensures that one person approves only once.
        builder.HasIndex(approval => new { approval.BatchId, approval.By }).IsUnique();
    }
}
