using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using TwinTrack.Entitlements.Domain;
using TwinTrack.Kernel;

namespace TwinTrack.Entitlements.Persistence;

internal sealed class CycleConfiguration : IEntityTypeConfiguration<Cycle>
{
    public void Configure(EntityTypeBuilder<Cycle> builder)
    {
        builder.ToTable("cycles").HasKey(cycle => cycle.Id);
        builder.Property(cycle => cycle.Version).IsConcurrencyToken();
        // One cycle per month and programme. A cancelled cycle does not count.
        builder.HasIndex(cycle => new { cycle.Programme, cycle.Period }).IsUnique().HasFilter("state <> 'Cancelled'");
    }
}

/// <summary>A calculated part of a caseload. With this row a repeated part changes nothing.</summary>
internal sealed class CaseloadPart
{
    public required CycleId CycleId { get; init; }

    public required int Chunk { get; init; }
}

internal sealed class CaseloadPartConfiguration : IEntityTypeConfiguration<CaseloadPart>
{
    public void Configure(EntityTypeBuilder<CaseloadPart> builder) =>
        builder.ToTable("caseload_parts").HasKey(part => new { part.CycleId, part.Chunk });
}
