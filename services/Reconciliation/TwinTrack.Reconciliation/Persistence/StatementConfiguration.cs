using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using TwinTrack.Kernel;
using TwinTrack.Reconciliation.Domain;

namespace TwinTrack.Reconciliation.Persistence;

/// <summary>A stored part of a statement. With this row a repeated part has no effect.</summary>
internal sealed class StatementPart
{
    public required StatementId StatementId { get; init; }

    public required int Chunk { get; init; }
}

internal sealed class StatementConfiguration :
    IEntityTypeConfiguration<Statement>, IEntityTypeConfiguration<StatementPart>,
    IEntityTypeConfiguration<StatementLine>
{
    public void Configure(EntityTypeBuilder<Statement> builder)
    {
        builder.ToTable("statements").HasKey(statement => statement.Id);
        builder.Property(statement => statement.Version).IsConcurrencyToken();
    }

    public void Configure(EntityTypeBuilder<StatementPart> builder) =>
        builder.ToTable("statement_parts").HasKey(part => new { part.StatementId, part.Chunk });

    public void Configure(EntityTypeBuilder<StatementLine> builder)
    {
        builder.ToTable("statement_lines").HasKey(line => new { line.StatementId, line.Line });
        builder.HasIndex(line => line.InstructionId);
    }
}

internal sealed class BreakConfiguration : IEntityTypeConfiguration<Break>
{
    public void Configure(EntityTypeBuilder<Break> builder)
    {
        builder.ToTable("breaks").HasKey(row => row.Id);
        builder.Property(row => row.Id).ValueGeneratedNever();
        builder.Property(row => row.Version).IsConcurrencyToken();
        builder.HasIndex(row => row.Key).IsUnique();
        builder.HasIndex(row => row.BatchId);
        builder.HasIndex(row => row.InstructionId);
    }
}
