using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using TwinTrack.Kernel;
using TwinTrack.Routing.Domain.Switches;

namespace TwinTrack.Routing.Persistence;

/// <summary>Payments' answer to one numbered count. The first answer to a number counts.</summary>
internal sealed class StoredCount
{
    public required SwitchId SwitchId { get; init; }

    public required long CountNumber { get; init; }

    public required DateTimeOffset At { get; init; }

    public required DispositionCount Count { get; init; }
}

internal sealed class CountTakenConfiguration : IEntityTypeConfiguration<StoredCount>
{
    public void Configure(EntityTypeBuilder<StoredCount> builder)
    {
        builder.ToTable("switch_counts");
        builder.HasKey(count => new { count.SwitchId, count.CountNumber });
        builder.Property(count => count.CountNumber).HasColumnName("asked").ValueGeneratedNever();
        builder.Property(count => count.Count).AsJson();
    }
}
