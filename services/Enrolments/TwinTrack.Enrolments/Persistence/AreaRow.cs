using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using TwinTrack.Enrolments.Domain;

namespace TwinTrack.Enrolments.Persistence;

internal sealed class AreaRow
{
    public required string Pcode { get; init; }

    public required string Name { get; set; }

    public required string? Parent { get; set; }

    public Area ToArea() => new(Pcode, Name, Parent);
}

internal sealed class AreaConfiguration : IEntityTypeConfiguration<AreaRow>
{
    public void Configure(EntityTypeBuilder<AreaRow> builder)
    {
        builder.ToTable("areas").HasKey(area => area.Pcode);
        builder.Property(area => area.Pcode).HasMaxLength(20);
        builder.Property(area => area.Name).HasMaxLength(FieldRefusals.FieldMax);
        builder.Property(area => area.Parent).HasMaxLength(20);
    }
}
