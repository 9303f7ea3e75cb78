using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using TwinTrack.Kernel;

namespace TwinTrack.Reconciliation.Persistence;

/// <summary>An addendum of a certificate as it was signed. Inserted, never changed.</summary>
internal sealed class SignedAddendum
{
    public required BatchId BatchId { get; init; }

    /// <summary>From 1.</summary>
    public required int Number { get; init; }

    /// <summary>The exact JSON, over which the hash is taken.</summary>
    public required string Json { get; init; }

    public required string Hash { get; init; }

    public required DateTimeOffset SignedAt { get; init; }
}

/// <summary>An obligation that a follow-up batch took from a batch.</summary>
internal sealed class FollowedObligation
{
    public required BatchId BatchId { get; init; }

    public required ObligationId ObligationId { get; init; }

    public required BatchId FollowUpId { get; init; }

    /// <summary>Minor units.</summary>
    public required long AmountMinor { get; init; }
}

internal sealed class AddendumConfiguration :
    IEntityTypeConfiguration<SignedAddendum>, IEntityTypeConfiguration<FollowedObligation>
{
    public void Configure(EntityTypeBuilder<SignedAddendum> builder)
    {
        builder.ToTable("certificate_addenda").HasKey(row => new { row.BatchId, row.Number });
        builder.Property(row => row.Number).ValueGeneratedNever();
    }

    public void Configure(EntityTypeBuilder<FollowedObligation> builder) =>
        builder.ToTable("followed_obligations").HasKey(row => new { row.BatchId, row.ObligationId });
}
