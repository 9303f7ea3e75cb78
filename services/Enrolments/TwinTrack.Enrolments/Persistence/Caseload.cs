using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using TwinTrack.Kernel;

namespace TwinTrack.Enrolments.Persistence;

/// <summary>The caseload that was streamed for one cycle, once.</summary>
internal sealed class Caseload
{
    public required CycleId CycleId { get; init; }

    public required string Programme { get; init; }

    /// <summary>The day on which ages are counted.</summary>
    public required DateOnly AsOf { get; init; }

    /// <summary>It includes the households that were enrolled at this time.</summary>
    public required DateTimeOffset RequestedAt { get; init; }

    public DateTimeOffset? EndedAt { get; set; }

    public int Chunks { get; set; }

    public long Rows { get; set; }
}

internal sealed class CaseloadConfiguration : IEntityTypeConfiguration<Caseload>
{
    public void Configure(EntityTypeBuilder<Caseload> builder)
    {
        builder.ToTable("caseloads").HasKey(caseload => caseload.CycleId);
        builder.Property(caseload => caseload.Programme).HasMaxLength(64);
    }
}
