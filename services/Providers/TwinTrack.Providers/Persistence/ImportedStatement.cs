using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using TwinTrack.Kernel;
using TwinTrack.Providers.Domain;

namespace TwinTrack.Providers.Persistence;

internal enum StatementState
{
    Applying,
    Applied,
}

/// <summary>
/// A provider's own account of what it paid. It is read as a whole, and its lines are applied step by step.
/// </summary>
internal sealed class ImportedStatement
{
    public required StatementId Id { get; init; }

    public required string Channel { get; init; }

    public required string Name { get; init; }

    public required EvidenceId EvidenceId { get; init; }

    /// <summary>Hash of the file as received. The same file is the same statement.</summary>
    public required string Sha256 { get; init; }

    /// <summary>The provider's own reference of it.</summary>
    public required string Reference { get; init; }

    public required StatementState State { get; set; }

    public required bool Final { get; init; }

    /// <summary>As declared. Earlier executions are on earlier statements.</summary>
    public required DateTimeOffset CoversFrom { get; init; }

    /// <summary>As declared, but never later than the import, because a statement cannot cover the future.</summary>
    public required DateTimeOffset CoversUntil { get; init; }

    public required string Currency { get; init; }

    public required long Lines { get; init; }

    public required long PaidMinor { get; init; }

    public required long ReturnedMinor { get; init; }

    public long LinesApplied { get; set; }

    public long UnmatchedLines { get; set; }

    /// <summary>Orders whose absence proved that they lapsed.</summary>
    public long ExpiredAbsent { get; set; }

    public required string ImportedBy { get; init; }

    public required DateTimeOffset ImportedAt { get; init; }
}

internal sealed class ImportedStatementLine
{
    public required StatementId StatementId { get; init; }

    /// <summary>Place in the statement from 1, whatever number the provider gave the line.</summary>
    public required int Place { get; init; }

    public required int Line { get; init; }

    /// <summary>
    /// Set when the line carries a reference in our form. Whether it is our order is checked on applying.
    /// </summary>
    public InstructionId? InstructionId { get; init; }

    public string? Reference { get; init; }

    public required bool Returned { get; init; }

    public required long AmountMinor { get; init; }

    public required string Currency { get; init; }

    public required DateOnly BookedOn { get; init; }

    public string? ProviderReference { get; init; }
}

internal sealed class ImportedStatementConfiguration : IEntityTypeConfiguration<ImportedStatement>
{
    public void Configure(EntityTypeBuilder<ImportedStatement> builder)
    {
        builder.ToTable("statements").HasKey(row => row.Id);
        builder.Property(row => row.Id).ValueGeneratedNever();
        builder.HasIndex(row => new { row.Channel, row.Sha256 }).IsUnique();
    }
}

internal sealed class ImportedStatementLineConfiguration : IEntityTypeConfiguration<ImportedStatementLine>
{
    public void Configure(EntityTypeBuilder<ImportedStatementLine> builder)
    {
        builder.ToTable("statement_lines").HasKey(row => new { row.StatementId, row.Place });
        builder.Property(row => row.StatementId).ValueGeneratedNever();
        builder.Property(row => row.Place).ValueGeneratedNever();
        builder.HasIndex(row => new { row.StatementId, row.InstructionId });
    }
}
