using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using TwinTrack.Kernel;

namespace TwinTrack.Payments.Persistence;

/// <summary>One report as it came, with its effect. Every report is kept. A row never changes.</summary>
internal sealed class ReportEntry
{
    public required Guid Id { get; init; }

    public required InstructionId InstructionId { get; init; }

    public required string Outcome { get; init; }

    public required string Grade { get; init; }

    public required string Code { get; init; }

    public string? ProviderReference { get; init; }

    /// <summary>Journal sequence of the submission; null if it never left.</summary>
    public long? Sequence { get; init; }

    public required long AmountMinor { get; init; }

    /// <summary>When Providers learned it.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>The state change it caused, or why it caused none.</summary>
    public required string Effect { get; init; }
}

internal sealed class ReportEntryConfiguration : IEntityTypeConfiguration<ReportEntry>
{
    public void Configure(EntityTypeBuilder<ReportEntry> builder)
    {
        builder.ToTable("report_entries").HasKey(entry => entry.Id);
        builder.Property(entry => entry.Id).ValueGeneratedNever();
        builder.HasIndex(entry => entry.InstructionId);
    }
}
