using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using TwinTrack.Kernel;
using TwinTrack.Routing.Domain.Switches;

namespace TwinTrack.Routing.Persistence;

/// <summary>
/// The forecast of a switch or a scenario at one moment. Written once and kept, because people decided on it.
/// </summary>
internal sealed class StoredRehearsal
{
    /// <summary>Of the switch or scenario.</summary>
    public required SwitchId SubjectId { get; init; }

    /// <summary>Number of the count that it is based on.</summary>
    public required long CountNumber { get; init; }

    public required string Programme { get; init; }

    public required CycleId CycleId { get; init; }

    /// <summary>The scenario's name; null for a switch.</summary>
    public string? Name { get; init; }

    public required DateTimeOffset At { get; init; }

    /// <summary>What votes are bound to.</summary>
    public required string Hash { get; init; }

    /// <summary>SHA-256 of <see cref="Content"/> as JSON, 64 hex digits; also in the audit record.</summary>
    public required string Digest { get; init; }

    public required Rehearsal Content { get; init; }
}

internal sealed class RehearsalKeptConfiguration : IEntityTypeConfiguration<StoredRehearsal>
{
    public void Configure(EntityTypeBuilder<StoredRehearsal> builder)
    {
        builder.ToTable("rehearsals");
        builder.HasKey(row => new { row.SubjectId, row.CountNumber });
        builder.Property(row => row.CountNumber).HasColumnName("asked").ValueGeneratedNever();
        builder.Property(row => row.Content).AsJson();
        builder.HasIndex(row => new { row.Programme, row.CycleId });
    }
}

internal sealed class ScenarioConfiguration : IEntityTypeConfiguration<Scenario>
{
    public void Configure(EntityTypeBuilder<Scenario> builder)
    {
        builder.ToTable("scenarios");
        builder.HasKey(row => row.Id);
        builder.Property(row => row.Id).ValueGeneratedNever();
        builder.Property(row => row.Areas).AsJson();
        builder.Property(row => row.FromChannels).AsJson();
        builder.Ignore(row => row.Scope);
    }
}
