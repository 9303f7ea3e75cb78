using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using TwinTrack.Kernel;

namespace TwinTrack.Payments.Persistence;

/// <summary>A suspension of a track, as Routing announced it. It tells who releases a batch what will wait.</summary>
internal sealed class KnownSuspension
{
    public required SuspensionId Id { get; init; }

    public required string Programme { get; init; }

    /// <summary>P-codes as a JSON array; empty means all.</summary>
    public required string Areas { get; init; }

    public required int Track { get; init; }

    /// <summary>Null while it is in force.</summary>
    public DateTimeOffset? EndedAt { get; set; }

    public bool Covers(int track, string area) => track == Track
        && JsonSerializer.Deserialize<string[]>(Areas)! is var areas && (areas.Length == 0 || areas.Contains(area));
}

internal sealed class KnownSuspensionConfiguration : IEntityTypeConfiguration<KnownSuspension>
{
    public void Configure(EntityTypeBuilder<KnownSuspension> builder)
    {
        builder.ToTable("suspensions").HasKey(suspension => suspension.Id);
        builder.Property(suspension => suspension.Id).ValueGeneratedNever();
    }
}
