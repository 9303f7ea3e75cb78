using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using TwinTrack.Reconciliation.Domain;

namespace TwinTrack.Reconciliation.Persistence;

internal sealed class ExpectationConfiguration : IEntityTypeConfiguration<Expectation>
{
    public void Configure(EntityTypeBuilder<Expectation> builder)
    {
        builder.ToTable("expectations").HasKey(expectation => expectation.InstructionId);
        builder.Property(expectation => expectation.InstructionId).ValueGeneratedNever();
        // Neither column changes. The state is in no index.
        builder.HasIndex(expectation => new { expectation.BatchId, expectation.ObligationId });
    }
}

/// <summary>
/// A state change that is in the expectations and in the ledger. With this row a repeated state change has no effect.
/// </summary>
internal sealed class AppliedStateChange
{
    public required Guid InstructionId { get; init; }

    public required int Version { get; init; }
}

internal sealed class AppliedStateChangeConfiguration : IEntityTypeConfiguration<AppliedStateChange>
{
    public void Configure(EntityTypeBuilder<AppliedStateChange> builder) =>
        builder.ToTable("applied_state_changes").HasKey(change => new { change.InstructionId, change.Version });
}

internal sealed class ReleasedBatchConfiguration : IEntityTypeConfiguration<ReleasedBatch>
{
    public void Configure(EntityTypeBuilder<ReleasedBatch> builder)
    {
        builder.ToTable("batches").HasKey(batch => batch.Id);
        builder.Property(batch => batch.Version).IsConcurrencyToken();
    }
}
