using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using TwinTrack.Kernel;

namespace TwinTrack.Routing.Persistence;

/// <summary>A closed cycle, and the programme that it belongs to. The first announcement counts.</summary>
internal sealed class KnownCycle
{
    public required CycleId Id { get; init; }

    public required string Programme { get; init; }

    public required DateTimeOffset ClosedAt { get; init; }
}

internal sealed class KnownCycleConfiguration : IEntityTypeConfiguration<KnownCycle>
{
    public void Configure(EntityTypeBuilder<KnownCycle> builder)
    {
        builder.ToTable("cycles");
        builder.HasKey(cycle => cycle.Id);
        builder.Property(cycle => cycle.Id).ValueGeneratedNever();
    }
}
