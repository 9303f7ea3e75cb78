using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using TwinTrack.Providers.Domain;

namespace TwinTrack.Providers.Persistence;

/// <summary>One line of the report on a refused document. It names the place of the fault, never the value.</summary>
internal sealed class EvidenceFault
{
    public const int TextMax = 200;

    public required EvidenceId EvidenceId { get; init; }

    /// <summary>In the report, from 1.</summary>
    public required int Place { get; init; }

    /// <summary>As <see cref="RowFault.Row"/>.</summary>
    public required int Line { get; init; }

    public required string Field { get; init; }

    public required string Why { get; init; }
}

internal sealed class EvidenceFaultConfiguration : IEntityTypeConfiguration<EvidenceFault>
{
    public void Configure(EntityTypeBuilder<EvidenceFault> builder) =>
        builder.ToTable("evidence_faults").HasKey(row => new { row.EvidenceId, row.Place });
}
